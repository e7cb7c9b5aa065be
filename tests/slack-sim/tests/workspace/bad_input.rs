//! What nobody should send, and apps that do not answer as they should: nothing hangs, all is
//! recorded.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::Value;
use slack_sim::{
    ClockSetting, CommandStatus, DeliveryKind, Pressed, Reached, Settings, Sim, SubmitOutcome,
};

use crate::api::Api;
use crate::app::App;

const FORM: &str = "application/x-www-form-urlencoded";

async fn said(request: reqwest::RequestBuilder) -> anyhow::Result<String> {
    let answer: Value = request.send().await?.json().await?;
    Ok(answer["error"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_refused() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let cases: [(&str, &[u8], &str); 9] = [
        ("application/json", b"{\"channel\":", "invalid_json"),
        ("application/json", b"[1]", "json_not_object"),
        (
            "application/json; charset=klingon",
            b"{}",
            "invalid_charset",
        ),
        ("application/xml", b"<a/>", "invalid_post_type"),
        (FORM, b"channel=C0OPS&text=\xff\xfe", "invalid_form_data"),
        (FORM, b"channel=C0OPS&text=%FF", "invalid_form_data"),
        ("multipart/form-data", b"text", "invalid_form_data"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nhalf",
            "invalid_form_data",
        ),
        (FORM, b"channel=C0OPS&text=%E3%81%82%EF%BF%BD", ""),
    ];
    for (content_type, body, expected) in cases {
        let request = api.request("chat.postMessage");
        let request = request.header(header::CONTENT_TYPE, content_type);
        assert_eq!(said(request.body(body)).await?, expected, "{content_type}");
    }
    let nameless = api.request("chat.postMessage").body("channel=C0OPS");
    assert_eq!(said(nameless).await?, "missing_post_type");
    // Who calls is checked first, unless the token is what cannot be read.
    let stranger = api.anonymous("chat.postMessage").bearer_auth("xoxb-no");
    let stranger = stranger.header(header::CONTENT_TYPE, FORM).body("%FF");
    assert_eq!(said(stranger).await?, "invalid_auth");
    let form = reqwest::multipart::Form::new()
        .text("channel", "C0OPS")
        .text("text", "in a form of parts");
    let parts = api.request("chat.postMessage").multipart(form);
    assert_eq!(said(parts).await?, "");
    assert_eq!(api.sim.messages("#ops").len(), 2);
    assert_eq!(api.sim.call_count(), 12);
    Ok(())
}

#[tokio::test]
async fn a_huge_body_is_not_taken() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let huge = format!("channel=C0OPS&text={}", "a".repeat(17 * 1024 * 1024));
    let request = api.request("chat.postMessage").body(huge);
    let answer = request
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .send()
        .await?;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let call = api.sim.calls().pop().expect("it is recorded");
    assert!(call.method == "chat.postMessage" && call.answer.is_none());
    Ok(())
}

#[tokio::test]
async fn only_a_loopback_address_is_listened_on() {
    let settings = Settings {
        listen: ([0, 0, 0, 0], 0).into(),
        ..Settings::default()
    };
    let Err(refused) = Sim::start(settings).await else {
        panic!("it listens to everybody");
    };
    assert_eq!(
        refused.to_string(),
        "the simulated workspace asks nobody for a password: it listens on a loopback address \
         only, such as 127.0.0.1:4390"
    );
}

/// The reasons of the repetitions of one event, after all of them.
async fn repeated(answer: fn(usize) -> Response) -> anyhow::Result<(Vec<Option<String>>, Api)> {
    let api = Api::start().await?;
    let app = App::start(&api.sim, answer).await?;
    api.sim.person("@aya").say("#ops", "hi")?;
    for minutes in [0, 1, 5, 60] {
        api.sim.advance(Duration::from_mins(minutes));
        api.sim.quiet().await;
    }
    let number = app.header("x-slack-retry-num");
    let reasons = app.header("x-slack-retry-reason");
    let ids: Vec<Value> = app
        .heard
        .lock()
        .expect("no test panics while it holds this")
        .iter()
        .filter_map(|(_, body)| serde_json::from_slice(body).ok())
        .map(|event: Value| event["event_id"].clone())
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    for (nth, number) in number.iter().enumerate().filter(|(nth, _)| *nth > 0) {
        // A redirected request is another request of the same try.
        if ids.len() == 4 {
            assert_eq!(number.as_deref(), Some(nth.to_string().as_str()));
        }
    }
    Ok((reasons, api))
}

#[tokio::test]
async fn an_app_of_errors_hears_four_times_of_an_event() -> anyhow::Result<()> {
    let error = |_| StatusCode::INTERNAL_SERVER_ERROR.into_response();
    let (reasons, api) = repeated(error).await?;
    let again = || Some("http_error".to_owned());
    assert_eq!(reasons, [None, again(), again(), again()]);
    let aya = api.sim.person("@aya");
    assert_eq!(
        aya.command("#ops", "/incident x").await?.status,
        CommandStatus::Failed("dispatch_failed".into())
    );
    Ok(())
}

#[tokio::test]
async fn an_app_that_wants_no_repetition_hears_once() -> anyhow::Result<()> {
    let no_more = |_| {
        let headers = [("x-slack-no-retry", "1")];
        (StatusCode::INTERNAL_SERVER_ERROR, headers).into_response()
    };
    assert_eq!(repeated(no_more).await?.0, [None]);
    Ok(())
}

#[tokio::test]
async fn an_app_that_redirects_for_ever_is_left_alone() -> anyhow::Result<()> {
    let (_, api) = repeated(|_| Redirect::temporary("/").into_response()).await?;
    let sent = api.sim.deliveries();
    assert_eq!(sent.len(), 4);
    for sent in &sent {
        assert!(matches!(&sent.reached, Reached::Failed(why) if why == "too_many_redirects"));
    }
    let command = api
        .sim
        .person("@aya")
        .command("#ops", "/incident x")
        .await?;
    let failed = CommandStatus::Failed("dispatch_failed".into());
    assert_eq!(command.status, failed);
    Ok(())
}

#[tokio::test]
async fn answers_without_end_and_without_sense_are_survived() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let endless = |_| {
        let chunk = Bytes::from(vec![b'a'; 64 * 1024]);
        let chunks =
            futures_util::stream::repeat_with(move || Ok::<_, std::io::Error>(chunk.clone()));
        Body::from_stream(chunks).into_response()
    };
    let _app = App::start(&api.sim, endless).await?;
    let aya = api.sim.person("@aya");
    let answer = aya.command("#ops", "/incident x").await?;
    assert_eq!(answer.status, CommandStatus::Ok);
    assert_eq!(answer.ephemeral.map(|shown| shown.text.len()), Some(40_000));

    let _app = App::start(&api.sim, |_| b"\xff\xfe".into_response()).await?;
    let answer = aya.command("#ops", "/incident x").await?;
    let shown = answer.ephemeral.expect("something is shown");
    assert_eq!(shown.text, "\u{fffd}\u{fffd}");
    Ok(())
}

#[tokio::test]
async fn a_form_survives_what_makes_no_sense() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let answer = |nth| match nth {
        1 => StatusCode::OK.into_response(),
        2 => "no JSON".into_response(),
        3 => StatusCode::BAD_GATEWAY.into_response(),
        4 => axum::Json(serde_json::json!({ "response_action": "dance" })).into_response(),
        _ => axum::Json(serde_json::json!({ "response_action": "errors", "errors": { "x": "y" } }))
            .into_response(),
    };
    let app = App::start(&api.sim, answer).await?;
    let aya = api.sim.person("@aya");
    aya.command("#ops", "/incident x").await?;
    let body = app.heard.lock().expect("nobody panicked")[0].1.clone();
    let form: Vec<(String, String)> = serde_urlencoded::from_bytes(&body)?;
    let trigger = form.iter().find(|(name, _)| name == "trigger_id");
    let view = serde_json::json!({ "type": "modal", "title": { "type": "plain_text", "text": "A" },
        "blocks": [{ "type": "divider" }] })
    .to_string();
    let trigger = trigger.map(|(_, id)| id.as_str()).unwrap_or_default();
    let open = [("trigger_id", trigger), ("view", view.as_str())];
    assert_eq!(api.error("views.open", &open).await?, "");
    let view = aya.view().expect("the form");
    for _ in 0..4 {
        let outcome = aya.fill(&view).submit().await?;
        assert!(matches!(outcome, SubmitOutcome::Failed(_)), "{outcome:?}");
    }
    assert!(aya.view().is_some());
    Ok(())
}

#[tokio::test]
async fn an_app_that_never_answers_times_out_in_three_seconds() -> anyhow::Result<()> {
    let sim = Sim::start(Settings {
        clock: ClockSetting::manual(),
        ..Settings::default()
    })
    .await?;
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    sim.connect_app(&format!("http://{}/", silent.local_addr()?));
    let aya = sim.person("@aya");
    let hung = async {
        let connection = silent.accept().await;
        sim.advance(Duration::from_secs(3));
        connection
    };
    let (pressed, _open) = tokio::join!(aya.global_shortcut("core:declare"), hung);
    assert_eq!(pressed?, Pressed::Timeout);

    aya.say("#ops", "hi")?;
    let mut open = Vec::new();
    for wait in [0, 0, 60, 300] {
        sim.advance(Duration::from_secs(wait));
        open.push(silent.accept().await?);
        sim.advance(Duration::from_secs(3));
        // The first repetition follows at once.
        if open.len() > 1 {
            sim.quiet().await;
        }
    }
    sim.quiet().await;
    let events: Vec<usize> = sim
        .deliveries()
        .iter()
        .filter(|sent| sent.kind == DeliveryKind::Event)
        .map(|sent| {
            assert!(matches!(sent.reached, Reached::TimedOut));
            sent.retry
        })
        .collect();
    assert_eq!(events, [0, 1, 2, 3]);
    Ok(())
}
