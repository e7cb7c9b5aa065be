//! Which events reach the app, and in which shape.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use serde_json::{Value, json};
use slack_sim::DeliveryKind;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::api::Api;

/// A workspace with an app that acknowledges everything.
async fn heard() -> anyhow::Result<(Api, JoinSet<()>)> {
    let api = Api::start().await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    api.sim
        .connect_app(&format!("http://{}/", listener.local_addr()?));
    let router = Router::new().route("/", post(async || StatusCode::OK));
    let mut app = JoinSet::new();
    app.spawn(async move {
        axum::serve(listener, router)
            .await
            .expect("the app serves until the test ends");
    });
    Ok((api, app))
}

/// The events so far, oldest first.
async fn events(api: &Api) -> Vec<Value> {
    api.sim.quiet().await;
    let log = api.sim.deliveries();
    let events = log
        .iter()
        .filter(|delivery| delivery.kind == DeliveryKind::Event);
    events
        .map(|sent| serde_json::from_str(&sent.body).expect("events are JSON"))
        .collect()
}

fn names(events: &[Value]) -> Vec<String> {
    let name = |event: &Value| {
        let event = &event["event"];
        let kind = event["type"].as_str().unwrap_or_default();
        match event["subtype"].as_str() {
            Some(subtype) => format!("{kind}.{subtype}"),
            None => kind.to_owned(),
        }
    };
    events.iter().map(name).collect()
}

#[tokio::test]
async fn a_room_is_made_and_joined() -> anyhow::Result<()> {
    let (api, _app) = heard().await?;
    let room = api.room().await?;
    let events = events(&api).await;
    assert_eq!(
        names(&events),
        [
            "channel_created",
            "message.channel_join",
            "member_joined_channel",
            "message.channel_join",
            "member_joined_channel",
        ]
    );
    let joined = &events[4];
    assert_eq!(joined["team_id"], "T0ACME");
    assert_eq!(joined["authorizations"][0]["user_id"], "U0IRIS");
    assert_eq!(joined["event"]["user"], "U0AYASATO");
    assert_eq!(joined["event"]["inviter"], "U0IRIS");
    assert_eq!(joined["event"]["channel"], json!(room));
    Ok(())
}

#[tokio::test]
async fn messages_change_and_go() -> anyhow::Result<()> {
    let (api, _app) = heard().await?;
    let aya = api.sim.person("@aya");
    let said = aya.say("#ops", "hello @iris")?;
    aya.react(&said, "eyes")?;
    aya.edit(&said, "hello <all>")?;
    aya.unreact(&said, "eyes")?;
    aya.delete(&said)?;
    let ours = api.post("C0OPS", "ours").await?;
    aya.say("#general", "the app is not here")?;
    let events = events(&api).await;
    assert_eq!(
        names(&events),
        [
            "message",
            "app_mention",
            "reaction_added",
            "message.message_changed",
            "reaction_removed",
            "message.message_deleted",
            "message",
        ]
    );
    assert_eq!(events[0]["event"]["text"], "hello <@U0IRIS>");
    assert_eq!(events[0]["event"]["channel_type"], "channel");
    assert_eq!(
        events[0]["event"]["blocks"][0]["elements"][0]["elements"][1]["user_id"],
        "U0IRIS"
    );
    assert_eq!(events[2]["event"]["item"]["ts"], json!(said.ts));
    assert_eq!(events[3]["event"]["message"]["text"], "hello &lt;all&gt;");
    assert_eq!(
        events[3]["event"]["previous_message"]["text"],
        "hello <@U0IRIS>"
    );
    assert_eq!(events[5]["event"]["deleted_ts"], json!(said.ts));
    assert_eq!(events[6]["event"]["bot_id"], "B0IRIS");
    assert_eq!(events[6]["event"]["ts"], json!(ours));
    let ids: std::collections::BTreeSet<&str> = events
        .iter()
        .filter_map(|event| event["event_id"].as_str())
        .collect();
    assert_eq!(ids.len(), events.len());
    Ok(())
}

#[tokio::test]
async fn other_apps_speak_and_people_share_files() -> anyhow::Result<()> {
    let (api, _app) = heard().await?;
    let (aya, monitor) = (api.sim.person("@aya"), api.sim.person("@monitor"));
    aya.invite("#ops", &["@monitor"])?;
    monitor.say("#ops", "Disk full")?;
    aya.share("#ops", ("disk.png", vec![0xff]), "")?;
    let events = events(&api).await;
    let [.., alarm, file] = events.as_slice() else {
        panic!("{events:?}");
    };
    let (alarm, file) = (&alarm["event"], &file["event"]);
    assert_eq!(alarm["bot_id"], "B0MONITOR");
    assert_eq!(alarm["bot_profile"]["name"], "Monitor");
    assert_eq!(alarm["client_msg_id"], Value::Null);
    assert_eq!(file["subtype"], "file_share");
    assert_eq!((&file["text"], &file["blocks"]), (&json!(""), &Value::Null));
    assert_eq!(file["files"][0]["name"], "disk.png");
    assert_eq!(file["bot_id"], Value::Null);
    Ok(())
}

#[tokio::test]
async fn the_life_of_channels_is_heard() -> anyhow::Result<()> {
    let (api, _app) = heard().await?;
    let aya = api.sim.person("@aya");
    aya.rename_channel("#ops", "operations")?;
    aya.archive_channel("#operations")?;
    aya.open_home()?;
    aya.say("@iris", "a word")?;
    let events = events(&api).await;
    assert_eq!(
        names(&events),
        [
            "message.channel_name",
            "channel_rename",
            "message.channel_archive",
            "channel_archive",
            "app_home_opened",
            "message",
        ]
    );
    assert_eq!(events[1]["event"]["channel"]["name"], "operations");
    assert_eq!(events[4]["event"]["tab"], "home");
    assert_eq!(events[5]["event"]["channel_type"], "im");
    assert!(aya.say("#operations", "too late").is_err());
    Ok(())
}
