//! Todos: typed, filled in, made from a message; done, moved, listed, reminded of.

use std::time::Duration;

use iris::incident::{Change, Declaration, Status};
use iris::rehearse::message;

use crate::world::{AYA, KEN, World, YUI, play};

const HOUR: Duration = Duration::from_hours(1);

impl World {
    async fn enters(&mut self, status: Status) {
        let note = String::new();
        self.change(AYA, Change::Status { status, note }).await;
    }
}

#[tokio::test]
async fn typed() {
    play("todo", "typed", async |world| {
        world.room();
        for line in [
            "Renew the certificate <@U0KEN|ken> by friday",
            "証明書を更新する <@U0YUI|yui> 12月4日まで",
            "Call the bank",
            "Move traffic by region",
            "Check <!channel> &amp; *logs* by tomorrow 10:00",
        ] {
            world.types(AYA, "todo", line).await;
        }
    })
    .await;
}

#[tokio::test]
async fn dates_that_cannot_be_taken() {
    play("todo", "dates-that-cannot-be-taken", async |world| {
        world.room();
        for line in ["x by 2026-11-27", "x by 25/12", "x 2026-11-27まで"] {
            world.types(AYA, "todo", line).await;
        }
    })
    .await;
}

#[tokio::test]
async fn filled_in() {
    play("todo", "filled-in", async |world| {
        world.room();
        world.types(AYA, "todo", "").await;
        world.presses(KEN, "todo:add", "42").await;
        let add = r#"{"add":{"from":null}}"#;
        for filled in [
            [
                ("what", "Renew\nthe certificate"),
                ("who", KEN),
                ("when", "2026-12-04"),
            ],
            [("what", " "), ("who", ""), ("when", "")],
            [("what", "Too late"), ("who", ""), ("when", "2026-11-30")],
        ] {
            world.submits(AYA, "todo:todo", add, &filled).await;
        }
        world.presses(KEN, "todo:list.change", "42/1").await;
        let change = r#"{"change":{"n":1}}"#;
        let filled = [("what", "Renew it"), ("who", YUI), ("when", "2026-12-07")];
        world.submits(KEN, "todo:todo", change, &filled).await;
        // As it is: nothing follows.
        world.submits(KEN, "todo:todo", change, &filled).await;
    })
    .await;
}

#[tokio::test]
async fn from_a_message() {
    play("todo", "from-a-message", async |world| {
        world.room();
        let seen = message(
            "1796101440.000200",
            "Somebody <@U0YUI> should call\nthe *bank*",
        );
        world.chooses(AYA, "todo:add.message", seen.clone()).await;
        let from = format!(r#"{{"add":{{"from":"{}"}}}}"#, seen.id.opaque());
        let filled = [("what", "Call the bank"), ("who", ""), ("when", "")];
        world.submits(AYA, "todo:todo", &from, &filled).await;
        world.incident = None;
        world.chooses(AYA, "todo:add.message", seen).await;
    })
    .await;
}

#[tokio::test]
async fn done_and_undone() {
    play("todo", "done-and-undone", async |world| {
        world.room();
        world
            .types(AYA, "todo", "Call the bank <@U0KEN> by tomorrow")
            .await;
        world.presses(KEN, "todo:done:1", "42/1").await;
        world.presses(YUI, "todo:done:1", "42/1").await;
        world.presses(YUI, "todo:undo:1", "42/1").await;
        world.presses(YUI, "todo:undo:1", "42/1").await;
    })
    .await;
}

#[tokio::test]
async fn listed() {
    play("todo", "listed", async |world| {
        world.room();
        world.types(KEN, "todos", "").await;
        world
            .types(AYA, "todo", "Call the bank <@U0KEN> by tomorrow")
            .await;
        world.types(AYA, "todo", "Write it up").await;
        world.types(KEN, "todos", "").await;
        world.presses(KEN, "todo:list.done:1:0", "42/1").await;
        let pause = world.page.pause();
        for n in 3..=22 {
            world.types(AYA, "todo", &format!("Thing {n}")).await;
        }
        world.page.resume(pause);
        world.types(KEN, "todos", "").await;
        world.presses(KEN, "todo:list.page:1", "42").await;
    })
    .await;
}

#[tokio::test]
async fn at_resolve_and_close() {
    play("todo", "at-resolve-and-close", async |world| {
        world.room();
        world.enters(Status::Resolved).await;
        world
            .types(AYA, "todo", "Call the bank <@U0KEN> by tomorrow")
            .await;
        world.types(AYA, "todo", "Write it up").await;
        world.enters(Status::Closed).await;
        world.enters(Status::Declared).await;
        world.presses(AYA, "todo:done:1", "42/1").await;
        world.presses(AYA, "todo:done:2", "42/2").await;
        world.enters(Status::Resolved).await;
        world.enters(Status::Closed).await;
    })
    .await;
}

#[tokio::test]
async fn reminded() {
    play("todo", "reminded", async |world| {
        world.room();
        world
            .types(AYA, "todo", "Call the bank <@U0KEN> by 2026-12-03")
            .await;
        world
            .types(AYA, "todo", "Renew it <@U0KEN> by 2026-12-03 15:00")
            .await;
        let title = "Checkout fails in Japan".to_owned();
        world.change(AYA, Change::Title { title }).await;
        world.later(20 * HOUR);
        world.team_timer("remind").await;
        let sent_at = world.now.0;
        let action = |verb: &str| format!("todo:{verb}:{sent_at}:42:1");
        world.presses(KEN, &action("move.day"), "42/1").await;
        let action = |verb: &str| format!("todo:{verb}:{sent_at}:42:2");
        world.presses(KEN, &action("remind.done"), "42/2").await;
        for _ in 0..5 {
            world.later(24 * HOUR);
            world.team_timer("remind").await;
        }
        world.timer("overdue").await;
    })
    .await;
}

#[tokio::test]
async fn drill() {
    play("todo", "drill", async |world| {
        world
            .declare(Declaration {
                title: "Checkout fails".to_owned(),
                drill: true,
                ..Declaration::default()
            })
            .await;
        world.room();
        world
            .types(AYA, "todo", "Pretend <@U0KEN> by tomorrow")
            .await;
        world.enters(Status::Resolved).await;
        world.enters(Status::Closed).await;
    })
    .await;
}
