//! Slack away (fault 35), and Iris on its way out (fault 38).

use iris::effect::State;
use slack_sim::Fault;

use super::world::{World, invite, ops, post, room, topic};

#[tokio::test]
async fn row_35_after_half_an_hour_everything_goes_in_order_and_once() {
    let world = World::new().await;
    world.plan(&[room("room", "inc-1")]).await;
    world.sim.faults().always("*", Fault::Status(503));
    world
        .plan(&[
            post("1", "a", ops()),
            post("2", "b", ops()),
            invite("call", &["U0CTO"]),
        ])
        .await;
    world.plan(&[topic("t1", "SEV3")]).await;
    world.wait(600).await;
    world
        .plan(&[topic("t2", "SEV2"), post("3", "c", ops())])
        .await;
    world.wait(600).await;
    world.plan(&[topic("t3", "SEV1")]).await;
    world.wait(600).await;

    world.sim.faults().clear();
    world.wait(90).await;
    assert_eq!(world.texts("#ops"), ["1", "2", "3"]);
    let channel = world.sim.channel("#inc-1").unwrap();
    assert_eq!(channel.topic.value, "SEV1");
    assert!(channel.has("U0CTO"));
    assert_eq!(world.state("t2").await, State::Superseded);
}

#[tokio::test]
async fn row_38_what_is_being_sent_is_finished_and_nothing_else_begun() {
    let world = World::new().await;
    world
        .sim
        .faults()
        .next("chat.postMessage", Fault::Delay(50));
    world
        .commit(&[post("1", "a", ops()), post("2", "b", ops())])
        .await;
    world
        .performer
        .take(vec![world.effect("1").await, world.effect("2").await]);
    let begun = async || world.state("1").await != State::Planned;
    world.until(begun).await;
    world.performer.stop().await;
    assert!(world.is_applied("1").await);
    assert_eq!(world.state("2").await, State::Planned);
    assert_eq!(world.texts("#ops"), ["1"]);
}
