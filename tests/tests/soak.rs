//! A soak: many incidents at once, with something going wrong at one call in twenty; at the end
//! every effect is settled and every invariant holds.
//!
//! A few incidents by default; `cargo xtask soak` plays a thousand in an hour of simulated time
//! (`IRIS_SOAK=1000`), `IRIS_SOAK_SEED` chooses other faults.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

use std::{collections::BTreeMap, env, str::FromStr, time::Duration};

use iris::{
    effect::State,
    ids::TeamId,
    incident::{Incident, Status},
    store::{EntryQuery, audit::Chain},
};
use iris_tests::{Dice, Team, World};
use slack_sim::{Fault, Settings, Sim, story::parse};

/// By default.
const INCIDENTS: usize = 15;
/// One begins after the other: a thousand in an hour.
const EACH: Duration = Duration::from_millis(3_600);
/// Teams, each in a workspace of its own.
const TEAMS: usize = 5;
/// Incidents that go on at the same time: in each team as many as there are people who declare.
const AT_ONCE: usize = 15;
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

/// A workspace of its own for each team. One alone could not have as many incidents: Slack lets a
/// topic be set twenty times a minute, and an incident sets it four times.
fn workspace(team: usize) -> Settings {
    let mut settings = Settings {
        clock: slack_sim::ClockSetting::manual(),
        rate_limits: true,
        bot_token: format!("xoxb-of-team-{team}"),
        ..Settings::default()
    };
    settings.team.id = format!("T0SOAK{team}");
    settings
}

/// The workspaces.
fn sims(world: &World) -> Vec<&Sim> {
    [&world.sim].into_iter().chain(&world.also).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_effect_is_settled_and_every_invariant_holds() {
    let incidents = number("IRIS_SOAK").unwrap_or(INCIDENTS);
    let seed = number("IRIS_SOAK_SEED").unwrap_or(1);
    let others = (1..TEAMS).map(workspace).collect();
    let files = [("default.toml", Team::English.file())];
    let world = World::several(workspace(0), others, &files).await.unwrap();
    for sim in sims(&world) {
        // Where Iris is no member it cannot look, and would park what it is unsure of.
        sim.person("@aya").invite("#general", &["@iris"]).unwrap();
    }
    world.settle().await;
    let begun = world.clock.now();
    let mut dice = Dice::new(seed);
    let mut troubles = [(); TEAMS].map(|()| Troubles::default());
    let staged: Vec<_> = (1..=incidents).map(|n| Staged::new(n, &mut dice)).collect();
    let mut due = begun;
    for some in staged.chunks(AT_ONCE) {
        play(&world, some, (&mut troubles, &mut dice)).await;
        due = due.plus(EACH * u32::try_from(some.len()).unwrap());
        if due > world.clock.now() {
            world.pass(Some(due.since(world.clock.now()))).await;
        }
    }
    let worked = world.clock.now().since(begun).as_secs();
    for sim in sims(&world) {
        sim.faults().clear();
    }
    for _ in 0..30 {
        world.pass(Some(Duration::from_mins(1))).await;
    }
    let calls: Vec<_> = sims(&world).iter().flat_map(|sim| sim.calls()).collect();
    let failed = calls.iter().filter(|call| call.fault.is_some()).count();
    println!(
        "soak: seed {seed}, {incidents} incidents of {TEAMS} teams in {worked} s of simulated time, \
         {} calls, {failed} with a fault",
        calls.len(),
    );
    assert!(failed * ONE_IN * 2 > calls.len(), "too few faults");
    all_is_well(&world, incidents).await;
    world.stop().await;
}

/// One incident, and who acts in it.
struct Staged {
    n: usize,
    team: usize,
    who: &'static str,
    other: &'static str,
}

impl Staged {
    fn new(n: usize, dice: &mut Dice) -> Self {
        Self {
            n,
            team: n % TEAMS,
            who: DECLARERS[n / TEAMS % DECLARERS.len()],
            other: *dice.one_of(&CALLED),
        }
    }

    fn room(&self) -> String {
        format!("#inc-20261201-payments-soak-{}", self.n)
    }

    /// What its declarer does with the form. In each team somebody else does so at the same time.
    fn declaring(&self) -> [String; 3] {
        let Self { n, who, .. } = self;
        [
            format!("> {who} #general: /incident Soak {n}"),
            format!("> {who} fills Product: Payments | Severity: SEV2"),
            format!("> {who} submits"),
        ]
    }

    /// From then on to its close.
    fn working(&self) -> [String; 7] {
        let (Self { n, who, other, .. }, room) = (self, self.room());
        [
            format!("> {who} {room}: /incident update Looking into it {n}"),
            format!("> {other} {room}: 1.42 went out {n}"),
            format!("> {other} {room} reacts :pushpin: to \"went out {n}\""),
            format!("> {who} {room}: /incident todo Renew the certificate {n}"),
            format!("> {other} {room}: /incident severity sev1"),
            format!("> {who} {room}: /incident resolve Rolled back {n}"),
            format!("> {who} {room}: /incident close"),
        ]
    }
}

/// Incidents that go on at the same time, each from its declaration to its close.
async fn play(
    world: &World,
    incidents: &[Staged],
    (troubles, dice): (&mut [Troubles; TEAMS], &mut Dice),
) {
    let sims = sims(world);
    let mut players: Vec<_> = sims.iter().map(|sim| world.player_in(sim)).collect();
    for step in 0..10 {
        for one in incidents {
            let sim = sims[one.team];
            let act = if step < 3 {
                one.declaring()[step].clone()
            } else {
                arrive(world, sim, &one.room(), &[one.who, one.other]).await;
                one.working()[step - 3].clone()
            };
            troubles[one.team].order(sim, dice);
            for line in parse(&act).unwrap() {
                // What needs a form that came too late is done again by the next incident.
                if let Err(stuck) = players[one.team].act(&line).await {
                    panic!("incident {}: {stuck} at {act}", one.n);
                }
            }
        }
        world.settle().await;
    }
}

/// People act in a room once they are in it, however long Slack makes them wait.
async fn arrive(world: &World, sim: &Sim, room: &str, people: &[&str]) {
    let id = |name: &&str| {
        let known = sim.settings().people.iter();
        let mut known = known.filter(|person| name.trim_start_matches('@') == person.name);
        known
            .next()
            .map(|person| person.id.clone())
            .unwrap_or_default()
    };
    for _ in 0..60 {
        let waiting = sim
            .channel(room)
            .is_some_and(|channel| people.iter().any(|person| !channel.has(&id(person))));
        if !waiting {
            return;
        }
        world.pass(Some(Duration::from_secs(10))).await;
    }
    let open = world.app.store.waiting(None, true).await.unwrap();
    panic!("nobody lets {people:?} into {room}: {open:#?}");
}

/// What goes wrong in a workspace, and how much of it did.
#[derive(Default)]
struct Troubles {
    /// Calls that were looked at, and those of them that met a fault.
    seen: usize,
    met: usize,
}

impl Troubles {
    /// Orders as many faults as are due.
    fn order(&mut self, sim: &Sim, dice: &mut Dice) {
        let new = sim.calls_after(self.seen);
        self.seen += new.len();
        self.met += new.iter().filter(|call| call.fault.is_some()).count();
        sim.faults().clear();
        for _ in self.met..self.seen.div_ceil(ONE_IN) {
            let fault = dice.one_of(&faults()).clone();
            let method = *dice.one_of(&METHODS);
            sim.faults().next(method, fault);
        }
    }
}

async fn all_is_well(world: &World, incidents: usize) {
    let store = &world.app.store;
    assert_eq!(
        store.waiting(None, true).await.unwrap(),
        [],
        "something is not settled"
    );
    assert_eq!(store.open_events().await.unwrap(), []);
    assert_eq!(store.sweeps().await.unwrap(), []);
    let mut found = 0;
    for sim in sims(world) {
        let team = TeamId::from(sim.settings().team.id.as_str());
        let all = store.incidents(&team, true).await.unwrap();
        found += all.len();
        let mut rooms = BTreeMap::new();
        for incident in &all {
            assert_eq!(incident.status, Status::Closed, "{}", incident.number);
            let room = incident.room.as_ref().expect("a room");
            assert_eq!(rooms.insert(room.channel.clone(), incident.number), None);
            entries(world, &team, incident).await;
            let refused = store.effects(&team, incident.number).await.unwrap();
            let refused: Vec<_> = refused
                .iter()
                .filter(|effect| matches!(effect.state, State::Parked { .. }))
                .collect();
            assert!(refused.is_empty(), "{refused:?}");
        }
        nothing_twice(sim);
        let mut chain = Chain::default();
        while let Some(row) = store.audited(&team, chain.rows, 1).await.unwrap().first() {
            chain.follow(row).unwrap();
        }
        assert!(chain.rows > all.len() as u64 * 10);
    }
    assert_eq!(found, incidents);
}

/// The entries of an incident are numbered without a gap, and as many as it says.
async fn entries(world: &World, team: &TeamId, incident: &Incident) {
    let query = EntryQuery {
        team,
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
fn nothing_twice(sim: &Sim) {
    let mut keys = BTreeMap::new();
    for channel in sim.channels() {
        for message in sim.messages(&channel.id) {
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

fn number<T: FromStr>(name: &str) -> Option<T> {
    env::var_os(name)?.to_string_lossy().parse().ok()
}
