//! A soak: many incidents at once, with something going wrong at one call in twenty; at the end
//! every effect is settled and every invariant holds.
//!
//! A few incidents by default; `cargo xtask soak` plays a thousand in an hour of simulated time
//! (`IRIS_SOAK=1000`), `IRIS_SOAK_SEED` chooses other faults.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

use std::{collections::BTreeMap, env, time::Duration};

use iris::{
    effect::State,
    incident::{Incident, Status},
    store::{EntryQuery, audit::Chain},
};
use iris_tests::{Dice, Team, World};
use slack_sim::{
    Fault, Settings,
    story::{Player, parse},
};

/// By default.
const INCIDENTS: u64 = 8;
/// In one hour.
const RATE: u64 = 1_000;
/// One call in so many meets a fault.
const ONE_IN: usize = 20;

const DECLARERS: [&str; 3] = ["@aya", "@ken", "@yui"];
/// Who is called, and so is in the room.
const CALLED: [&str; 2] = ["@ken", "@yui"];

/// What may go wrong with a call, whatever it is.
fn faults() -> Vec<Fault> {
    vec![
        Fault::RateLimited(2),
        Fault::Status(503),
        Fault::StatusAfterApply(500),
        Fault::ResetBeforeApply,
        Fault::ResetAfterApply,
        Fault::Html,
        Fault::HtmlAfterApply,
        Fault::HalfBodyAfterApply,
        Fault::NoOkAfterApply,
        Fault::ErrorAfterApply("internal_error".into()),
        Fault::Error("service_unavailable".into()),
    ]
}

const METHODS: [&str; 9] = [
    "chat.postMessage",
    "chat.update",
    "conversations.create",
    "conversations.invite",
    "conversations.setTopic",
    "pins.add",
    "bookmarks.add",
    "reactions.add",
    "files.completeUploadExternal",
];

#[tokio::test(flavor = "multi_thread")]
async fn every_effect_is_settled_and_every_invariant_holds() {
    let incidents = number("IRIS_SOAK").unwrap_or(INCIDENTS);
    let seed = number("IRIS_SOAK_SEED").unwrap_or(1);
    let world = World::with(
        Settings {
            clock: slack_sim::ClockSetting::manual(),
            rate_limits: true,
            ..Settings::default()
        },
        Team::English.file(),
    )
    .await
    .unwrap();
    // Where Iris is no member it cannot look, and would park what it is unsure of.
    let aya = world.sim.person("@aya");
    aya.invite("#general", &["@iris"]).unwrap();
    world.settle().await;
    let begun = world.clock.now();
    let mut troubles = Troubles::new(seed);
    let mut player = world.player();
    for n in 1..=incidents {
        incident(&world, &mut player, n, &mut troubles).await;
        let due = begun.plus(Duration::from_secs(n * 3600 / RATE));
        if due > world.clock.now() {
            world.sim.advance(due.since(world.clock.now()));
            world.settle().await;
        }
    }
    world.sim.faults().clear();
    for _ in 0..30 {
        world.sim.advance(Duration::from_mins(1));
        world.settle().await;
    }
    let calls = world.sim.calls();
    let failed = calls.iter().filter(|call| call.fault.is_some()).count();
    println!(
        "soak: seed {seed}, {incidents} incidents in {} s of simulated time, {} calls, {failed} \
         with a fault",
        world.clock.now().since(begun).as_secs(),
        calls.len(),
    );
    assert!(failed * ONE_IN * 2 > calls.len(), "too few faults");
    all_is_well(&world, incidents).await;
    drop(player);
    world.stop().await;
}

/// One incident from its declaration to its close.
async fn incident(world: &World, player: &mut Player<'_>, n: u64, troubles: &mut Troubles) {
    let who = *troubles.dice.one_of(&DECLARERS);
    let other = *troubles.dice.one_of(&CALLED);
    let room = format!("#inc-20261201-payments-soak-{n}");
    let acts = [
        format!("> {who} #general: /incident Soak {n}"),
        format!("> {who} fills Product: Payments | Severity: SEV2"),
        format!("> {who} submits"),
        format!("> {who} {room}: /incident update Looking into it {n}"),
        format!("> {other} {room}: 1.42 went out {n}"),
        format!("> {other} {room} reacts :pushpin: to \"went out {n}\""),
        format!("> {who} {room}: /incident todo Renew the certificate {n}"),
        format!("> {other} {room}: /incident severity sev1"),
        format!("> {who} {room}: /incident resolve Rolled back {n}"),
        format!("> {who} {room}: /incident close"),
    ];
    for act in acts {
        arrive(world, &room, &[who, other]).await;
        troubles.order(world);
        for line in parse(&act).unwrap() {
            // What needs a form that came too late is done again by the next incident.
            if let Err(stuck) = player.act(&line).await {
                panic!("incident {n}: {stuck} at {act}");
            }
            world.settle().await;
        }
    }
}

/// People act in a room once they are in it, however long Slack makes them wait.
async fn arrive(world: &World, room: &str, people: &[&str]) {
    let id = |name: &&str| {
        let known = world.sim.settings().people.iter();
        let mut known = known.filter(|person| name.trim_start_matches('@') == person.name);
        known
            .next()
            .map(|person| person.id.clone())
            .unwrap_or_default()
    };
    for _ in 0..60 {
        let waiting = world
            .sim
            .channel(room)
            .is_some_and(|channel| people.iter().any(|person| !channel.has(&id(person))));
        if !waiting {
            return;
        }
        world.sim.advance(Duration::from_secs(10));
        world.settle().await;
    }
    let open = world.app.store.waiting(None, true).await.unwrap();
    panic!("nobody lets {people:?} into {room}: {open:#?}");
}

/// What goes wrong, and how much of it did.
struct Troubles {
    dice: Dice,
    /// Calls that were looked at, and those of them that met a fault.
    seen: usize,
    met: usize,
}

impl Troubles {
    fn new(seed: u64) -> Self {
        Self {
            dice: Dice::new(seed),
            seen: 0,
            met: 0,
        }
    }

    /// Orders as many faults as are due.
    fn order(&mut self, world: &World) {
        let new = world.sim.calls_after(self.seen);
        self.seen += new.len();
        self.met += new.iter().filter(|call| call.fault.is_some()).count();
        world.sim.faults().clear();
        for _ in self.met..self.seen.div_ceil(ONE_IN) {
            let fault = self.dice.one_of(&faults()).clone();
            let method = *self.dice.one_of(&METHODS);
            world.sim.faults().next(method, fault);
        }
    }
}

async fn all_is_well(world: &World, incidents: u64) {
    let (store, team) = (&world.app.store, world.team());
    assert_eq!(
        store.waiting(None, true).await.unwrap(),
        [],
        "something is not settled"
    );
    assert_eq!(store.open_events().await.unwrap(), []);
    assert_eq!(store.sweeps().await.unwrap(), []);
    let all = store.incidents(&team, true).await.unwrap();
    assert_eq!(all.len() as u64, incidents);
    let mut rooms = BTreeMap::new();
    for incident in &all {
        assert_eq!(incident.status, Status::Closed, "{}", incident.number);
        let room = incident.room.as_ref().expect("a room");
        assert_eq!(rooms.insert(room.channel.clone(), incident.number), None);
        entries(world, incident).await;
        let refused = store.effects(&team, incident.number).await.unwrap();
        let refused: Vec<_> = refused
            .iter()
            .filter(|effect| matches!(effect.state, State::Parked { .. }))
            .collect();
        assert!(refused.is_empty(), "{refused:?}");
    }
    nothing_twice(world);
    let mut chain = Chain::default();
    while let Some(row) = store.audited(&team, chain.rows, 1).await.unwrap().first() {
        chain.follow(row).unwrap();
    }
    assert!(chain.rows > incidents * 10);
}

/// The entries of an incident are numbered without a gap, and as many as it says.
async fn entries(world: &World, incident: &Incident) {
    let team = world.team();
    let query = EntryQuery {
        team: &team,
        incident: incident.number,
        kind: None,
        after: 0,
        limit: 10_000,
        current: false,
    };
    let entries = world.app.store.entries(query).await.unwrap();
    let numbers: Vec<u32> = entries.iter().map(|entry| entry.seq).collect();
    let expected: Vec<u32> = (1..=incident.entries).collect();
    assert_eq!(numbers, expected, "{}", incident.number);
}

/// No key stands in two messages, and no two channels are one incident's.
fn nothing_twice(world: &World) {
    let mut keys = BTreeMap::new();
    for channel in world.sim.channels() {
        for message in world.sim.messages(&channel.id) {
            let key = message
                .metadata
                .as_ref()
                .and_then(|m| m["event_payload"]["key"].as_str());
            if let Some(key) = key {
                let before = keys.insert(key.to_owned(), message.text.clone());
                assert_eq!(before, None, "posted twice in {}", channel.name);
            }
        }
        let bookmarks: Vec<_> = channel.bookmarks.iter().map(|b| &b.title).collect();
        assert!(bookmarks.len() <= 1, "{bookmarks:?} in {}", channel.name);
    }
}

fn number(name: &str) -> Option<u64> {
    env::var_os(name)?.to_string_lossy().parse().ok()
}
