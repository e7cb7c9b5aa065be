//! What the Web API answers when all is well: history, pages, metadata, files.

use crate::api::Api;
use serde_json::{Value, json};
use slack_sim::Fault;

#[tokio::test]
async fn history_comes_in_pages_newest_first() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    for text in ["one", "two", "three"] {
        api.post(&room, text).await?;
    }
    let first = api
        .call(
            "conversations.history",
            &[("channel", &room), ("limit", "2")],
        )
        .await?;
    let texts = |page: &Value| -> Vec<String> {
        let messages = page["messages"].as_array().unwrap();
        messages
            .iter()
            .map(|message| message["text"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(texts(&first), ["three", "two"]);
    assert_eq!(first["has_more"], true);
    let cursor = first["response_metadata"]["next_cursor"].as_str().unwrap();
    let next = [
        ("channel", room.as_str()),
        ("limit", "2"),
        ("cursor", cursor),
    ];
    let second = api.call("conversations.history", &next).await?;
    assert_eq!(texts(&second)[0], "one");
    Ok(())
}

#[tokio::test]
async fn metadata_is_shown_where_it_is_asked_for() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let metadata = json!({ "event_type": "iris", "event_payload": { "key": "abc" } });
    let text = metadata.to_string();
    let post = [
        ("channel", room.as_str()),
        ("text", "a"),
        ("metadata", text.as_str()),
    ];
    api.call("chat.postMessage", &post).await?;
    let plain = api
        .call("conversations.history", &[("channel", &room)])
        .await?;
    assert!(plain["messages"][0].get("metadata").is_none());
    let all = [("channel", room.as_str()), ("include_all_metadata", "true")];
    let all = api.call("conversations.history", &all).await?;
    assert_eq!(all["messages"][0]["metadata"], metadata);
    Ok(())
}

#[tokio::test]
async fn a_thread_is_counted_on_its_root() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let first = api.post(&room, "root").await?;
    let reply = [
        ("channel", room.as_str()),
        ("text", "quiet"),
        ("thread_ts", first.as_str()),
    ];
    api.call("chat.postMessage", &reply).await?;
    let mut loud = reply.to_vec();
    loud.push(("reply_broadcast", "true"));
    let answer = api.call("chat.postMessage", &loud).await?;
    assert_eq!(answer["message"]["subtype"], "thread_broadcast");
    let replies = api
        .call(
            "conversations.replies",
            &[("channel", &room), ("ts", &first)],
        )
        .await?;
    assert_eq!(replies["messages"].as_array().unwrap().len(), 3);
    assert_eq!(replies["messages"][0]["reply_count"], 2);
    let history = api
        .call("conversations.history", &[("channel", &room)])
        .await?;
    assert_eq!(history["messages"][0]["subtype"], "thread_broadcast");
    assert_eq!(history["messages"][1]["text"], "root");
    api.call("chat.delete", &[("channel", &room), ("ts", &first)])
        .await?;
    let stone = &api.sim.messages(&room)[2];
    assert_eq!(stone.subtype.as_deref(), Some("tombstone"));
    Ok(())
}

#[tokio::test]
async fn lists_are_cut_before_they_are_filtered() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let args = [("types", "private_channel"), ("limit", "1")];
    let page = api.call("conversations.list", &args).await?;
    assert_eq!(page["channels"], json!([]));
    assert_ne!(page["response_metadata"]["next_cursor"], "");
    let people = api.call("users.list", &[("limit", "3")]).await?;
    assert_eq!(people["members"].as_array().unwrap().len(), 3);
    let groups = api
        .call("usergroups.list", &[("include_users", "true")])
        .await?;
    assert_eq!(
        groups["usergroups"][0]["users"],
        json!(["U0KENMORI", "U0YUITANA"])
    );
    Ok(())
}

#[tokio::test]
async fn a_file_appears_after_it_is_completed() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let asked = [("filename", "INC-1.md"), ("length", "5")];
    let ticket = api.call("files.getUploadURLExternal", &asked).await?;
    let form = reqwest::multipart::Form::new()
        .part("file", reqwest::multipart::Part::bytes(&b"hello"[..]));
    let url = ticket["upload_url"].as_str().unwrap();
    assert_eq!(
        api.http().post(url).multipart(form).send().await?.status(),
        200
    );
    let files = json!([{ "id": ticket["file_id"], "title": "Timeline" }]).to_string();
    let complete = [("files", files.as_str()), ("channel_id", room.as_str())];
    let answer = api.call("files.completeUploadExternal", &complete).await?;
    assert_eq!(answer["files"][0]["title"], "Timeline");
    api.sim.quiet().await;
    let message = api.sim.messages(&room).pop().unwrap();
    assert_eq!(message.subtype.as_deref(), Some("file_share"));
    let (name, content) = api.sim.file(&message.files[0]).unwrap();
    assert_eq!(
        (name.as_str(), content.as_slice()),
        ("INC-1.md", &b"hello"[..])
    );
    assert_eq!(
        api.error("files.completeUploadExternal", &complete).await?,
        "file_not_found"
    );
    Ok(())
}

#[tokio::test]
async fn a_late_call_is_applied_when_it_is_released() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let before = api.sim.messages(&room).len();
    api.sim.faults().next("chat.postMessage", Fault::ApplyLate);
    let post = [("channel", room.as_str()), ("text", "late")];
    let waiting = api.request("chat.postMessage").form(&post).send();
    let heard = async {
        while api
            .sim
            .calls()
            .last()
            .is_none_or(|call| call.fault.is_none())
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        answer = waiting => panic!("{answer:?}"),
        () = heard => {}
    }
    assert_eq!(api.sim.messages(&room).len(), before);
    api.sim.faults().release();
    assert_eq!(api.sim.messages(&room).len(), before + 1);
    assert_eq!(
        api.sim.calls().last().unwrap().fault,
        Some(Fault::ApplyLate)
    );
    Ok(())
}

#[tokio::test]
async fn faults_come_in_their_order_and_are_recorded() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let faults = api.sim.faults();
    faults.next("auth.test", Fault::Error("internal_error".into()));
    faults.next("auth.test", Fault::RateLimited(7));
    faults.next("auth.test", Fault::Status(503));
    faults.next("auth.test", Fault::Html);
    faults.next("auth.test", Fault::NoOkAfterApply);
    assert_eq!(api.error("auth.test", &[]).await?, "internal_error");
    let limited = api.request("auth.test").send().await?;
    assert_eq!(
        (limited.status().as_u16(), &limited.headers()["retry-after"]),
        (429, &"7".parse()?)
    );
    assert_eq!(api.request("auth.test").send().await?.status(), 503);
    assert!(
        api.request("auth.test")
            .send()
            .await?
            .text()
            .await?
            .starts_with("<!DOCTYPE html>")
    );
    let answer = api.call("auth.test", &[]).await?;
    assert!(answer.get("ok").is_none() && answer["team"] == "Acme");
    assert_eq!(api.call("auth.test", &[]).await?["ok"], true);
    let faulted = api
        .sim
        .calls()
        .iter()
        .filter(|call| call.fault.is_some())
        .count();
    assert_eq!(faulted, 5);
    Ok(())
}

#[tokio::test]
async fn rate_limits_can_be_switched_on() -> anyhow::Result<()> {
    let settings = slack_sim::Settings {
        rate_limits: true,
        ..slack_sim::Settings::default()
    };
    let api = Api::with(settings).await?;
    for _ in 0..20 {
        assert_eq!(api.error("users.list", &[]).await?, "");
    }
    let limited = api.request("users.list").send().await?;
    assert_eq!(
        (limited.status().as_u16(), &limited.headers()["retry-after"]),
        (429, &"60".parse()?)
    );
    api.sim.advance(std::time::Duration::from_mins(1));
    assert_eq!(api.error("users.list", &[]).await?, "");
    Ok(())
}
