//! What the Web API refuses, and with which code.

use crate::api::Api;
use serde_json::{Value, json};
use slack_sim::{Settings, settings};

/// A method, its arguments, and the code it refuses them with; none: it takes them.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

#[tokio::test]
async fn who_calls_is_checked_first() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let said = |answer: Value| answer["error"].as_str().unwrap_or_default().to_owned();
    let answer = api.anonymous("auth.test").send().await?.json().await?;
    assert_eq!(said(answer), "not_authed");
    let answer = api
        .anonymous("auth.test")
        .bearer_auth("xoxb-wrong")
        .send()
        .await?
        .json()
        .await?;
    assert_eq!(said(answer), "invalid_auth");
    let in_form = [("token", "xoxb-simulated-workspace")];
    let answer: Value = api
        .anonymous("auth.test")
        .form(&in_form)
        .send()
        .await?
        .json()
        .await?;
    assert_eq!(answer["user_id"], "U0IRIS");
    assert_eq!(api.error("users.profile.get", &[]).await?, "unknown_method");
    let response = api.request("auth.test").send().await?;
    assert!(
        response.headers()["x-oauth-scopes"]
            .to_str()?
            .contains("chat:write")
    );
    Ok(())
}

#[tokio::test]
async fn a_missing_scope_is_named() -> anyhow::Result<()> {
    let scopes = vec!["chat:write".to_owned()];
    let api = Api::with(Settings {
        scopes,
        ..Settings::default()
    })
    .await?;
    let answer = api.call("pins.list", &[("channel", "C0OPS")]).await?;
    assert_eq!(answer["error"], "missing_scope");
    assert_eq!(answer["needed"], "pins:read");
    assert_eq!(answer["provided"], "chat:write");
    let hello = [("channel", "C0GENERAL"), ("text", "hi")];
    assert_eq!(
        api.error("chat.postMessage", &hello).await?,
        "not_in_channel"
    );
    Ok(())
}

#[tokio::test]
async fn json_is_ignored_where_slack_ignores_it() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let body = json!({ "channel": "C0OPS" });
    let answer: Value = api
        .request("conversations.info")
        .json(&body)
        .send()
        .await?
        .json()
        .await?;
    assert_eq!(answer["error"], "invalid_arguments");
    assert_eq!(
        answer["response_metadata"]["messages"][0],
        "[ERROR] missing required field: channel"
    );
    let body = json!({ "channel": "C0OPS", "text": "hi" });
    let answer: Value = api
        .request("chat.postMessage")
        .json(&body)
        .send()
        .await?
        .json()
        .await?;
    assert_eq!(answer["ok"], true);
    Ok(())
}

#[tokio::test]
async fn channels_are_refused_as_slack_does() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let room = room.as_str();
    let long = "a".repeat(251);
    #[rustfmt::skip]
    let cases: &[Case<'_>] = &[
        ("conversations.create", &[("name", "inc-1")], "name_taken"),
        ("conversations.create", &[("name", "Inc")], "invalid_name_specials"),
        ("conversations.create", &[], "invalid_name_required"),
        ("conversations.info", &[("channel", "C0NOWHERE")], "channel_not_found"),
        ("conversations.info", &[("channel", "C0LEADS")], "channel_not_found"),
        ("conversations.history", &[("channel", "C0GENERAL")], "not_in_channel"),
        ("conversations.setTopic", &[("channel", room), ("topic", &long)], "too_long"),
        ("conversations.setTopic", &[("channel", "C0GENERAL"), ("topic", "a")], "not_in_channel"),
        ("conversations.setPurpose", &[("channel", room), ("purpose", &long)], "too_long"),
        ("conversations.rename", &[("channel", "C0OPS"), ("name", "ops2")], "not_authorized"),
        ("conversations.rename", &[("channel", room), ("name", "ops")], "name_taken"),
        ("conversations.list", &[("types", "secret")], "invalid_types"),
        ("conversations.list", &[("cursor", "x")], "invalid_cursor"),
        ("conversations.members", &[("channel", room), ("limit", "1001")], "invalid_limit"),
        ("conversations.replies", &[("channel", room), ("ts", "1.000000")], "thread_not_found"),
        ("conversations.open", &[("users", "U0GONE")], "user_disabled"),
        ("conversations.open", &[("users", "U0NOBODY")], "user_not_found"),
        ("conversations.open", &[], "users_list_not_supplied"),
        ("conversations.archive", &[("channel", "C0GENERAL")], "not_in_channel"),
        ("conversations.join", &[("channel", "C0GENERAL")], ""),
        ("conversations.archive", &[("channel", "C0GENERAL")], "cant_archive_general"),
        ("conversations.archive", &[("channel", room)], ""),
        ("conversations.archive", &[("channel", room)], "already_archived"),
        ("conversations.create", &[("name", "inc-1")], "name_taken"),
        ("chat.postMessage", &[("channel", room), ("text", "a")], "is_archived"),
        ("conversations.invite", &[("channel", room), ("users", "U0KENMORI")], "is_archived"),
    ];
    for (method, args, expected) in cases {
        assert_eq!(
            api.error(method, args).await?,
            *expected,
            "{method} {args:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn kana_names_can_be_switched_off() -> anyhow::Result<()> {
    let api = Api::start().await?;
    assert_eq!(
        api.error("conversations.create", &[("name", "inc-決済")])
            .await?,
        ""
    );
    let api = Api::with(Settings {
        kana_channel_names: false,
        ..Settings::default()
    })
    .await?;
    assert_eq!(
        api.error("conversations.create", &[("name", "inc-決済")])
            .await?,
        "invalid_name_specials"
    );
    Ok(())
}

#[tokio::test]
async fn an_invitation_is_for_all_or_nobody_unless_forced() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let users = "U0KENMORI,U0GONE,U0NOBODY,U0AYASATO,U0IRIS";
    let answer = api
        .call(
            "conversations.invite",
            &[("channel", &room), ("users", users)],
        )
        .await?;
    assert_eq!(answer["error"], "cant_invite");
    assert_eq!(
        answer["errors"],
        json!([
            { "user": "U0GONE", "ok": false, "error": "cant_invite" },
            { "user": "U0NOBODY", "ok": false, "error": "user_not_found" },
            { "user": "U0AYASATO", "ok": false, "error": "already_in_channel" },
            { "user": "U0IRIS", "ok": false, "error": "cant_invite_self" },
        ])
    );
    assert_eq!(
        api.sim.channel(&room).unwrap().members,
        ["U0IRIS", "U0AYASATO"]
    );
    let forced = [
        ("channel", room.as_str()),
        ("users", users),
        ("force", "true"),
    ];
    let answer = api.call("conversations.invite", &forced).await?;
    assert_eq!(answer["ok"], true);
    assert_eq!(answer["errors"].as_array().unwrap().len(), 4);
    assert_eq!(
        api.sim.channel(&room).unwrap().members,
        ["U0IRIS", "U0AYASATO", "U0KENMORI"]
    );
    let many = vec!["U0KENMORI"; 101].join(",");
    let too_many = [("channel", room.as_str()), ("users", many.as_str())];
    assert_eq!(
        api.error("conversations.invite", &too_many).await?,
        "invalid_arguments"
    );
    Ok(())
}

#[tokio::test]
async fn messages_are_refused_as_slack_does() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let room = room.as_str();
    let theirs = api.sim.person("@aya").say(room, "hello")?.ts;
    let ours = api.post(room, "hello").await?;
    let rows: Vec<Value> =
        (0..4).map(|_| json!({ "type": "section", "text": { "type": "plain_text", "text": "a".repeat(2_751) } })).collect();
    let long = json!(rows).to_string();
    let bad =
        json!([{ "type": "header", "text": { "type": "plain_text", "text": "" } }]).to_string();
    #[rustfmt::skip]
    let cases: &[Case<'_>] = &[
        ("chat.postMessage", &[("text", "a")], "channel_not_found"),
        ("chat.postMessage", &[("channel", "C0LEADS"), ("text", "a")], "channel_not_found"),
        ("chat.postMessage", &[("channel", "C0GENERAL"), ("text", "a")], ""),
        ("chat.postMessage", &[("channel", room)], "no_text"),
        ("chat.postMessage", &[("channel", room), ("blocks", "[{")], "invalid_blocks_format"),
        ("chat.postMessage", &[("channel", room), ("blocks", &bad)], "invalid_blocks"),
        ("chat.postMessage", &[("channel", room), ("blocks", &long)], "msg_blocks_too_long"),
        ("chat.postMessage", &[("channel", room), ("text", "a"), ("thread_ts", "1.000000")], "cannot_reply_to_message"),
        ("chat.postMessage", &[("channel", room), ("text", "a"), ("metadata", "{}")], "invalid_metadata_format"),
        ("chat.update", &[("channel", room), ("ts", &theirs), ("text", "a")], "cant_update_message"),
        ("chat.update", &[("channel", room), ("ts", "1.000000"), ("text", "a")], "message_not_found"),
        ("chat.update", &[("channel", room), ("ts", &ours)], "no_text"),
        ("chat.delete", &[("channel", room), ("ts", &theirs)], "cant_delete_message"),
        ("chat.postEphemeral", &[("channel", room), ("user", "U0KENMORI"), ("text", "a")], "user_not_in_channel"),
        ("chat.getPermalink", &[("channel", room), ("message_ts", "1.000000")], "message_not_found"),
        ("pins.add", &[("channel", room)], "no_item_specified"),
        ("pins.add", &[("channel", room), ("timestamp", "soon")], "bad_timestamp"),
        ("pins.add", &[("channel", room), ("timestamp", &ours)], ""),
        ("pins.add", &[("channel", room), ("timestamp", &ours)], "already_pinned"),
        ("pins.remove", &[("channel", room), ("timestamp", &theirs)], "no_pin"),
        ("reactions.add", &[("channel", room), ("timestamp", &ours), ("name", ":memo:")], "invalid_name"),
        ("reactions.add", &[("channel", room), ("timestamp", &ours), ("name", "memo")], ""),
        ("reactions.add", &[("channel", room), ("timestamp", &ours), ("name", "memo")], "already_reacted"),
        ("reactions.remove", &[("channel", room), ("timestamp", &ours), ("name", "eyes")], "no_reaction"),
        ("bookmarks.add", &[("channel_id", room), ("title", "a"), ("type", "link"), ("link", "wiki")], "invalid_link"),
        ("bookmarks.remove", &[("channel_id", room), ("bookmark_id", "Bk1")], "not_found"),
        ("users.info", &[("user", "U0NOBODY")], "user_not_found"),
        ("users.lookupByEmail", &[("email", "gone@acme.example")], "users_not_found"),
        ("users.lookupByEmail", &[("email", "AYA@acme.example")], ""),
        ("usergroups.users.list", &[("usergroup", "S0NONE")], "no_such_subteam"),
        ("files.getUploadURLExternal", &[("filename", "a.md"), ("length", "0")], "missing_argument"),
        ("files.completeUploadExternal", &[("files", "[{\"id\":\"F1\"}]")], "file_not_found"),
    ];
    for (method, args, expected) in cases {
        assert_eq!(
            api.error(method, args).await?,
            *expected,
            "{method} {args:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn invalid_blocks_say_where() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let blocks =
        json!([{ "type": "header", "text": { "type": "plain_text", "text": "a".repeat(151) } }]);
    let blocks = blocks.to_string();
    let args = [("channel", "#ops"), ("blocks", blocks.as_str())];
    let answer = api.call("chat.postMessage", &args).await?;
    let message = "must be less than 151 characters [json-pointer:/blocks/0/text/text]";
    assert_eq!(answer["errors"], json!([message]));
    assert_eq!(
        answer["response_metadata"]["messages"],
        json!([format!("[ERROR] {message}")])
    );
    Ok(())
}

#[tokio::test]
async fn a_guest_of_one_channel_stays_in_it() -> anyhow::Result<()> {
    let mut workspace = Settings::default();
    for user in workspace
        .people
        .iter_mut()
        .filter(|user| user.id == "U0GUEST")
    {
        user.kind = settings::UserKind::SingleChannelGuest;
    }
    workspace.channels[1].members.push("U0GUEST".into());
    let api = Api::with(workspace).await?;
    let room = api.room().await?;
    let guest = [("channel", room.as_str()), ("users", "U0GUEST")];
    assert_eq!(
        api.error("conversations.invite", &guest).await?,
        "ura_max_channels"
    );
    Ok(())
}
