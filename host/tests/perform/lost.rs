//! Outcomes that got lost (faults 28, 29, 31): one message, whatever Slack answered.

use iris::{effect::State, event::What};
use slack_sim::Fault;

use super::world::{World, invite, ops, post, room, topic};

/// Answers that leave it open whether the call was applied; it was.
fn applied() -> Vec<Fault> {
    vec![
        Fault::StatusAfterApply(500),
        Fault::ResetAfterApply,
        Fault::HtmlAfterApply,
        Fault::HalfBodyAfterApply,
        Fault::NoOkAfterApply,
        Fault::NoAnswerAfterApply,
        Fault::ErrorAfterApply("internal_error".into()),
    ]
}

/// The same, though it was not.
fn not_applied() -> Vec<Fault> {
    vec![
        Fault::Status(503),
        Fault::ResetBeforeApply,
        Fault::Html,
        Fault::NoAnswer,
        Fault::Error("fatal_error".into()),
    ]
}

#[tokio::test]
async fn row_28_29_31_a_message_is_found_and_not_posted_again() {
    for fault in applied() {
        let world = World::new().await;
        world.sim.faults().next("chat.postMessage", fault.clone());
        world.plan(&[post("Declared", "card", ops())]).await;
        assert_eq!(world.state("Declared").await, State::Unknown, "{fault:?}");
        world.wait(20).await;
        assert!(world.is_applied("Declared").await, "{fault:?}");
        assert_eq!(world.texts("#ops"), ["Declared"], "{fault:?}");
        assert_eq!(world.calls("chat.postMessage"), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_message_that_is_not_found_is_posted_after_the_second_look() {
    for fault in not_applied() {
        let world = World::new().await;
        world.sim.faults().next("chat.postMessage", fault.clone());
        world.plan(&[post("Declared", "card", ops())]).await;
        world.wait(20).await;
        assert!(world.is_applied("Declared").await, "{fault:?}");
        assert_eq!(world.texts("#ops"), ["Declared"], "{fault:?}");
        assert_eq!(world.calls("conversations.history"), 2, "{fault:?}");
    }
}

#[tokio::test]
async fn row_28_29_31_32_a_room_is_adopted_and_not_made_again() {
    for fault in applied() {
        let world = World::new().await;
        world
            .sim
            .faults()
            .next("conversations.create", fault.clone());
        world
            .plan(&[room("room", "inc-1"), topic("topic", "SEV1")])
            .await;
        world.wait(20).await;
        assert!(world.is_applied("room").await, "{fault:?}");
        assert_eq!(
            world.sim.channel("#inc-1").unwrap().topic.value,
            "SEV1",
            "{fault:?}"
        );
        assert!(world.sim.channel("#inc-1-2").is_none(), "{fault:?}");
    }
}

#[tokio::test]
async fn row_28_29_31_what_can_be_repeated_is_repeated() {
    for fault in applied().into_iter().chain(not_applied()) {
        let mut world = World::new().await;
        world.plan(&[room("room", "inc-1")]).await;
        world
            .sim
            .faults()
            .next("conversations.invite", fault.clone());
        world
            .sim
            .faults()
            .next("conversations.setTopic", fault.clone());
        world
            .plan(&[
                invite("call", &["U0CTO", "U0KENMORI"]),
                topic("topic", "SEV1"),
            ])
            .await;
        world.wait(20).await;
        let channel = world.sim.channel("#inc-1").unwrap();
        assert!(
            channel.has("U0CTO") && channel.has("U0KENMORI"),
            "{fault:?}"
        );
        assert_eq!(channel.topic.value, "SEV1", "{fault:?}");
        let came = world.told().into_iter().find_map(|event| {
            let What::Invited { came, .. } = event.what else {
                return None;
            };
            Some(came.len())
        });
        assert_eq!(came, Some(2), "{fault:?}");
    }
}

#[tokio::test]
async fn what_slack_has_no_time_for_is_tried_again() {
    let world = World::new().await;
    world.sim.faults().times(
        3,
        "conversations.create",
        Fault::Error("service_unavailable".into()),
    );
    world.plan(&[room("room", "inc-1")]).await;
    world.wait(20).await;
    assert!(world.is_applied("room").await);
}

#[tokio::test]
async fn trouble_that_does_not_end_is_parked() {
    let world = World::new().await;
    world.sim.faults().always(
        "chat.postMessage",
        Fault::Error("service_unavailable".into()),
    );
    world
        .plan(&[post("Declared", "card", ops()), post("Next", "next", ops())])
        .await;
    while !matches!(world.state("Declared").await, State::Parked { .. }) {
        world.wait(1).await;
    }
    world.sim.faults().clear();
    world.wait(5).await;
    assert!(world.is_applied("Next").await);
}
