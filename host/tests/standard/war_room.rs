//! The room: its name, topic, bookmark; its announcement and what is said under it.

use std::time::Duration;

use iris::{
    event::{Declared, What},
    incident::{Change, Declaration, Status},
};
use serde_json::json;

use crate::world::{AYA, KEN, World, play};

const MINUTE: Duration = Duration::from_mins(1);

fn declared() -> What {
    What::Declared(Declared { answers: [].into() })
}

fn incident(title: &str) -> Declaration {
    Declaration {
        title: title.to_owned(),
        product: Some("payments".to_owned()),
        severity: Some("sev1".to_owned()),
        origin: Some("C0OPS".into()),
        ..Declaration::default()
    }
}

impl World {
    async fn opens(&mut self) {
        self.room();
        let what = What::RoomOpened {
            channel: "C0ROOM".into(),
            name: "inc-20261201-payments".to_owned(),
        };
        self.tell("the room stands", None, what).await;
    }
}

#[tokio::test]
async fn declared_to_closed() {
    play("war-room", "declared-to-closed", async |world| {
        world.tell("Aya declares", Some(AYA), declared()).await;
        world.opens().await;
        world.later(12 * MINUTE);
        let (severity, why) = (Some("sev2".to_owned()), "Only one bank".to_owned());
        world.change(KEN, Change::Severity { severity, why }).await;
        world
            .entry(
                KEN,
                "update",
                "Rolled back, <!channel> *watching*",
                json!({ "next": 30 }),
            )
            .await;
        for (status, note) in [
            (Status::Resolved, "Rollback helped"),
            (Status::Declared, "It fails again"),
            (Status::Resolved, ""),
            (Status::Closed, ""),
        ] {
            world.later(10 * MINUTE);
            let note = note.to_owned();
            world.change(AYA, Change::Status { status, note }).await;
        }
    })
    .await;
}

#[tokio::test]
async fn names() {
    play("war-room", "names", async |world| {
        let template = json!({ "channel": "{severity}-{number}-{product_id}-{title}" });
        for (title, config) in [
            ("<!channel>", json!({})),
            ("🔥🔥🔥", json!({})),
            ("決済画面で 500 エラー", json!({})),
            ("Checkout fails", template),
            (&"the checkout of the shop fails ".repeat(5), json!({})),
        ] {
            world.declare(incident(title)).await;
            world.config = config;
            world.tell(title, Some(AYA), declared()).await;
        }
    })
    .await;
}

#[tokio::test]
async fn drill() {
    play("war-room", "drill", async |world| {
        world
            .declare(Declaration {
                drill: true,
                severity: None,
                ..incident("Checkout fails")
            })
            .await;
        world
            .tell("Aya declares a drill", Some(AYA), declared())
            .await;
        world.opens().await;
    })
    .await;
}

#[tokio::test]
async fn private() {
    play("war-room", "private", async |world| {
        world
            .declare(Declaration {
                private: true,
                ..incident("Data leaked")
            })
            .await;
        world.tell("Aya declares", Some(AYA), declared()).await;
        world.opens().await;
        world.entry(KEN, "update", "Keys rotated", json!({})).await;
    })
    .await;
}

#[tokio::test]
async fn without_product_and_severity() {
    play("war-room", "without-product-and-severity", async |world| {
        world
            .declare(Declaration {
                product: None,
                severity: None,
                ..incident("Checkout fails")
            })
            .await;
        world.tell("Aya declares", Some(AYA), declared()).await;
        world.opens().await;
        let (severity, why) = (Some("sev1".to_owned()), String::new());
        world.change(KEN, Change::Severity { severity, why }).await;
    })
    .await;
}

#[tokio::test]
async fn title_and_other_entries() {
    play("war-room", "title-and-other-entries", async |world| {
        world.opens().await;
        let title = "Checkout fails in *Japan* only".to_owned();
        world.change(KEN, Change::Title { title }).await;
        world.entry(KEN, "note", "Nothing follows", json!({})).await;
    })
    .await;
}

#[tokio::test]
async fn long_thread() {
    play("war-room", "long-thread", async |world| {
        world.opens().await;
        let pause = world.page.pause();
        for n in 1..=13 {
            if n == 10 {
                world.page.resume(pause);
            }
            world.later(MINUTE);
            let text = format!("Update {n}");
            world.entry(KEN, "update", &text, json!({})).await;
        }
    })
    .await;
}

#[tokio::test]
async fn refused_by_slack() {
    play("war-room", "refused-by-slack", async |world| {
        world.opens().await;
        world
            .refuses("messages.post", Some("announcement"), "not_in_channel")
            .await;
        world.presses(AYA, "war-room:announce", "42").await;
        world
            .refuses("messages.post", Some("announcement"), "restricted_action")
            .await;
        world.presses(AYA, "war-room:announce", "42").await;
        world.presses(AYA, "war-room:announce", "42").await;
        world
            .refuses("messages.update", Some("announcement"), "message_not_found")
            .await;
        world.entry(KEN, "update", "Said nowhere", json!({})).await;
        world.refuses("room.topic", None, "missing_scope").await;
        world
            .refuses("room.bookmark", None, "too_many_bookmarks")
            .await;
        let refused = json!({ "ok": false, "error": "not_in_channel" });
        world.answers("purpose", refused).await;
        world.answers("purpose", json!({ "ok": true })).await;
    })
    .await;
}

#[tokio::test]
async fn no_room() {
    play("war-room", "no-room", async |world| {
        world.refuses("room.open", None, "restricted_action").await;
    })
    .await;
}
