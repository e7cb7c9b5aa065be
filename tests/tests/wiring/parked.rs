//! What nobody could find out: the room hears of it once, an operator settles it, and it goes on.

use std::sync::Arc;

use iris::{
    clock::SystemClock,
    effect::Effect,
    ids::MessageId,
    perform::{Word, heed},
    store::{Store, audit::Who, sqlite::Sqlite},
};
use iris_tests::{Team, World};
use slack_sim::Fault;

use crate::play;

const DECLARED: &str = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits";

const ROOM: &str = "#inc-20261201-payments-checkout-fails-with-500";

/// The effects that wait for an operator.
async fn parked(world: &World) -> Vec<Effect> {
    world.app.store.waiting(None, false).await.unwrap()
}

/// An operator's word, as `iris effect` says it beside a running `iris serve`.
async fn say(world: &World, effect: &Effect, word: Word) {
    let path = world.folder.path().join("iris.db");
    let store = Sqlite::open_beside(&path, Arc::new(SystemClock)).unwrap();
    let came = heed(effect, &word, Who::operator("ops"), world.clock.now()).unwrap();
    assert!(store.overrule(came).await.unwrap());
    drop(store);
    while !world.app.store.words().await.unwrap().is_empty() {
        world.sim.advance(std::time::Duration::from_secs(1));
        world.settle().await;
    }
    world.settle().await;
}

fn told(world: &World, place: &str) -> Vec<String> {
    let messages = world.sim.messages(place).into_iter();
    let texts = messages.map(|m| world.sim.shown(&m.text, &m.blocks));
    texts
        .filter(|text| text.contains("Iris could not tell") || text.contains("Settled:"))
        .collect()
}

/// A todo whose message Slack answers with a code that nobody knows.
async fn troubled() -> (World, Effect) {
    let world = World::start(Team::English).await.unwrap();
    play(&world, DECLARED).await;
    let flare = Fault::Error("solar_flare".into());
    world.sim.faults().next("bookmarks.add", flare.clone());
    world.sim.faults().next("chat.update", flare);
    play(&world, "> @aya #room: /incident severity sev1").await;
    let mut waiting = parked(&world).await;
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    (world, waiting.remove(0))
}

#[tokio::test(flavor = "multi_thread")]
async fn row_36_the_room_is_told_once_and_hears_when_it_is_settled() {
    let (world, effect) = troubled().await;
    let asked = "⚠️ Iris could not tell whether this was done: changing a message. An operator is \
                 asked to look.";
    assert_eq!(told(&world, ROOM), [asked]);
    say(&world, &effect, Word::Resume { unsent: false }).await;
    assert_eq!(parked(&world).await, []);
    assert_eq!(told(&world, ROOM), ["✅ Settled: changing a message."]);
    let audit = world
        .app
        .store
        .audited(&world.team(), 0, 1000)
        .await
        .unwrap();
    let of_effects: Vec<_> = audit
        .iter()
        .filter(|row| row.deed.what.starts_with("effect."))
        .map(|row| (row.deed.who.0.as_str(), row.deed.what.as_str()))
        .collect();
    assert_eq!(
        of_effects,
        [("iris", "effect.park"), ("operator:ops", "effect.resume")]
    );
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_an_operator_stands_on_the_status_card() {
    for (team, declared, act, line) in [
        (
            Team::English,
            DECLARED,
            "> @aya #room: /incident severity sev1\n> @ken #room: /incident status",
            "Waiting for an operator  1 thing",
        ),
        (
            Team::Japanese,
            "> @aya #general: /incident 決済画面で500エラー
> @aya fills 重大度: SEV2
> @aya submits",
            "> @aya #room: /incident 重大度 SEV1\n> @ken #room: /incident 状況",
            "運用担当の確認待ち  1件",
        ),
    ] {
        let world = World::start(team).await.unwrap();
        play(&world, declared).await;
        let flare = Fault::Error("solar_flare".into());
        world.sim.faults().next("chat.update", flare);
        play(&world, act).await;
        let said = world.sim.ephemerals("@ken").pop().unwrap();
        let said = world.sim.shown(&said.text, &said.blocks);
        assert!(said.contains(line), "{said}");
        world.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_aborted_is_told_too() {
    let (world, effect) = troubled().await;
    say(
        &world,
        &effect,
        Word::Abort {
            why: "done by hand".into(),
        },
    )
    .await;
    assert_eq!(told(&world, ROOM), ["✅ Settled: changing a message."]);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_an_operator_found_is_used() {
    let world = World::start(Team::English).await.unwrap();
    world
        .sim
        .faults()
        .next("conversations.create", Fault::Error("solar_flare".into()));
    play(&world, DECLARED).await;
    let effect = parked(&world).await.remove(0);
    let dms: Vec<_> = world.sim.dms("@aya").into_iter().map(|m| m.text).collect();
    assert!(
        dms.iter().any(|text| text.contains("making the room")),
        "{dms:?}"
    );

    world
        .sim
        .person("@aya")
        .create_channel("inc-by-hand", false)
        .unwrap();
    world
        .sim
        .person("@aya")
        .invite("#inc-by-hand", &["@iris"])
        .unwrap();
    let id = world.sim.channel("#inc-by-hand").unwrap().id;
    let link = format!("https://acme.slack.com/archives/{id}");
    let at = MessageId {
        channel: id.as_str().into(),
        ts: String::new(),
    };
    say(
        &world,
        &effect,
        Word::Applied {
            at: Some((at, link)),
        },
    )
    .await;
    let room = world.sim.channel("#inc-by-hand").unwrap();
    assert!(room.topic.value.contains("SEV2"), "{}", room.topic.value);
    assert_eq!(room.pins.len(), 1);
    let incident = world
        .app
        .store
        .incident(&world.team(), 1)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(incident.room.unwrap().channel.as_str(), id);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_do_is_audited_and_what_they_write_is_not() {
    let world = World::start(Team::English).await.unwrap();
    play(&world, DECLARED).await;
    play(
        &world,
        "> @ken #room: /incident severity sev1\n> @ken #room: /incident note a secret note",
    )
    .await;
    let audit = world
        .app
        .store
        .audited(&world.team(), 0, 1000)
        .await
        .unwrap();
    let ken = world
        .sim
        .settings()
        .people
        .iter()
        .find(|p| p.name == "ken")
        .unwrap()
        .id
        .clone();
    let severity = audit
        .iter()
        .find(|row| row.deed.what == "incident.severity")
        .unwrap();
    assert_eq!(
        (&severity.deed.who.0, severity.deed.incident),
        (&ken, Some(1))
    );
    assert_eq!(severity.deed.detail["now"], "sev1");
    assert!(audit.iter().any(|row| row.deed.what == "incident.note"));
    assert!(!format!("{audit:?}").contains("secret note"));
    world.stop().await;
}
