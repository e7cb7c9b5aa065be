//! What can be moved while the workspace runs, and what is recorded of each request.

use std::time::{Duration, Instant};

use axum::response::IntoResponse;
use slack_sim::{CommandStatus, Outage, OutageCalls, OutageEvents, Positions, Reached, Sim};

use crate::api::Api;
use crate::app::App;

fn positions() -> Positions {
    Positions {
        latency_ms: 0,
        rate_limits: false,
        outage: None,
    }
}

fn outage(sim: &Sim, calls: OutageCalls, events: OutageEvents) {
    sim.put_levers(Positions {
        outage: Some(Outage { calls, events }),
        ..positions()
    });
}

#[tokio::test]
async fn latency_and_limits_can_be_moved() -> anyhow::Result<()> {
    let api = Api::start().await?;
    api.sim.put_levers(Positions {
        latency_ms: 30,
        rate_limits: true,
        outage: None,
    });
    let began = Instant::now();
    assert_eq!(api.error("auth.test", &[]).await?, "");
    assert!(began.elapsed() >= Duration::from_millis(30));
    assert!(api.sim.calls()[0].took >= 30_000);
    api.sim.put_levers(Positions {
        rate_limits: true,
        ..positions()
    });
    for _ in 0..20 {
        assert_eq!(api.error("users.list", &[]).await?, "");
    }
    assert_eq!(api.error("users.list", &[]).await?, "ratelimited");
    api.sim.put_levers(positions());
    assert_eq!(api.error("users.list", &[]).await?, "");
    assert_eq!(api.sim.levers().positions(), positions());
    Ok(())
}

#[tokio::test]
async fn in_an_outage_nothing_is_applied_and_events_come_late() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let app = App::start(&api.sim, |_| "".into_response()).await?;
    outage(&api.sim, OutageCalls::Refused, OutageEvents::Late);
    let post = [("channel", "#ops"), ("text", "hi")];
    let refused = api.request("chat.postMessage").form(&post).send().await?;
    assert_eq!(refused.status(), 503);
    let aya = api.sim.person("@aya");
    let command = aya.command("#ops", "/incident x").await?;
    assert_eq!(
        command.status,
        CommandStatus::Failed("dispatch_failed".into())
    );
    for text in ["one", "two"] {
        aya.say("#ops", text)?;
    }
    api.sim.quiet().await;
    assert_eq!(app.header("content-type").len(), 0);
    assert_eq!(api.sim.messages("#ops").len(), 2);
    api.sim.put_levers(positions());
    api.sim.quiet().await;
    let heard: Vec<String> = app
        .heard
        .lock()
        .unwrap()
        .iter()
        .map(|(_, body)| serde_json::from_slice::<serde_json::Value>(body).unwrap())
        .map(|event| {
            event["event"]["text"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    assert_eq!(heard, ["one", "two"]);
    assert_eq!(api.error("chat.postMessage", &post).await?, "");
    Ok(())
}

#[tokio::test]
async fn in_an_outage_events_can_be_lost_and_calls_go_unanswered() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let app = App::start(&api.sim, |_| "".into_response()).await?;
    outage(&api.sim, OutageCalls::Unanswered, OutageEvents::Lost);
    api.sim.person("@aya").say("#ops", "into the void")?;
    let waiting = api.request("auth.test").send();
    let heard = async {
        while api.sim.call_count() == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        answer = waiting => panic!("{answer:?}"),
        () = heard => {}
    }
    api.sim.quiet().await;
    api.sim.put_levers(positions());
    api.sim.advance(Duration::from_mins(10));
    api.sim.quiet().await;
    assert_eq!(app.header("content-type").len(), 0);
    let lost = api.sim.deliveries().pop().unwrap();
    assert!(matches!(lost.reached, Reached::Failed(why) if why == "outage"));
    Ok(())
}

#[tokio::test]
async fn each_request_has_a_number_its_times_and_what_it_is_for() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let _app = App::start(&api.sim, |_| "".into_response()).await?;
    let tagged = api
        .request("auth.test")
        .header("x-request-tag", "INC-1 declare");
    tagged.send().await?;
    api.call("auth.test", &[]).await?;
    let calls = api.sim.calls();
    assert_eq!(calls[0].tag.as_deref(), Some("INC-1 declare"));
    assert_eq!((calls[1].id, &calls[1].tag), (2, &None));
    assert!(calls[1].began >= calls[0].began + calls[0].took);
    assert_eq!(api.sim.calls_after(1).len(), 1);
    api.sim.person("@aya").say("#ops", "hi")?;
    api.sim.quiet().await;
    let sent = &api.sim.deliveries_after(0)[0];
    assert!(sent.id == 1 && sent.began >= calls[1].began && sent.took > 0);
    assert_eq!(api.sim.deliveries_after(1).len(), 0);
    Ok(())
}

#[tokio::test]
async fn the_way_of_files_can_fail_too() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let asked = [("filename", "a.md"), ("length", "5")];
    let ticket = api.call("files.getUploadURLExternal", &asked).await?;
    let url = ticket["upload_url"].as_str().unwrap_or_default();
    api.sim
        .faults()
        .next("upload", slack_sim::Fault::Status(500));
    assert_eq!(api.sim.faults().ordered()[0].method, "upload");
    for status in [500, 200, 404] {
        let answer = api.http().post(url).body("hello").send().await?;
        assert_eq!(answer.status(), status);
    }
    assert!(api.sim.faults().ordered().is_empty());
    assert_eq!(api.sim.calls().last().unwrap().method, "upload");
    Ok(())
}
