//! Sockets end: asked to, by a cut, in silence. Nothing that Slack delivers is lost by it.

use iris_tests::{in_time, until};
use slack_sim::{CommandStatus, Delivery, Fault, Reached, Seen};

use super::{LOOK, NONE, ended, last, open, open_again, pass, play, ready, world};

const LIST: &str = "> @aya #general: /incident list";

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_that_will_be_closed_is_replaced_before() {
    let (world, before) = (world().await, ended("warning"));
    world.sim.sockets().warn();
    open(&world, 3).await;
    // All three deliver.
    for _ in 0..3 {
        assert!(play(&world, LIST).await.contains(NONE));
    }
    world.sim.advance(LOOK);
    open(&world, 2).await;
    assert!(play(&world, LIST).await.contains(NONE));
    assert_eq!(world.sim.sockets().seen().opened, 3);
    until("it is counted", async || ended("warning") > before).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sockets_are_refreshed_one_after_the_other_and_nothing_is_lost() {
    let world = world().await;
    for opened in [3, 4] {
        world.sim.sockets().refresh();
        let there = |seen: &Seen| seen.open == 2 && seen.opened == opened;
        in_time("another is open", world.sim.sockets().until(there)).await;
        assert!(play(&world, LIST).await.contains(NONE));
    }
    ready(&world, "200 OK").await;
    assert!(world.sim.deliveries().iter().all(answered));
    world.stop().await;
}

fn answered(delivery: &Delivery) -> bool {
    matches!(&delivery.reached, Reached::Answered(answer) if answer.status == 200)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_that_says_nothing_is_given_up() {
    let (world, before) = (world().await, ended("silent"));
    let began = world.clock.now();
    world.sim.sockets().half_open();
    let another = async || world.sim.sockets().seen().opened > 2;
    pass(&world, "another is open", another).await;
    assert!(ended("silent") > before);
    // Not at the first look; how long after, this clock does not tell, which waits for nobody.
    let after = world.clock.now().since(began);
    assert!(after > 2 * LOOK, "after {after:?}");
    open_again(&world, 2).await;
    for _ in 0..2 {
        assert!(play(&world, LIST).await.contains(NONE));
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_sockets_are_cut_and_come_again_by_themselves() {
    let world = world().await;
    world.sim.sockets().cut();
    open(&world, 1).await;
    ready(&world, "200 OK").await;
    world.sim.sockets().cut();
    open(&world, 0).await;
    ready(&world, "No socket to Slack is open").await;
    open_again(&world, 2).await;
    ready(&world, "200 OK").await;
    assert!(play(&world, LIST).await.contains(NONE));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_larger_than_iris_reads_ends_its_socket_alone() {
    let world = world().await;
    play(&world, LIST).await;
    let before = ended("too_large");
    let huge = Delivery {
        body: format!("command=%2Fincident&text={}", "x".repeat(2 * 1024 * 1024)),
        ..last(&world, "/incident")
    };
    let reached = in_time("it ends", world.sim.redeliver(&huge)).await;
    assert!(matches!(reached, Reached::Failed(_)), "{reached:?}");
    open(&world, 1).await;
    assert_eq!(ended("too_large"), before + 1);
    assert!(play(&world, LIST).await.contains(NONE));
    open_again(&world, 2).await;
    world.stop().await;
}

/// A form that Slack is slow to open holds up no other envelope.
#[tokio::test(flavor = "multi_thread")]
async fn a_slow_slack_holds_up_no_acknowledgement() {
    let world = world().await;
    world.sim.faults().always("views.open", Fault::NoAnswer);
    let (aya, ken) = (world.sim.person("@aya"), world.sim.person("@ken"));
    for (person, line) in [(aya, "/incident Checkout fails"), (ken, "/incident list")] {
        let typed = in_time(line, person.command("#general", line)).await;
        assert_eq!(typed.unwrap().status, CommandStatus::Ok);
    }
    world.stop().await;
}
