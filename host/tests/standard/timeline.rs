//! Notes, captured messages, the timeline and its file.

use std::time::Duration;

use iris::rehearse::{id, message};
use iris::{
    event::{SeenMessage, What},
    incident::{Change, Declaration, Status},
};
use serde_json::json;

use crate::world::{AYA, KEN, World, YUI, play};

const MINUTE: Duration = Duration::from_mins(1);
const PINNED: &str = "1796101440.000200";

impl World {
    async fn resolves(&mut self) {
        let (status, note) = (Status::Resolved, "Rollback helped".to_owned());
        self.change(AYA, Change::Status { status, note }).await;
    }

    /// What the core and other steps write down.
    async fn much_happens(&mut self) {
        self.later(MINUTE);
        let room = json!({ "channel": "C0ROOM", "name": "inc-20261201-payments" });
        self.entry(AYA, "room", "inc-20261201-payments", room).await;
        self.entry(AYA, "called", "", json!({ "people": [KEN, YUI] }))
            .await;
        let missing = json!([{ "who": "lead@acme.example", "code": "users_not_found" }]);
        self.entry(AYA, "not-called", "", json!({ "missing": missing }))
            .await;
        self.later(5 * MINUTE);
        self.entry(KEN, "person", "", json!({ "user": KEN, "how": "joined" }))
            .await;
        let (role, holder) = ("commander".to_owned(), Some(KEN.into()));
        let note = "I lead".to_owned();
        self.change(KEN, Change::Role { role, holder, note }).await;
        let (severity, why) = (Some("sev2".to_owned()), "Only *one* bank".to_owned());
        self.change(KEN, Change::Severity { severity, why }).await;
        self.entry(
            KEN,
            "update",
            "Rolled back <!channel>",
            json!({ "next": 30 }),
        )
        .await;
        let todo =
            json!({ "n": 1, "act": "added", "text": "Call the bank", "owner": YUI, "due": null });
        self.entry(YUI, "todo", "Call the bank", todo).await;
        self.entry(KEN, "of-another-step", "Something it says", json!({}))
            .await;
    }
}

#[tokio::test]
async fn notes() {
    play("timeline", "notes", async |world| {
        world.room();
        world
            .types(
                KEN,
                "note",
                "Switched off *feature* <@U0AYA|aya> &lt;!channel&gt;",
            )
            .await;
        world.types(KEN, "note", "").await;
        world.types(KEN, "note", &"long ".repeat(500)).await;
    })
    .await;
}

#[tokio::test]
async fn note_in_a_drill() {
    play("timeline", "note-in-a-drill", async |world| {
        world
            .declare(Declaration {
                title: "Checkout fails".to_owned(),
                drill: true,
                ..Declaration::default()
            })
            .await;
        world.room();
        world.types(KEN, "note", "We pretend").await;
    })
    .await;
}

#[tokio::test]
async fn captured_by_emoji() {
    play("timeline", "captured-by-emoji", async |world| {
        world.room();
        world.reacts(AYA, "thumbsup", true, PINNED).await;
        world.reacts(AYA, "pushpin", true, PINNED).await;
        // A duplicate.
        world.reacts(YUI, "pushpin", true, PINNED).await;
        world.reacts(AYA, "pushpin", false, PINNED).await;
        world.reacts(YUI, "pushpin", false, PINNED).await;
        world.reacts(YUI, "pushpin", false, PINNED).await;
        world.reacts(YUI, "pushpin", true, PINNED).await;
        world.types(YUI, "timeline", "").await;
    })
    .await;
}

#[tokio::test]
async fn captured_by_shortcut() {
    play("timeline", "captured-by-shortcut", async |world| {
        world.room();
        let files = SeenMessage {
            files: vec!["graph.png".to_owned(), "log.txt".to_owned()],
            ..message(PINNED, "")
        };
        world.chooses(AYA, "timeline:add", files.clone()).await;
        world.chooses(AYA, "timeline:add", files).await;
        let by_an_app = SeenMessage {
            author: None,
            ..message("1796101440.000300", "Deploy 481 done")
        };
        world.chooses(AYA, "timeline:add", by_an_app).await;
        world.incident = None;
        let elsewhere = message("1796101440.000400", "In another channel");
        world.chooses(AYA, "timeline:add", elsewhere).await;
    })
    .await;
}

#[tokio::test]
async fn captured_messages_are_followed() {
    play(
        "timeline",
        "captured-messages-are-followed",
        async |world| {
            world.room();
            world
                .chooses(AYA, "timeline:add", message(PINNED, "Rolled back to 481"))
                .await;
            for (ts, text) in [
                (PINNED, "Rolled back to 481"),
                (PINNED, "Rolled back to 480"),
                ("1796101440.000900", "Never captured"),
            ] {
                world.later(MINUTE);
                let what = What::Edited(message(ts, text));
                world
                    .tell(&format!("edited: {text}"), Some(KEN), what)
                    .await;
            }
            for ts in [PINNED, "1796101440.000900"] {
                let message = id(ts);
                world
                    .tell("deleted", Some(KEN), What::Deleted { message })
                    .await;
            }
            world.types(YUI, "timeline", "").await;
        },
    )
    .await;
}

#[tokio::test]
async fn no_receipt() {
    play("timeline", "no-receipt", async |world| {
        world.room();
        world.refuses("messages.react", None, "missing_scope").await;
        world
            .chooses(AYA, "timeline:add", message(PINNED, "Rolled back"))
            .await;
        world.refuses("messages.react", None, "missing_scope").await;
        world.refuses("messages.react", None, "missing_scope").await;
    })
    .await;
}

#[tokio::test]
async fn told() {
    play("timeline", "told", async |world| {
        world.room();
        world.types(YUI, "timeline", "").await;
        world.much_happens().await;
        world.types(YUI, "timeline", "").await;
        world.resolves().await;
    })
    .await;
}

#[tokio::test]
async fn told_in_a_file() {
    play("timeline", "told-in-a-file", async |world| {
        world.room();
        world.much_happens().await;
        for n in 1..=40 {
            world.later(MINUTE);
            world
                .entry(KEN, "note", &format!("Note {n} & <b> *c*"), json!({}))
                .await;
        }
        world.types(YUI, "timeline", "").await;
        world.resolves().await;
    })
    .await;
}
