//! Another team's command, while a team's own step computes for ever, takes all memory, or traps.
//! Without it first, since what it began goes on for a while; several times, each in a process of
//! its own, since a machine is never quite at rest.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context;
use iris::{
    clock::Clock,
    event::{Event, SeenMessage, What},
    ids::{MessageId, TeamId},
    inbox::Intake,
};
use iris_tests::{Team, World, guest};
use slack_sim::{ClockSetting, Person, Settings, Sim};

use super::{alone, percentile, say};

const COMMANDS: usize = 600;
const RUNS: usize = 5;

/// Who talk in the bad team, each in a room of their own: each room is handled serially.
const TALKERS: [&str; 2] = ["@ken", "@yui"];

/// Between two messages in the bad team, each of which meets its step.
const APART: Duration = Duration::from_millis(20);

fn workspace(team: &str) -> Settings {
    let mut settings = Settings {
        clock: ClockSetting::Real,
        bot_token: format!("xoxb-of-{team}"),
        ..Settings::default()
    };
    team.clone_into(&mut settings.team.id);
    settings
}

/// What a bad step does, and what tells it to.
const BAD: [(&str, &str); 3] = [
    ("computes for ever", "{ do = \"compute-for-ever\" }"),
    ("takes all memory", "{ do = \"eat\" }"),
    ("traps", "{ do = \"panic\", why = \"no\" }"),
];

/// All of them.
pub(super) fn run() -> anyhow::Result<()> {
    for (what, _) in BAD {
        let mut runs = vec![];
        for _ in 0..RUNS {
            let said = alone(&["--neighbour", what])?;
            let numbers: Result<Vec<f64>, _> = said.split(' ').map(str::parse).collect();
            let numbers: [f64; 4] = numbers?.try_into().ok().context("four numbers")?;
            runs.push(numbers);
        }
        let sorted = |of: fn(&[f64; 4]) -> f64| {
            let mut all: Vec<f64> = runs.iter().map(of).collect();
            all.sort_by(f64::total_cmp);
            all
        };
        let median = |of| percentile(&sorted(of), 50);
        let ratios = sorted(|run| run[3] / run[1]);
        say(&format!(
            "another team's command, ms, beside a step that {what}, median of {RUNS} runs: p50 \
             {:.2} (alone {:.2}), p99 {:.2} (alone {:.2}): {:.2} times ({:.2} to {:.2})   (at most \
             1.5)",
            median(|run| run[2]),
            median(|run| run[0]),
            median(|run| run[3]),
            median(|run| run[1]),
            percentile(&ratios, 50),
            ratios[0],
            ratios[RUNS - 1],
        ));
    }
    Ok(())
}

/// One of them, by what it does: p50 and p99 without it, and beside it.
pub(super) async fn one(what: &str) -> anyhow::Result<()> {
    let act = BAD.iter().find(|(bad, _)| *bad == what);
    let (_, act) = act.context("nobody does that")?;
    let good = Team::English.file();
    let bad = format!(
        "{good}\n[[step]]\nuse = \"guest\"\nallow = {{ wishes = [\"incident\", \"room\", \
         \"messages\", \"forms\", \"timers\"], slack = [\"users.info\"], \
         http = [\"api.statuspage.example\"] }}\nconfig = {{ acts = [{act}] }}\n"
    );
    let wasm = guest()?;
    let files = [
        ("teams/T0GOOD.toml".to_owned(), good.as_bytes()),
        ("teams/T0BAD.toml".to_owned(), bad.as_bytes()),
        ("steps/guest.wasm".to_owned(), &*wasm),
    ];
    let others = vec![workspace("T0BAD")];
    let world = World::of(workspace("T0GOOD"), others, &files).await?;
    let mut rooms = vec![];
    for who in TALKERS {
        rooms.push(declared(&world, &world.also[0], who).await?);
    }
    let aya = world.sim.person("@aya");
    let mut before = commands(&aya).await?;
    let over = Arc::new(AtomicBool::new(false));
    let flood = flood(&world, rooms, over.clone());
    let mut beside = commands(&aya).await?;
    over.store(true, Ordering::Relaxed);
    flood.await?;
    before.sort_by(f64::total_cmp);
    beside.sort_by(f64::total_cmp);
    let of = |all: &[f64]| format!("{} {}", percentile(all, 50), percentile(all, 99));
    say(&format!("{} {}", of(&before), of(&beside)));
    world.stop().await;
    Ok(())
}

/// How long each command takes until it is answered, in milliseconds.
async fn commands(person: &Person) -> anyhow::Result<Vec<f64>> {
    let mut took = vec![];
    for _ in 0..COMMANDS {
        let began = Instant::now();
        person.command("#general", "/incident list").await?;
        took.push(began.elapsed().as_secs_f64() * 1000.0);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(took)
}

/// People talk in the rooms of the bad team.
fn flood(world: &World, rooms: Vec<String>, over: Arc<AtomicBool>) -> tokio::task::JoinHandle<()> {
    let (app, clock) = (world.app.clone(), world.clock.clone());
    #[expect(clippy::disallowed_methods, reason = "a benchmark's own load")]
    tokio::spawn(async move {
        let mut n = 0;
        while !over.load(Ordering::Relaxed) {
            for room in &rooms {
                n += 1;
                let event = said("T0BAD", room, &format!("bad-{n}"), &*clock);
                // It is in its lane then; nobody waits for the step.
                let _ = app.main.take(event).await;
            }
            tokio::time::sleep(APART).await;
        }
    })
}

/// The room of an incident that is declared now.
pub(super) async fn declared(world: &World, sim: &Sim, who: &str) -> anyhow::Result<String> {
    let before: Vec<_> = sim
        .channels()
        .into_iter()
        .map(|channel| channel.id)
        .collect();
    let person = sim.person(who);
    person
        .command("#general", "/incident declare Trouble")
        .await?;
    let view = loop {
        if let Some(view) = person.view() {
            break view;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    };
    let filled = person
        .fill(&view)
        .set("product", "Payments")
        .set("severity", "SEV2");
    filled.submit().await?;
    world.settle().await;
    let new = sim.channels().into_iter().map(|channel| channel.id);
    let mut new = new.filter(|id| !before.contains(id));
    new.next().context("it has a room")
}

/// Somebody says something.
pub(super) fn said(team: &str, room: &str, id: &str, clock: &dyn Clock) -> Event {
    let at = clock.now();
    Event {
        id: id.to_owned(),
        team: TeamId::from(team),
        at,
        by: Some("U0KENMORI".into()),
        incident: None,
        chain: 0,
        lineage: None,
        what: What::Said(SeenMessage {
            id: MessageId {
                channel: room.into(),
                ts: format!("{}.000100", at.0 / 1000),
            },
            thread: None,
            author: Some("U0KENMORI".into()),
            at,
            text: "1.42 went out".to_owned(),
            files: vec![],
        }),
    }
}
