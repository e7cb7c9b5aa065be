//! What Slack will not have (faults 32, 34, 36, 37), and what that means for what waits for it.

use iris::{
    effect::{Act, Effect, State, Target},
    event::What,
};
use slack_sim::{Fault, Settings};

use super::world::{World, effect, invite, ops, post, room, topic};

#[tokio::test]
async fn row_32_a_name_that_another_has_gets_the_next_suffix() {
    let world = World::new().await;
    world
        .sim
        .person("@aya")
        .create_channel("inc-1", false)
        .unwrap();
    world
        .sim
        .person("@aya")
        .create_channel("inc-1-2", false)
        .unwrap();
    world.plan(&[room("room", "inc-1")]).await;
    assert!(world.sim.channel("#inc-1-3").unwrap().has("U0IRIS"));
    assert_eq!(world.calls("conversations.list"), 0);
}

#[tokio::test]
async fn another_incidents_room_is_never_adopted() {
    let world = World::new().await;
    world.declare(1).await;
    world.plan(&[room("room", "inc-1")]).await;
    world
        .sim
        .faults()
        .next("conversations.create", Fault::Status(500));
    world
        .plan(&[Effect {
            incident: Some(2),
            ..room("other", "inc-1")
        }])
        .await;
    world.wait(20).await;
    assert!(world.is_applied("other").await);
    assert!(world.sim.channel("#inc-1-2").is_some());
}

#[tokio::test]
async fn a_workspace_without_kana_gets_the_latin_name() {
    let settings = Settings {
        kana_channel_names: false,
        ..Settings::default()
    };
    let world = World::with(settings).await;
    world.plan(&[room("room", "inc-決済")]).await;
    assert!(world.sim.channel("#inc-latin").is_some());
}

#[tokio::test]
async fn row_34_an_archived_room_ends_its_effects_with_a_sentence() {
    let mut world = World::new().await;
    world.plan(&[room("room", "inc-1")]).await;
    world.sim.person("@aya").join("#inc-1").unwrap();
    world.sim.person("@aya").archive_channel("#inc-1").unwrap();
    world.told();
    world
        .plan(&[post("Hello", "a", Target::Room), topic("topic", "SEV1")])
        .await;
    assert_eq!(world.refusal("Hello").await.as_deref(), Some("is_archived"));
    assert_eq!(world.refusal("topic").await.as_deref(), Some("is_archived"));
    world.wait(60).await;
    assert_eq!(world.calls("chat.postMessage"), 1);
    let failed: Vec<_> = world
        .told()
        .into_iter()
        .filter_map(|event| {
            let What::WishFailed(failed) = event.what else {
                return None;
            };
            Some((failed.wish, failed.name, failed.trouble.code))
        })
        .collect();
    assert!(failed.contains(&(
        "messages.post".into(),
        Some("a".into()),
        "is_archived".into()
    )));
    assert!(failed.contains(&("room.topic".into(), None, "is_archived".into())));
}

#[tokio::test]
async fn row_36_a_code_that_nobody_knows_is_parked_and_holds_up_nothing_else() {
    let world = World::new().await;
    world
        .sim
        .faults()
        .next("chat.postMessage", Fault::Error("solar_flare".into()));
    world
        .plan(&[post("Declared", "card", ops()), post("Next", "next", ops())])
        .await;
    let State::Parked { why } = world.state("Declared").await else {
        panic!("not parked")
    };
    assert!(why.contains("solar_flare"), "{why}");
    assert_eq!(world.texts("#ops"), ["Next"]);
}

#[tokio::test]
async fn what_needs_a_refused_room_waits_for_the_next_try() {
    let world = World::new().await;
    world.sim.faults().next(
        "conversations.create",
        Fault::Error("restricted_action".into()),
    );
    world
        .plan(&[
            room("room", "inc-1"),
            topic("topic", "SEV1"),
            invite("call", &["U0CTO"]),
        ])
        .await;
    assert_eq!(
        world.refusal("room").await.as_deref(),
        Some("restricted_action")
    );
    assert_eq!(world.state("topic").await, State::Planned);
    world.plan(&[room("again", "inc-1")]).await;
    for key in ["topic", "call"] {
        let state = world.state(key).await;
        assert!(matches!(state, State::Applied { .. }), "{key}: {state:?}");
    }
}

#[tokio::test]
async fn what_is_wished_before_the_room_waits_for_it() {
    let world = World::new().await;
    world
        .plan(&[post("Hello", "a", Target::Room), invite("call", &["U0CTO"])])
        .await;
    assert_eq!(world.state("Hello").await, State::Planned);
    world.plan(&[room("room", "inc-1")]).await;
    assert_eq!(world.texts("#inc-1"), ["Hello"]);
    assert!(world.sim.channel("#inc-1").unwrap().has("U0CTO"));
}

#[tokio::test]
async fn row_37_a_form_whose_trigger_expired_is_told_and_not_tried_again() {
    let mut world = World::new().await;
    let view = r#"{"type":"modal","title":{"type":"plain_text","text":"T"},"blocks":[{"type":"divider"}]}"#;
    let open = Act::OpenView {
        trigger: "1.2.3".into(),
        view: view.into(),
        reply: None,
        name: None,
    };
    world.plan(&[effect("open", "forms.open", open)]).await;
    assert!(
        world
            .refusal("open")
            .await
            .is_some_and(|code| code.contains("trigger"))
    );
    assert!(world.told().iter().any(|event| matches!(&event.what,
        What::WishFailed(failed) if failed.wish == "forms.open")));
    world.wait(10).await;
    assert_eq!(world.calls("views.open"), 1);
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_is_not_sent() {
    let world = World::new().await;
    let until = Some(world.now());
    world
        .plan(&[Effect {
            until,
            ..post("Late", "a", Target::Room)
        }])
        .await;
    world.wait(1).await;
    assert_eq!(world.refusal("Late").await.as_deref(), Some("too-late"));
}
