//! Fault 27: a rate limit holds back one method in one channel, and costs no attempt.

use slack_sim::{Fault, Settings};

use super::world::{World, content, effect, invite, on, ops, post, room};
use iris::effect::{Act, Effect, State, Target};

fn general() -> Target {
    Target::Channel("C0GENERAL".into())
}

#[tokio::test]
async fn row_27_a_limit_holds_back_its_channel_only() {
    let world = World::new().await;
    world
        .sim
        .faults()
        .next("chat.postMessage", Fault::RateLimited(30));
    world.plan(&[post("Limited", "a", ops())]).await;
    world
        .plan(&[
            post("After it", "b", ops()),
            post("Elsewhere", "c", general()),
        ])
        .await;
    assert_eq!(world.texts("#general"), ["Elsewhere"]);
    assert_eq!(world.effect("Limited").await.attempts, 0);
    assert_eq!(world.state("Limited").await, State::Planned);
    world.wait(29).await;
    assert!(world.texts("#ops").is_empty());
    world.wait(2).await;
    assert_eq!(world.texts("#ops"), ["Limited", "After it"]);
    assert_eq!(world.effect("Limited").await.attempts, 1);
}

#[tokio::test]
async fn row_27_a_limit_is_kept_over_a_restart() {
    let mut world = World::new().await;
    world
        .sim
        .faults()
        .next("chat.postMessage", Fault::RateLimited(30));
    world.plan(&[post("Limited", "a", ops())]).await;
    world.restart().await;
    world.plan(&[post("New", "b", ops())]).await;
    assert_eq!(world.calls("chat.postMessage"), 1);
    world.wait(31).await;
    assert_eq!(world.texts("#ops").len(), 2);
}

/// What was sent before the restart counts: Slack has not forgotten it.
#[tokio::test]
async fn a_long_queue_stays_within_what_slack_allows_over_a_restart() {
    let mut world = World::with(Settings {
        rate_limits: true,
        ..Settings::default()
    })
    .await;
    let posts = |from, to| -> Vec<_> {
        let named = |n| post(&format!("{n:02}"), &format!("m{n}"), ops());
        (from..to).map(named).collect()
    };
    world.plan(&posts(0, 5)).await;
    world.restart().await;
    world.plan(&posts(5, 10)).await;
    assert_eq!(world.texts("#ops").len(), 5);
    world.wait(6).await;
    assert_eq!(world.texts("#ops").len(), 10);
    assert_eq!(world.calls("chat.postMessage"), 10, "and none was refused");
}

#[tokio::test]
async fn a_long_queue_stays_within_what_slack_allows() {
    let world = World::with(Settings {
        rate_limits: true,
        ..Settings::default()
    })
    .await;
    let posts: Vec<_> = (0..30)
        .map(|n| post(&format!("{n:02}"), &format!("m{n}"), ops()))
        .collect();
    world.plan(&posts).await;
    assert_eq!(world.texts("#ops").len(), 5);
    world.wait(30).await;
    assert_eq!(world.texts("#ops").len(), 30);
    assert!(world.texts("#ops").is_sorted());
    assert_eq!(world.calls("chat.postMessage"), 30);
}

#[tokio::test]
async fn of_updates_that_must_wait_only_the_newest_is_sent() {
    let world = World::with(Settings {
        rate_limits: true,
        ..Settings::default()
    })
    .await;
    world.plan(&[post("Declared", "card", ops())]).await;
    for n in 0..60 {
        let update = on(
            &format!("Update {n}"),
            "messages.update",
            "card",
            |message| Act::Update {
                message,
                content: content(&format!("Update {n}")),
            },
        );
        let slot = Some("update:guide/card".to_owned());
        world.plan(&[Effect { slot, ..update }]).await;
    }
    assert_eq!(world.texts("#ops"), ["Update 49"]);
    assert_eq!(world.state("Update 55").await, State::Superseded);
    world.wait(61).await;
    assert_eq!(world.texts("#ops"), ["Update 59"]);
    assert_eq!(world.calls("chat.update"), 51);
}

#[tokio::test]
async fn who_is_waited_for_comes_before_what_can_wait() {
    let world = World::with(Settings {
        rate_limits: true,
        ..Settings::default()
    })
    .await;
    world.plan(&[room("room", "inc-1")]).await;
    // A step's own calls, one a second, use up what Slack allows of the method in a minute.
    for n in 0..60 {
        let call = Act::Call {
            key: format!("{n}"),
            method: "conversations.invite".to_owned(),
            arguments: r#"{ "channel": "C0OPS", "users": "U0KEN" }"#.to_owned(),
            repeatable: true,
        };
        world
            .plan(&[effect(&format!("call-{n}"), "slack.call", call)])
            .await;
        if n < 50 {
            world.wait(1).await;
        }
    }
    world.plan(&[invite("people", &["U0CTO"])]).await;
    assert_eq!(world.state("people").await, State::Planned);
    world.wait(11).await;
    assert!(world.is_applied("people").await);
    let waiting = (50..60).map(|n| format!("call-{n}"));
    let mut still = 0;
    for key in waiting {
        still += usize::from(world.state(&key).await == State::Planned);
    }
    assert!(still >= 8, "{still} still wait");
}
