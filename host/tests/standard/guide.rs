//! The panel and the roles; reminders, nudges, and what somebody who joins is told.

use std::time::Duration;

use iris::{
    event::{Declared, What},
    incident::{Change, Declaration, Status},
};
use serde_json::json;

use crate::world::{AYA, KEN, World, YUI, play};

const MINUTE: Duration = Duration::from_mins(1);

impl World {
    async fn begins(&mut self) {
        let what = What::Declared(Declared { answers: [].into() });
        self.tell("Aya declares", Some(AYA), what).await;
        self.room();
    }

    async fn turns(&mut self, status: Status) {
        let note = String::new();
        self.change(AYA, Change::Status { status, note }).await;
    }
}

#[tokio::test]
async fn panel() {
    play("guide", "panel", async |world| {
        world.begins().await;
        let (severity, why) = (Some("sev2".to_owned()), String::new());
        world.change(KEN, Change::Severity { severity, why }).await;
        let title = "Checkout fails in *Japan*".to_owned();
        world.change(KEN, Change::Title { title }).await;
        world.later(67 * MINUTE);
        world.turns(Status::Resolved).await;
        world.turns(Status::Declared).await;
        world.turns(Status::Resolved).await;
        world.turns(Status::Closed).await;
    })
    .await;
}

#[tokio::test]
async fn panel_of_little() {
    play("guide", "panel-of-little", async |world| {
        let title = "Something is wrong".to_owned();
        world
            .declare(Declaration {
                title,
                ..Declaration::default()
            })
            .await;
        world.team.roles.clear();
        world.team.steps.retain(|step| step.name != "todo");
        world.begins().await;
        world.types(KEN, "role", "").await;
    })
    .await;
}

#[tokio::test]
async fn panel_of_much() {
    play("guide", "panel-of-much", async |world| {
        world
            .declare(Declaration {
                title: "<!channel> *everything* is down & out".to_owned(),
                situation: "It fails :fire: <!here> `500` https://a.example/?b=1&c=2 ".to_owned()
                    + &"again ".repeat(300),
                product: Some("payments".to_owned()),
                drill: true,
                private: true,
                ..Declaration::default()
            })
            .await;
        world.config = json!({ "flow": ["Call the bank", "Wait"], "first_update": 10 });
        world.begins().await;
    })
    .await;
}

#[tokio::test]
async fn roles_by_buttons() {
    play("guide", "roles-by-buttons", async |world| {
        world.begins().await;
        world
            .presses(KEN, "guide:take:commander", "42/commander")
            .await;
        // Two press the same one.
        world
            .presses(YUI, "guide:take:commander", "42/commander")
            .await;
        world
            .presses(KEN, "guide:take:commander", "42/commander")
            .await;
        world.later(MINUTE);
        world
            .presses(YUI, "guide:over:commander", "42/commander")
            .await;
        world
            .presses(AYA, "guide:take:operation-lead", "42/operation-lead")
            .await;
    })
    .await;
}

#[tokio::test]
async fn hand_over() {
    play("guide", "hand-over", async |world| {
        world.begins().await;
        world
            .presses(KEN, "guide:take:commander", "42/commander")
            .await;
        world
            .presses(KEN, "guide:handover:commander", "42/commander")
            .await;
        let filled = [
            ("to", YUI),
            ("note", "The bank calls back at 15:00 <!here>"),
        ];
        world.submits(KEN, "guide:hand", "commander", &filled).await;
        world.knows("U0LEFT", "Gone Person", true).await;
        world
            .submits(YUI, "guide:hand", "commander", &[("to", "U0LEFT")])
            .await;
        let nobody = [("to", ""), ("note", "")];
        world.submits(YUI, "guide:hand", "commander", &nobody).await;
        world
            .presses(YUI, "guide:handover:commander", "42/commander")
            .await;
    })
    .await;
}

#[tokio::test]
async fn roles_by_typing() {
    play("guide", "roles-by-typing", async |world| {
        world.begins().await;
        world.types(KEN, "role", "").await;
        world.types(KEN, "role", "operation-lead").await;
        world.types(KEN, "role", "operation-lead").await;
        world.types(AYA, "role", "commander <@U0YUI|yui>").await;
        world
            .types(AYA, "role", "commander <@U0STRANGER|who>")
            .await;
        world.types(AYA, "role", "scribe & <co>").await;
        world.types(AYA, "role", "").await;
    })
    .await;
}

#[tokio::test]
async fn nobody_leads() {
    play("guide", "nobody-leads", async |world| {
        world.begins().await;
        world.later(5 * MINUTE);
        world.timer("vacant-1").await;
        world.later(10 * MINUTE);
        world.timer("vacant-2").await;
        world
            .presses(KEN, "guide:take:commander", "42/commander")
            .await;
        world.timer("vacant-2").await;
    })
    .await;
}

#[tokio::test]
async fn updates_are_asked_for() {
    play("guide", "updates-are-asked-for", async |world| {
        world.begins().await;
        world.later(30 * MINUTE);
        world.timer("remind").await;
        world.later(30 * MINUTE);
        world.timer("remind").await;
        world.entry(KEN, "update", "Rolled back", json!({})).await;
        world
            .presses(KEN, "guide:take:commander", "42/commander")
            .await;
        for _ in 0..4 {
            world.later(30 * MINUTE);
            world.timer("remind").await;
        }
        world.presses(KEN, "guide:snooze:30", "42").await;
        world.presses(KEN, "guide:stop", "42").await;
        world
            .entry(KEN, "update", "Waiting for the bank", json!({ "next": 45 }))
            .await;
        world
            .entry(KEN, "update", "No more news today", json!({ "next": 0 }))
            .await;
        world.turns(Status::Resolved).await;
        world.timer("remind").await;
    })
    .await;
}

#[tokio::test]
async fn updates_by_setting() {
    play("guide", "updates-by-setting", async |world| {
        let every = json!({ "sev1": 5, "unsure": 0 });
        world.config = json!({ "update_every": every });
        world.begins().await;
        world.declare(Declaration::default()).await;
        world.begins().await;
    })
    .await;
}

#[tokio::test]
async fn joining() {
    play("guide", "joining", async |world| {
        world.begins().await;
        world.joins(YUI).await;
        world.later(47 * MINUTE);
        world.joins(YUI).await;
        world.joins(YUI).await;
        world
            .entry(KEN, "update", "Rolled back\n*now* watching", json!({}))
            .await;
        for (n, act) in [(1, "added"), (2, "added"), (1, "done")] {
            world
                .entry(KEN, "todo", "x", json!({ "n": n, "act": act }))
                .await;
        }
        world
            .presses(KEN, "guide:take:commander", "42/commander")
            .await;
        world.joins("U0CTO").await;
        world.turns(Status::Resolved).await;
        world.joins("U0LATE").await;
    })
    .await;
}
