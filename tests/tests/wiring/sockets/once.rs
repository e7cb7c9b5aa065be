//! Deliveries that come more than once, and those that cannot be kept: rows 3, 4, 7 and 9.

use std::time::Duration;

use iris_tests::{World, in_time};
use slack_sim::{Delivery, Fault, Reached};

use super::{last, play, world};

const DECLARED: &str = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits";

const PINNED: &str = "> @yui #room reacts :pushpin: to \"1.42\"";

/// What is needed for an event whose effect shows.
async fn room(world: &World) {
    play(world, DECLARED).await;
    play(world, "> @ken #room: 1.42 went out at 13:58").await;
}

async fn in_timeline(world: &World) -> usize {
    let told = play(world, "> @aya #room: /incident timeline").await;
    told.matches("1.42 went out").count()
}

/// What Slack sent again.
fn again(world: &World) -> Vec<Delivery> {
    let deliveries = world.sim.deliveries().into_iter();
    deliveries.filter(|delivery| delivery.retry > 0).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn row_04_the_same_event_through_two_sockets_at_once_is_handled_once() {
    let world = world().await;
    room(&world).await;
    play(&world, PINNED).await;
    let event = last(&world, "reaction_added");
    let fresh = Delivery {
        body: event
            .body
            .replace("\"event_id\":\"Ev", "\"event_id\":\"EvNEW"),
        ..event.clone()
    };
    for event in [event, fresh] {
        let send = || world.sim.redeliver(&event);
        let (first, second) = tokio::join!(send(), send());
        assert!(matches!(first, Reached::Answered(_)), "{first:?}");
        assert!(matches!(second, Reached::Answered(_)), "{second:?}");
        world.settle().await;
    }
    assert_eq!(in_timeline(&world).await, 1);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_03_a_form_that_comes_again_is_answered_the_same_and_is_one_incident() {
    let world = world().await;
    play(&world, DECLARED).await;
    let form = last(&world, "view_submission");
    let Reached::Answered(first) = &form.reached else {
        panic!("{form:?}");
    };
    let again = in_time("it is answered", world.sim.redeliver(&form)).await;
    let Reached::Answered(again) = again else {
        panic!("{again:?}");
    };
    assert!(first.body.contains("response_action"), "{first:?}");
    assert_eq!(again.body, first.body);
    world.settle().await;
    let incidents = world.app.store.incidents(&world.team(), true).await;
    assert_eq!(incidents.unwrap().len(), 1);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_09_a_socket_lost_before_the_acknowledgement_is_handled_once() {
    let world = world().await;
    room(&world).await;
    // It is stored, and the acknowledgement never arrives: Slack sends it again.
    let lost = Fault::ResetAfterApply;
    world.sim.faults().next("socket", lost);
    play(&world, PINNED).await;
    assert_eq!(again(&world).len(), 1);
    assert_eq!(in_timeline(&world).await, 1);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_09_a_socket_lost_before_the_envelope_loses_nothing() {
    let world = world().await;
    room(&world).await;
    world.sim.faults().next("socket", Fault::ResetBeforeApply);
    play(&world, PINNED).await;
    assert_eq!(again(&world).len(), 1);
    assert_eq!(in_timeline(&world).await, 1);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_09_an_acknowledgement_that_is_lost_alone_is_handled_once() {
    let world = world().await;
    room(&world).await;
    world.sim.faults().next("socket", Fault::NoAnswer);
    let before = world.sim.sockets().seen().sent;
    let message = said(&world);
    world.sim.person("@yui").react(&message, "pushpin").unwrap();
    unanswered(&world, before).await;
    in_time("it comes again", world.settle()).await;
    assert_eq!(again(&world).len(), 1);
    assert_eq!(in_timeline(&world).await, 1);
    world.stop().await;
}

/// Slack has sent one more than so many, and its patience ends.
async fn unanswered(world: &World, before: usize) {
    let sent = world.sim.sockets().until(|seen| seen.sent > before);
    in_time("it is sent", sent).await;
    world.sim.advance(Duration::from_secs(3));
}

fn said(world: &World) -> slack_sim::Message {
    let room = "#inc-20261201-payments-checkout-fails-with-500";
    let mut messages = world.sim.messages(room).into_iter();
    messages.find(|said| said.text.contains("1.42")).unwrap()
}

/// Somebody else holds the store: nothing can be written.
#[tokio::test(flavor = "multi_thread")]
async fn row_07_without_a_store_nothing_is_acknowledged_and_slack_sends_it_again() {
    let world = world().await;
    room(&world).await;
    let path = world.folder.path().join("iris.db");
    let full = rusqlite::Connection::open(&path).unwrap();
    full.execute_batch(
        "CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'full'); END",
    )
    .unwrap();
    let before = world.sim.sockets().seen().sent;
    let message = said(&world);
    world.sim.person("@yui").react(&message, "pushpin").unwrap();
    unanswered(&world, before).await;
    unanswered(&world, before + 1).await;
    in_time("Slack gives up twice", world.sim.quiet()).await;
    let unheard = again(&world);
    assert!(
        matches!(unheard[0].reached, Reached::TimedOut),
        "{unheard:?}"
    );
    full.execute_batch("DROP TRIGGER full").unwrap();
    assert_eq!(world.sim.repeat_events(), 1);
    world.settle().await;
    assert_eq!(in_timeline(&world).await, 1);
    world.stop().await;
}
