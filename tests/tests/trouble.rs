//! What people are told when Slack refuses.

use iris_tests::{Team, World};
use slack_sim::{Fault, story::parse};

/// Plays acts one after the other and tells what was seen of all of them.
async fn tell(world: &World, story: &str) -> String {
    let mut player = world.player();
    let mut told = String::new();
    for line in parse(story).expect("the story can be read") {
        for seen in player.play(&line).await.expect("people can act") {
            told.push_str(&seen);
            told.push('\n');
        }
    }
    told
}

const DECLARED: &str = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits";

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_slack_forbids_can_be_tried_again() {
    let world = World::start(Team::English).await.unwrap();
    let forbidden = Fault::Error("restricted_action".into());
    world.sim.faults().next("conversations.create", forbidden);
    let told = tell(&world, DECLARED).await;
    assert!(
        told.contains("INC-1 is recorded, but Slack does not let apps make channels"),
        "{told}"
    );
    assert!(told.contains("[Try again]"), "{told}");
    assert!(
        world
            .sim
            .channel("#inc-20261201-payments-checkout-fails-with-500")
            .is_none()
    );

    let told = tell(&world, "> @aya form presses Try again").await;
    assert!(
        told.contains("✅ Room #inc-20261201-payments-checkout-fails-with-500"),
        "{told}"
    );
    assert!(told.contains("You are called: SEV2, Payments."), "{told}");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_kept_where_iris_cannot_react() {
    let world = World::start(Team::English).await.unwrap();
    tell(&world, DECLARED).await;
    let missing = Fault::Error("missing_scope".into());
    world.sim.faults().always("reactions.add", missing);
    let told = tell(
        &world,
        "> @ken #room: 1.42 went out at 13:58
> @yui #room reacts :pushpin: to \"1.42 went out\"
> @yui #room: /incident timeline",
    )
    .await;
    assert!(
        told.contains("only @yui: Kept, but Iris cannot react here (missing_scope)."),
        "{told}"
    );
    assert!(
        told.contains("Ken Mori: “1.42 went out at 13:58”"),
        "{told}"
    );
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_came_too_late_is_told_to_who_asked_for_it() {
    let world = World::start(Team::English).await.unwrap();
    let late = Fault::Error("expired_trigger_id".into());
    world.sim.faults().next("views.open", late);
    let told = tell(&world, "> @aya #general: /incident Checkout fails with 500").await;
    assert!(
        told.contains("That took too long for Slack to open the form."),
        "{told}"
    );
    world.stop().await;
}
