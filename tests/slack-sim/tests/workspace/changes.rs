//! What is new since somebody looked, and what they have not read.

use serde_json::json;
use slack_sim::{Subject, Unread};

use crate::api::Api;

#[tokio::test]
async fn only_what_changed_is_told() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let root = api.post(&room, "root").await?;
    let quiet = api.post(&room, "quiet").await?;
    let message = |ts: &str| Subject::Message {
        channel: room.clone(),
        ts: ts.to_owned(),
    };
    let (all, mut seen) = api.sim.changes_since(0);
    assert!(all.contains(&message(&quiet)));
    let mut next = || {
        let (changed, last) = api.sim.changes_since(seen);
        seen = last;
        changed
    };
    assert_eq!(next(), []);
    let reply = [
        ("channel", room.as_str()),
        ("text", "reply"),
        ("thread_ts", root.as_str()),
    ];
    let reply = api.call("chat.postMessage", &reply).await?;
    let reply = reply["ts"].as_str().unwrap_or_default();
    // The root counts its answers; the bot has read what it wrote below.
    assert_eq!(
        next(),
        [
            message(&root),
            message(reply),
            Subject::Read("U0IRIS".into())
        ]
    );
    let pin = [("channel", room.as_str()), ("timestamp", root.as_str())];
    api.call("pins.add", &pin).await?;
    assert_eq!(next(), [Subject::Channel(room.clone()), message(&root)]);
    let gone = [("channel", room.as_str()), ("ts", reply)];
    api.call("chat.delete", &gone).await?;
    assert_eq!(next(), [message(reply), message(&root)]);
    let home = json!({ "type": "home", "blocks": [{ "type": "divider" }] }).to_string();
    let home = [("user_id", "U0AYASATO"), ("view", home.as_str())];
    api.call("views.publish", &home).await?;
    assert_eq!(next(), [Subject::Home("U0AYASATO".into())]);
    let only = [
        ("channel", room.as_str()),
        ("user", "U0AYASATO"),
        ("text", "a"),
    ];
    let shown = api.call("chat.postEphemeral", &only).await?;
    let ts = shown["message_ts"].as_str().unwrap_or_default();
    assert_eq!(next(), [Subject::Ephemeral(ts.to_owned())]);
    Ok(())
}

#[tokio::test]
async fn what_is_unread_is_counted_for_each_person() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let unread = |who: &str, channel: &str| {
        let Unread { messages, mentions } = api.sim.unread(who, channel);
        (messages, mentions)
    };
    assert_eq!(unread("@aya", &room), (0, 0));
    api.post(&room, "for all").await?;
    let first = api.post(&room, "for <@U0AYASATO>").await?;
    let mention = json!([{ "type": "rich_text", "elements": [{
        "type": "rich_text_section",
        "elements": [{ "type": "user", "user_id": "U0AYASATO" }],
    }] }]);
    let blocks = mention.to_string();
    let call = [
        ("channel", room.as_str()),
        ("text", "x"),
        ("blocks", &blocks),
    ];
    api.call("chat.postMessage", &call).await?;
    let answer = [
        ("channel", room.as_str()),
        ("text", "in the thread"),
        ("thread_ts", first.as_str()),
    ];
    api.call("chat.postMessage", &answer).await?;
    assert_eq!(unread("@aya", &room), (3, 2));
    assert_eq!(unread("@ken", &room), (0, 0));
    let aya = api.sim.person("@aya");
    aya.reads(&room)?;
    assert_eq!(unread("@aya", &room), (0, 0));
    api.post(&room, "<!here> more").await?;
    assert_eq!(unread("@aya", &room), (1, 1));
    aya.say(&room, "seen")?;
    assert_eq!(unread("@aya", &room), (0, 0));
    // Whoever comes later has nothing to catch up on.
    let ken = api.sim.person("@ken");
    ken.join(&room)?;
    assert_eq!(unread("@ken", &room), (0, 0));
    let direct = api
        .call("conversations.open", &[("users", "U0KENMORI")])
        .await?;
    let direct = direct["channel"]["id"].as_str().unwrap_or_default();
    api.post(direct, "hello").await?;
    assert_eq!(unread("@ken", direct), (1, 1));
    Ok(())
}
