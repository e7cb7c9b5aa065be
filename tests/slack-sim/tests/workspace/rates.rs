//! Rate limits: how often each method may be called in a minute, and how Slack says no.

use slack_sim::{Positions, Settings};

use crate::api::Api;

/// Each method with its calls a minute, by its tier in Slack's reference.
const TIERS: &[(usize, &[&str])] = &[
    (
        20,
        &[
            "bookmarks.add",
            "bookmarks.edit",
            "canvases.create",
            "conversations.archive",
            "conversations.create",
            "conversations.list",
            "conversations.rename",
            "conversations.setPurpose",
            "conversations.setTopic",
            "pins.add",
            "usergroups.list",
            "usergroups.users.list",
            "users.list",
        ],
    ),
    (
        50,
        &[
            "bookmarks.list",
            "chat.delete",
            "chat.update",
            "conversations.history",
            "conversations.info",
            "conversations.invite",
            "conversations.join",
            "conversations.kick",
            "conversations.open",
            "conversations.replies",
            "reactions.add",
            "users.lookupByEmail",
        ],
    ),
    (
        100,
        &[
            "chat.postEphemeral",
            "conversations.members",
            "files.completeUploadExternal",
            "files.getUploadURLExternal",
            "files.info",
            "users.info",
            "views.open",
            "views.publish",
            "views.push",
            "views.update",
        ],
    ),
    (600, &["auth.test", "chat.getPermalink"]),
];

async fn limited() -> anyhow::Result<Api> {
    Api::with(Settings {
        rate_limits: true,
        ..Settings::default()
    })
    .await
}

#[tokio::test]
async fn each_method_has_its_tier() -> anyhow::Result<()> {
    let api = limited().await?;
    for (most, methods) in TIERS {
        for method in *methods {
            for _ in 0..*most {
                assert_ne!(api.error(method, &[]).await?, "ratelimited", "{method}");
            }
            let refused = api.request(method).send().await?;
            assert_eq!(refused.status(), 429, "{method} after {most}");
            assert_eq!(refused.headers()["retry-after"], "60", "{method}");
            let body: serde_json::Value = refused.json().await?;
            assert_eq!(
                body,
                serde_json::json!({ "ok": false, "error": "ratelimited" })
            );
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_channel_takes_about_a_message_a_second() -> anyhow::Result<()> {
    let api = limited().await?;
    let post = async |channel: &str| {
        let args = [("channel", channel), ("text", "a")];
        api.error("chat.postMessage", &args).await
    };
    for _ in 0..5 {
        assert_eq!(post("C0OPS").await?, "");
    }
    assert_eq!(post("C0OPS").await?, "ratelimited");
    assert_eq!(post("C0GENERAL").await?, "");
    api.sim.advance(std::time::Duration::from_secs(5));
    assert_eq!(post("C0OPS").await?, "");
    api.sim.put_levers(Positions {
        latency_ms: 0,
        rate_limits: false,
        outage: None,
    });
    for _ in 0..10 {
        assert_eq!(post("C0OPS").await?, "");
    }
    Ok(())
}
