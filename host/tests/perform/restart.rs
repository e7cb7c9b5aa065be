//! Killed in between: what the store says is being sent is looked up, never blindly repeated.

use iris::{
    clock::Clock,
    effect::{Act, Effect, State, Target},
    event::{Outcome, What},
    store::Called,
};
use serde_json::json;

use super::world::{World, content, effect, ops, post, room, slack, team, topic};

/// Killed after the store knew that it goes out.
async fn killed(world: &World, effect: Effect) {
    let key = effect.key.clone();
    world.commit(&[effect]).await;
    let call = Called {
        team: team(),
        method: "as it was".to_owned(),
        channel: None,
        at: world.clock.now(),
    };
    assert!(world.store.sending(&key, call).await.expect("a store"));
}

fn card(key: &str) -> serde_json::Value {
    let metadata = json!({ "event_type": "iris", "event_payload": { "key": key } });
    json!({ "channel": "C0OPS", "text": key, "metadata": metadata })
}

#[tokio::test]
async fn a_message_that_was_posted_is_found() {
    let mut world = World::new().await;
    killed(&world, post("Declared", "card", ops())).await;
    slack(&world.sim)
        .call("chat.postMessage", &card("Declared"))
        .await
        .unwrap();
    world.restart().await;
    world.wait(20).await;
    assert!(world.is_applied("Declared").await);
    assert_eq!(world.texts("#ops"), ["Declared"]);
    let update = |message| Act::Update {
        message,
        content: content("Changed"),
    };
    world
        .plan(&[super::world::on("u", "messages.post", "card", update)])
        .await;
    assert_eq!(world.texts("#ops"), ["Changed"]);
}

#[tokio::test]
async fn a_message_that_was_not_posted_is_posted() {
    let mut world = World::new().await;
    killed(&world, post("Declared", "card", ops())).await;
    world.restart().await;
    world.wait(20).await;
    assert_eq!(world.texts("#ops"), ["Declared"]);
}

#[tokio::test]
async fn a_room_that_was_made_is_adopted_with_what_waits_for_it() {
    let mut world = World::new().await;
    killed(&world, room("room", "inc-1")).await;
    world.commit(&[topic("topic", "SEV1")]).await;
    slack(&world.sim)
        .call("conversations.create", &json!({ "name": "inc-1" }))
        .await
        .unwrap();
    world.restart().await;
    world.wait(20).await;
    assert_eq!(world.sim.channel("#inc-1").unwrap().topic.value, "SEV1");
    assert!(world.told().iter().any(|event| matches!(&event.what,
        What::RoomOpened { name, .. } if name == "inc-1")));
}

#[tokio::test]
async fn what_only_one_person_sees_is_never_repeated() {
    let mut world = World::new().await;
    let whisper = Act::Whisper {
        user: "U0AYASATO".into(),
        to: ops(),
        content: content("Psst"),
    };
    killed(&world, effect("whisper", "messages.whisper", whisper)).await;
    world.restart().await;
    world.wait(20).await;
    assert_eq!(
        world.refusal("whisper").await.as_deref(),
        Some("unknown-outcome")
    );
    assert!(world.sim.ephemerals("@aya").is_empty());
}

#[tokio::test]
async fn a_steps_own_call_is_repeated_only_if_it_may_be() {
    let mut world = World::new().await;
    let purpose = |key: &str, repeatable| {
        let arguments = json!({ "channel": "{room}", "purpose": key }).to_string();
        let method = "conversations.setPurpose".to_owned();
        effect(
            key,
            "slack.call",
            Act::Call {
                key: key.into(),
                method,
                arguments,
                repeatable,
            },
        )
    };
    world.plan(&[room("room", "inc-1")]).await;
    killed(&world, purpose("once", false)).await;
    killed(&world, purpose("often", true)).await;
    world.restart().await;
    world.wait(20).await;
    assert!(matches!(world.state("once").await, State::Parked { .. }));
    assert!(world.is_applied("often").await);
    assert_eq!(world.sim.channel("#inc-1").unwrap().purpose.value, "often");
    assert!(world.told().iter().any(|event| matches!(&event.what,
        What::Answered { key, outcome: Outcome::Slack(body), .. }
            if key == "often" && body["ok"] == true)));
}

#[tokio::test]
async fn what_an_operator_brings_about_lets_the_rest_go() {
    let world = World::new().await;
    let fault = slack_sim::Fault::Error("solar_flare".into());
    world.sim.faults().next("conversations.create", fault);
    world
        .plan(&[room("room", "inc-1"), post("Hello", "a", Target::Room)])
        .await;
    assert_eq!(world.state("Hello").await, State::Planned);
    let parked = world.effect("room").await;
    let resumed = iris::store::Settlement {
        team: team(),
        key: "room".into(),
        state: State::Planned,
        attempts: parked.attempts,
        not_before: world.now(),
        resources: vec![],
        forgotten: vec![],
        events: vec![],
        deeds: vec![],
    };
    world.store.settle(resumed).await.unwrap();
    world.performer.reload(&team(), "room").await.unwrap();
    world.performer.idle().await;
    assert_eq!(world.texts("#inc-1"), ["Hello"]);
}
