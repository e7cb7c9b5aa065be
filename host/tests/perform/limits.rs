//! Fault 27: a rate limit holds back one method in one channel, and costs no attempt.

use slack_sim::{Fault, Settings};

use super::world::{World, ops, post};
use iris::effect::{State, Target};

fn general() -> Target {
    Target::Channel("C0GENERAL".into())
}

#[tokio::test]
async fn a_limit_holds_back_its_channel_only() {
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
async fn a_limit_is_kept_over_a_restart() {
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
