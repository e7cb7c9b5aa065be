//! Deliveries: rows 3 to 6 and 10.

use std::{future::poll_fn, task::Poll};

use iris::{
    edge::decode::{self, decode},
    failpoint::Point,
    inbox::Intake,
};
use iris_tests::{Mortal, Team, World, until};
use slack_sim::{Delivery, DeliveryKind, Reached, story::parse};

use super::{DECLARED, ROOM, play};

/// What was delivered last of this kind.
fn last(world: &World, name: &str) -> Delivery {
    let deliveries = world.sim.deliveries();
    deliveries
        .into_iter()
        .rfind(|delivery| delivery.name == name)
        .expect("a delivery")
}

async fn incidents(world: &World) -> usize {
    world
        .app
        .store
        .incidents(&world.team(), true)
        .await
        .unwrap()
        .len()
}

#[tokio::test(flavor = "multi_thread")]
async fn row_03_a_captured_request_sent_again_is_handled_once() {
    let world = World::start(Team::English).await.unwrap();
    play(&world, DECLARED).await;
    play(&world, "> @aya #room: /incident todo Call the bank").await;
    let captured = last(&world, "/incident");
    for _ in 0..3 {
        let reached = world.sim.redeliver(&captured).await;
        assert!(
            matches!(&reached, Reached::Answered(answer) if answer.status == 200),
            "{reached:?}"
        );
        world.settle().await;
    }
    let told = play(&world, "> @aya #room: /incident todos").await;
    assert_eq!(told.matches("Call the bank").count(), 1, "{told}");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_04_the_same_event_five_times_at_once_is_handled_once() {
    let world = World::start(Team::English).await.unwrap();
    play(&world, DECLARED).await;
    play(
        &world,
        "> @ken #room: 1.42 went out at 13:58\n> @yui #room reacts :pushpin: to \"1.42\"",
    )
    .await;
    let count = async || {
        world
            .app
            .store
            .audited(&world.team(), 0, 1000)
            .await
            .unwrap()
            .len()
    };
    let (before, event) = (count().await, last(&world, "reaction_added"));
    let again = || world.sim.redeliver(&event);
    tokio::join!(again(), again(), again(), again(), again());
    world.settle().await;
    assert_eq!(count().await, before, "all five are known");

    // The first five times at once: it is new to whoever comes first, and known to the others.
    let fresh = Delivery {
        body: event
            .body
            .replace("\"event_id\":\"Ev", "\"event_id\":\"EvNEW"),
        ..event
    };
    let again = || world.sim.redeliver(&fresh);
    tokio::join!(again(), again(), again(), again(), again());
    world.settle().await;
    let told = play(&world, "> @aya #room: /incident timeline").await;
    assert_eq!(told.matches("1.42 went out").count(), 1, "{told}");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_05_killed_before_the_inbox_commit_nothing_is_acknowledged() {
    let mortal = Mortal::start(Team::English, &[]).await.unwrap();
    let first = killed_while_taking(&mortal, Point::BeforeCommit, 0).await;
    let lists = lists(&mortal);
    // The person does it again.
    let again = mortal.sim.redeliver(&first).await;
    assert!(matches!(again, Reached::Answered(_)), "{again:?}");
    mortal.settle().await;
    assert_eq!(self::lists(&mortal), lists + 1);
    mortal.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn row_06_killed_after_the_inbox_commit_it_is_handled_once() {
    let mortal = Mortal::start(Team::English, &[]).await.unwrap();
    let first = killed_while_taking(&mortal, Point::AfterCommit, 1).await;
    // It is handled though nobody was told that it was taken.
    let lists = lists(&mortal);
    assert!(lists > 0);
    mortal.sim.redeliver(&first).await;
    mortal.settle().await;
    assert_eq!(self::lists(&mortal), lists, "once");
    mortal.stop().await.unwrap();
}

/// A command whose delivery was cut off at this point of the inbox, which took so many. Iris writes
/// other things down too, such as people's names: when it dies of those, they type once more.
async fn killed_while_taking(mortal: &Mortal, point: Point, taken: i64) -> Delivery {
    for _ in 0..10 {
        let before = inbox(mortal);
        mortal.kill_at(point);
        type_in(mortal, "#general: /incident list").await;
        let delivery = commands(mortal).pop().unwrap();
        let cut_off = matches!(delivery.reached, Reached::Failed(_));
        if cut_off && inbox(mortal) == before + taken {
            return delivery;
        }
    }
    panic!("Iris never died while it took a command");
}

/// How many events were ever taken.
fn inbox(mortal: &Mortal) -> i64 {
    let store = rusqlite::Connection::open(mortal.folder().join("iris.db")).unwrap();
    let count = store.query_row("SELECT count(*) FROM inbox", [], |row| row.get(0));
    count.unwrap()
}

/// How often Iris answered with the list.
fn lists(mortal: &Mortal) -> usize {
    let seen = mortal.sim.ephemerals("@aya").into_iter();
    seen.filter(|seen| !seen.from_slack).count()
}

async fn type_in(mortal: &Mortal, what: &str) {
    let (channel, line) = what.split_once(": ").unwrap();
    mortal
        .sim
        .person("@aya")
        .command(channel, line)
        .await
        .unwrap();
    mortal.settle().await;
}

fn commands(mortal: &Mortal) -> Vec<Delivery> {
    let deliveries = mortal.sim.deliveries().into_iter();
    deliveries
        .filter(|delivery| delivery.kind == DeliveryKind::Command)
        .collect()
}

/// On one thread, so that nothing is through before the sender is gone.
#[tokio::test]
async fn row_06_who_hangs_up_while_it_is_taken_in_loses_nothing() {
    let world = World::start(Team::English).await.unwrap();
    play(&world, "> @aya #general: /incident list").await;
    let command = last(&world, "/incident");
    let fresh = command.body.replace("trigger_id=", "trigger_id=9");
    let event = match decode(fresh.as_bytes(), world.clock.now()) {
        Ok(decode::Delivery::Happened(happened)) => happened.event,
        other => panic!("{other:?}"),
    };
    let lists = || world.sim.ephemerals("@aya").len();
    let before = lists();
    let mut taking = world.app.main.take(event);
    poll_fn(|context| {
        assert!(taking.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
    drop(taking);
    until("it is handled", async || lists() > before).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_10_submit_pressed_twice_is_one_incident() {
    let world = World::start(Team::English).await.unwrap();
    let mut player = world.player();
    for line in parse(DECLARED).unwrap().iter().take(1) {
        player.play(line).await.unwrap();
    }
    drop(player);
    let aya = world.sim.person("@aya");
    let view = aya.view().unwrap();
    let form = || {
        aya.fill(&view)
            .set("Product", "Payments")
            .set("Severity", "SEV2")
            .submit()
    };
    // Pressed twice within a moment, and once more when the first was answered already.
    let (first, second) = tokio::join!(form(), form());
    assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
    world.settle().await;
    world.sim.redeliver(&last(&world, "view_submission")).await;
    world.settle().await;
    assert_eq!(incidents(&world).await, 1);
    assert!(world.sim.channel(ROOM).is_some());
    assert!(world.sim.channel(&format!("{ROOM}-2")).is_none());
    world.stop().await;
}
