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
use iris::inbox::Intake;
use iris_measure::{Goal, Measure, percentile};
use iris_tests::{Team, World, declared, guest, said};
use slack_sim::{ClockSetting, Person, Settings};

use super::{alone, tell};

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
        let mut runs: [Vec<f64>; 4] = Default::default();
        for _ in 0..RUNS {
            let figures: [f64; 4] = alone(&["--neighbour", what])?;
            for (all, figure) in runs.iter_mut().zip(figures) {
                all.push(figure);
            }
        }
        let [alone_half, alone_most, half, most] = &runs;
        let row = |percentile| {
            let what = format!("another team's command beside a step that {what}, {percentile}");
            Measure::new(what, "ms")
        };
        row("p50").iris(half).beside("alone", alone_half).print();
        let most = row("p99").iris(most).beside("alone", alone_most);
        most.goal(Goal::TimesAtMost(1.5)).print();
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
    let before = commands(&aya).await?;
    let over = Arc::new(AtomicBool::new(false));
    let flood = flood(&world, rooms, over.clone());
    let beside = commands(&aya).await?;
    over.store(true, Ordering::Relaxed);
    flood.await?;
    let all = [(&before, 50), (&before, 99), (&beside, 50), (&beside, 99)];
    let figures: Option<Vec<f64>> = all
        .into_iter()
        .map(|(took, percent)| percentile(took, percent))
        .collect();
    tell(&figures.context("commands were answered")?);
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
