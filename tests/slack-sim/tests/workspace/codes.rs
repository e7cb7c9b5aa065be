//! Codes of Slack's reference that need more than one call to be reached.

use serde_json::{Value, json};
use slack_sim::{Fault, Settings};

use crate::api::Api;

/// A method, its arguments, and the code it refuses them with; none: it takes them.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

#[tokio::test]
async fn a_channel_holds_a_hundred_pins_and_bookmarks() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let room = room.as_str();
    for number in 0..=100 {
        let expected = |code: &str| if number < 100 { "" } else { code }.to_owned();
        let ts = api.post(room, "a").await?;
        let pin = [("channel", room), ("timestamp", ts.as_str())];
        assert_eq!(
            api.error("pins.add", &pin).await?,
            expected("too_many_pins")
        );
        let mark = [
            ("channel_id", room),
            ("title", "a"),
            ("type", "link"),
            ("link", "https://a.example"),
        ];
        let said = api.error("bookmarks.add", &mark).await?;
        assert_eq!(said, expected("too_many_bookmarks"));
    }
    let joined = &api.sim.messages(room)[0].ts;
    let notice = [("channel", room), ("timestamp", joined)];
    assert_eq!(api.error("pins.add", &notice).await?, "not_pinnable");
    let mark = [
        ("channel_id", room),
        ("title", "a"),
        ("type", "link"),
        ("link", "https://a.example"),
        ("emoji", "star"),
    ];
    assert_eq!(api.error("bookmarks.add", &mark).await?, "invalid_emoji");
    assert_eq!(
        api.error("bookmarks.add", &mark[..2]).await?,
        "invalid_arguments"
    );
    Ok(())
}

#[tokio::test]
async fn a_message_holds_so_many_reactions() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let ts = api.post(&room, "a").await?;
    let react = async |name: &str| {
        let args = [
            ("channel", room.as_str()),
            ("timestamp", ts.as_str()),
            ("name", name),
        ];
        api.error("reactions.add", &args).await
    };
    let message = api.sim.messages(&room).pop().expect("the message");
    for number in 0..49 {
        api.sim
            .person("@aya")
            .react(&message, &format!("of_aya_{number}"))?;
    }
    assert_eq!(react("one").await?, "");
    assert_eq!(react("two").await?, "too_many_emoji");
    for number in 0..22 {
        assert_eq!(react(&format!("of_aya_{number}")).await?, "");
    }
    assert_eq!(react("of_aya_22").await?, "too_many_reactions");
    assert_eq!(react("one").await?, "already_reacted");
    Ok(())
}

#[tokio::test]
async fn metadata_is_flat_and_small() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let post = async |metadata: Value| {
        let metadata = metadata.to_string();
        let args = [
            ("channel", "#ops"),
            ("text", "a"),
            ("metadata", metadata.as_str()),
        ];
        api.error("chat.postMessage", &args).await
    };
    let with = |payload: Value| json!({ "event_type": "iris", "event_payload": payload });
    let flat = json!({ "a": "b", "n": 1, "yes": true, "o": { "a": 1 }, "l": [{ "a": "b" }] });
    assert_eq!(post(with(flat)).await?, "");
    let cases = [
        (json!({ "event_type": "iris" }), "invalid_metadata_format"),
        (
            json!({ "event_type": "", "event_payload": {} }),
            "invalid_metadata_format",
        ),
        (with(json!({ "a": null })), "invalid_metadata_schema"),
        (
            with(json!({ "a": { "b": { "c": 1 } } })),
            "invalid_metadata_schema",
        ),
        (
            with(json!({ "a": "a".repeat(16_000) })),
            "metadata_too_large",
        ),
    ];
    for (metadata, expected) in cases {
        assert_eq!(post(metadata).await?, expected);
    }
    Ok(())
}

#[tokio::test]
async fn what_only_one_person_sees_cannot_be_changed() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let only = [
        ("channel", room.as_str()),
        ("user", "U0AYASATO"),
        ("text", "a"),
    ];
    let shown = api.call("chat.postEphemeral", &only).await?;
    let ts = shown["message_ts"].as_str().unwrap_or_default();
    let update = [("channel", room.as_str()), ("ts", ts), ("text", "b")];
    let said = api.error("chat.update", &update).await?;
    assert_eq!(said, "message_not_found");
    let ours = api.post(&room, "ours").await?;
    let long = "a".repeat(4_001);
    let update = [
        ("channel", room.as_str()),
        ("ts", ours.as_str()),
        ("text", long.as_str()),
    ];
    assert_eq!(api.error("chat.update", &update).await?, "msg_too_long");
    Ok(())
}

#[tokio::test]
async fn views_have_one_external_id_and_so_many_bytes() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let home = |text: &str| {
        json!({ "type": "home", "external_id": "one", "blocks": [
            { "type": "section", "text": { "type": "plain_text", "text": text } },
        ] })
        .to_string()
    };
    let view = home("a");
    let publish = |user| [("user_id", user), ("view", view.as_str())];
    let said = api.error("views.publish", &publish("U0AYASATO")).await?;
    assert_eq!(said, "");
    let said = api.error("views.publish", &publish("U0KENMORI")).await?;
    assert_eq!(said, "duplicate_external_id");
    Ok(())
}

/// Where the workspace has no rule of its own, the code is ordered.
#[tokio::test]
async fn what_depends_on_a_plan_or_a_preference_is_ordered() -> anyhow::Result<()> {
    let api = Api::start().await?;
    for (method, code) in [
        ("conversations.create", "restricted_action"),
        ("conversations.invite", "no_external_invite_permission"),
        ("chat.update", "edit_window_closed"),
        ("chat.postMessage", "message_limit_exceeded"),
        ("reactions.add", "thread_locked"),
        ("usergroups.users.list", "plan_upgrade_required"),
    ] {
        api.sim.faults().next(method, Fault::Error(code.into()));
        assert_eq!(api.error(method, &[]).await?, code);
    }
    Ok(())
}

#[tokio::test]
async fn a_json_body_is_ignored_by_every_method_that_takes_forms_only() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let ts = api.post(&room, "a").await?;
    let message = json!({ "channel": room, "ts": ts, "message_ts": ts, "timestamp": ts });
    let cases = [
        ("conversations.info", message.clone(), "invalid_arguments"),
        (
            "conversations.members",
            message.clone(),
            "invalid_arguments",
        ),
        (
            "conversations.replies",
            message.clone(),
            "invalid_arguments",
        ),
        ("chat.getPermalink", message.clone(), "invalid_arguments"),
        ("reactions.get", message, "invalid_arguments"),
        (
            "users.info",
            json!({ "user": "U0AYASATO" }),
            "user_not_found",
        ),
        (
            "users.lookupByEmail",
            json!({ "email": "aya@acme.example" }),
            "invalid_arguments",
        ),
        (
            "usergroups.users.list",
            json!({ "usergroup": "S0PAYMENTS" }),
            "invalid_arguments",
        ),
        (
            "files.getUploadURLExternal",
            json!({ "filename": "a", "length": 1 }),
            "invalid_arguments",
        ),
        ("files.info", json!({ "file": "F1" }), "invalid_arguments"),
    ];
    for (method, body, expected) in cases {
        let answer: Value = api.request(method).json(&body).send().await?.json().await?;
        assert_eq!(answer["error"], expected, "{method}");
        assert!(
            api.sim
                .calls()
                .last()
                .is_some_and(|call| call.args.is_empty())
        );
    }
    // What only narrows a list is ignored in silence.
    let narrowed = [
        ("conversations.list", json!({ "limit": 1 }), "channels"),
        ("users.list", json!({ "limit": 1 }), "members"),
        (
            "usergroups.list",
            json!({ "include_users": true }),
            "usergroups",
        ),
    ];
    for (method, body, list) in narrowed {
        let answer: Value = api.request(method).json(&body).send().await?.json().await?;
        let whole = api.call(method, &[]).await?;
        assert_eq!(answer[list], whole[list], "{method}");
    }
    Ok(())
}

#[tokio::test]
async fn files_come_raw_or_in_a_form_several_at_once() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let mut ids = Vec::new();
    for raw in [true, false] {
        let asked = [("filename", "a.md"), ("length", "2")];
        let ticket = api.call("files.getUploadURLExternal", &asked).await?;
        let request = api
            .http()
            .post(ticket["upload_url"].as_str().unwrap_or_default());
        let part = reqwest::multipart::Part::bytes(&b"hi"[..]).file_name("a.md");
        let request = if raw {
            request.body("hi")
        } else {
            request.multipart(reqwest::multipart::Form::new().part("filename", part))
        };
        assert_eq!(request.send().await?.text().await?, "OK - 2");
        ids.push(json!({ "id": ticket["file_id"] }));
    }
    let files = json!(ids).to_string();
    let complete = [("files", files.as_str()), ("channel_id", room.as_str())];
    assert_eq!(
        api.error("files.completeUploadExternal", &complete).await?,
        ""
    );
    // The share comes later: the answer does not have its timestamp.
    api.sim.quiet().await;
    assert_eq!(
        api.sim.messages(&room).pop().map(|m| m.files.len()),
        Some(2)
    );
    assert_eq!(api.error("files.upload", &[]).await?, "unknown_method");
    Ok(())
}

#[tokio::test]
async fn the_hour_has_so_many_events() -> anyhow::Result<()> {
    let api = Api::with(Settings {
        events_an_hour: 2,
        ..Settings::default()
    })
    .await?;
    api.sim.connect_app("http://127.0.0.1:1/");
    for text in ["1", "2", "3", "4"] {
        api.sim.person("@aya").say("#ops", text)?;
    }
    api.sim.quiet().await;
    let sent = api.sim.deliveries();
    let first: Vec<&str> = sent
        .iter()
        .filter(|sent| sent.retry == 0)
        .map(|sent| sent.name.as_str())
        .collect();
    assert_eq!(first, ["message", "message", "app_rate_limited"]);
    let told = sent.iter().find(|sent| sent.name == "app_rate_limited");
    let told: Value = serde_json::from_str(&told.expect("it is told").body)?;
    assert_eq!(
        told["minute_rate_limited"],
        json!(api.sim.clock().seconds() / 60 * 60)
    );
    Ok(())
}

#[tokio::test]
async fn a_channel_has_one_canvas_of_its_own() -> anyhow::Result<()> {
    let mut settings = Settings::default();
    settings.scopes.push("canvases:write".into());
    let api = Api::with(settings).await?;
    let room = api.room().await?;
    let content = |markdown: &str| json!({ "type": "markdown", "markdown": markdown }).to_string();
    let small = content("# What happened");
    let own = [
        ("channel_id", room.as_str()),
        ("title", "Report"),
        ("document_content", small.as_str()),
    ];
    let made = api.call("conversations.canvases.create", &own).await?;
    assert_eq!(made["ok"], true, "{made}");
    let said = api.error("conversations.canvases.create", &own).await?;
    assert_eq!(said, "channel_canvas_already_exists");
    assert_eq!(api.error("canvases.create", &own).await?, "");
    let huge = content(&"a".repeat(1024 * 1024 + 1));
    let huge = [("document_content", huge.as_str())];
    assert_eq!(
        api.error("canvases.create", &huge).await?,
        "invalid_arguments"
    );
    let kept = api.sim.canvases();
    assert_eq!(kept.len(), 2);
    assert!(kept[0].own && kept[0].markdown == "# What happened" && !kept[1].own);
    let channel = api.sim.channel(&room).expect("the room");
    assert_eq!(channel.canvas.as_deref(), made["canvas_id"].as_str());
    let api = Api::start().await?;
    assert_eq!(api.error("canvases.create", &[]).await?, "missing_scope");
    Ok(())
}

#[tokio::test]
async fn people_are_taken_out_and_the_app_goes() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let room = room.as_str();
    #[rustfmt::skip]
    let cases: &[Case<'_>] = &[
        ("conversations.kick", &[("channel", room), ("user", "U0IRIS")], "cant_kick_self"),
        ("conversations.kick", &[("channel", room), ("user", "U0KENMORI")], "not_in_channel"),
        ("conversations.kick", &[("channel", room), ("user", "U0NOBODY")], "user_not_found"),
        ("conversations.kick", &[("channel", room), ("user", "U0AYASATO")], ""),
        ("conversations.kick", &[("channel", "C0GENERAL"), ("user", "U0AYASATO")], "not_in_channel"),
        ("conversations.unarchive", &[("channel", room)], "not_archived"),
        ("conversations.archive", &[("channel", room)], ""),
        ("conversations.leave", &[("channel", room)], "is_archived"),
        ("conversations.unarchive", &[("channel", room)], ""),
        ("conversations.leave", &[("channel", room)], ""),
        ("conversations.leave", &[("channel", "C0GENERAL")], "cant_leave_general"),
    ];
    for (method, args, expected) in cases {
        let said = api.error(method, args).await?;
        assert_eq!(said, *expected, "{method} {args:?}");
    }
    assert_eq!(
        api.sim.channel(room).map(|channel| channel.members.len()),
        Some(0)
    );
    Ok(())
}
