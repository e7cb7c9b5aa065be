//! Fault 30: no answer, and applied after Iris has looked: one message after the sweep.

use slack_sim::Fault;

use super::world::{World, in_room, ops, post, room};
use iris::effect::Act;

#[tokio::test]
async fn row_30_the_twin_that_came_late_is_removed() {
    let world = World::new().await;
    world
        .sim
        .faults()
        .next("chat.postMessage", Fault::ApplyLate);
    world.plan(&[post("Declared", "card", ops())]).await;
    world.wait(20).await;
    assert!(world.is_applied("Declared").await);
    assert_eq!(world.texts("#ops").len(), 1);
    let ours = world.said("#ops")[0].ts.clone();

    world.sim.faults().release();
    world.until(async || world.texts("#ops").len() == 2).await;
    world.wait(60).await;
    let left = world.said("#ops");
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].ts, ours);
}

#[tokio::test]
async fn row_30_the_twin_is_removed_though_iris_was_killed_meanwhile() {
    let mut world = World::new().await;
    world
        .sim
        .faults()
        .next("chat.postMessage", Fault::ApplyLate);
    world.plan(&[post("Declared", "card", ops())]).await;
    world.wait(20).await;
    let ours = world.said("#ops")[0].ts.clone();
    world.restart().await;
    world.sim.faults().release();
    world.until(async || world.texts("#ops").len() == 2).await;
    world.wait(60).await;
    let left: Vec<_> = world.said("#ops").into_iter().map(|m| m.ts).collect();
    assert_eq!(left, [ours]);
    assert_eq!(world.store.sweeps().await.unwrap(), []);
}

#[tokio::test]
async fn row_30_a_bookmark_that_came_late_is_removed() {
    let world = World::new().await;
    world.plan(&[room("room", "inc-1")]).await;
    world.sim.faults().next("bookmarks.add", Fault::ApplyLate);
    let bookmark = Act::Bookmark {
        title: "Incident table".into(),
        link: "https://wiki.acme.example/".into(),
        emoji: None,
    };
    world
        .plan(&[in_room("bookmark", "room.bookmark", bookmark)])
        .await;
    world.wait(20).await;
    assert!(world.is_applied("bookmark").await);
    world.sim.faults().release();
    let two = async || world.sim.bookmarks("#inc-1").len() == 2;
    world.until(two).await;
    world.wait(60).await;
    assert_eq!(world.sim.bookmarks("#inc-1").len(), 1);
}
