//! The offer, the form, the summary.

use std::time::Duration;

use iris::rehearse::message;
use iris::{
    event::What,
    incident::{Change, Declaration, Status},
};

use crate::world::{AYA, KEN, World, YUI, play};

const DAY: Duration = Duration::from_hours(24);

impl World {
    async fn becomes(&mut self, status: Status) {
        let note = String::new();
        self.change(AYA, Change::Status { status, note }).await;
    }

    async fn answers_form(&mut self, by: &str, response: &str, iris: &str, change: &str) {
        let filled = [("response", response), ("iris", iris), ("change", change)];
        self.submits(by, "feedback:form", "", &filled).await;
    }
}

#[tokio::test]
async fn three_answers() {
    play("feedback", "three-answers", async |world| {
        world.room();
        world.becomes(Status::Resolved).await;
        world.presses(AYA, "feedback:open", "42").await;
        world
            .answers_form(AYA, "4", "yes", "Call the *bank* earlier <!here>")
            .await;
        // Two are not enough: everybody would know whose they are.
        world.answers_form(KEN, "2", "partly", "").await;
        world.answers_form(YUI, "5", "yes", "Fewer people").await;
        // An answer may be changed.
        world.types(AYA, "feedback", "").await;
        world.answers_form(AYA, "3", "no", "").await;
        world.later(2 * DAY);
        world.timer("sum").await;
    })
    .await;
}

#[tokio::test]
async fn people_are_asked() {
    play("feedback", "people-are-asked", async |world| {
        world.room();
        for who in [YUI, YUI, "U0LEFT"] {
            let what = What::Said(message("1796101440.000100", "Hello"));
            world.tell(&format!("{who} writes"), Some(who), what).await;
        }
        world.knows("U0LEFT", "Gone Person", true).await;
        let (role, holder) = ("commander".to_owned(), Some(KEN.into()));
        let note = String::new();
        world.change(KEN, Change::Role { role, holder, note }).await;
        world.becomes(Status::Resolved).await;
        world.answers_form(AYA, "4", "yes", "").await;
        world.later(DAY);
        world.timer("ask").await;
        world.answers_form(KEN, "1", "no", "More people").await;
        world.timer("ask").await;
        world.timer("sum").await;
        world.later(14 * DAY);
        world.timer("over").await;
        world.presses(YUI, "feedback:open", "42").await;
    })
    .await;
}

#[tokio::test]
async fn before_the_end() {
    play("feedback", "before-the-end", async |world| {
        world.room();
        world.types(KEN, "feedback", "").await;
        world.becomes(Status::Resolved).await;
        world.becomes(Status::Declared).await;
        world.timer("ask").await;
        world.timer("sum").await;
    })
    .await;
}

#[tokio::test]
async fn nobody_answers() {
    play("feedback", "nobody-answers", async |world| {
        world.room();
        // A Friday: nobody is asked on a weekend.
        world.later(3 * DAY);
        world.becomes(Status::Resolved).await;
        world.timer("sum").await;
        world.timer("over").await;
        world.types(KEN, "feedback", "").await;
    })
    .await;
}

#[tokio::test]
async fn drill() {
    play("feedback", "drill", async |world| {
        world
            .declare(Declaration {
                title: "<!channel> checkout".to_owned(),
                drill: true,
                ..Declaration::default()
            })
            .await;
        world.room();
        world.becomes(Status::Resolved).await;
        world.later(DAY);
        world.timer("ask").await;
    })
    .await;
}
