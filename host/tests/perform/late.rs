//! Fault 30: no answer, and applied after Iris has looked: one message after the sweep.

use slack_sim::Fault;

use super::world::{World, ops, post};

#[tokio::test]
async fn the_twin_that_came_late_is_removed() {
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
    while world.texts("#ops").len() < 2 {
        tokio::task::yield_now().await;
    }
    world.wait(60).await;
    let left = world.said("#ops");
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].ts, ours);
}
