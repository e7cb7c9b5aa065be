//! Many steps and many teams: start, memory, and one event's way, and how they grow.

use std::{
    fs,
    time::{Duration, Instant},
};

use anyhow::Context;
use iris::inbox::Intake;
use iris_measure::{Measure, percentile};
use iris_tests::{Team, World, declared, guest, said};
use slack_sim::{ClockSetting, Settings};
use tokio::runtime::Runtime;

use super::{alone, tell};

/// Steps in the folder, and teams' files.
const SIZES: [(usize, usize); 5] = [(0, 1), (50, 1), (200, 1), (0, 1_000), (200, 1_000)];

const EVENTS: usize = 300;

pub(super) fn run() -> anyhow::Result<()> {
    let mut least: Option<[f64; 4]> = None;
    for (steps, teams) in SIZES {
        let case = format!("{steps},{teams}");
        // Once to compile, which is kept; then as the next start finds it.
        let _: [f64; 4] = alone(&["--many", &case])?;
        let figures: [f64; 4] = alone(&["--many", &case])?;
        let [start, memory, half, most] = figures;
        let rows = [
            ("start, warm", "ms", start),
            ("memory, with the simulated Slack", "MiB", memory),
            ("an event to its commit, p50", "ms", half),
            ("an event to its commit, p99", "ms", most),
        ];
        for (index, (what, unit, figure)) in rows.into_iter().enumerate() {
            let what = format!("{steps} own steps, {teams} teams: {what}");
            let mut row = Measure::new(what, unit).iris(&[figure]);
            if let Some(least) = least {
                row = row.beside("no own step, one team", &least[index..=index]);
            }
            row.print();
        }
        least = least.or(Some(figures));
    }
    Ok(())
}

/// In this process: `steps,teams`.
pub(super) fn one(runtime: &Runtime, size: &str) -> anyhow::Result<()> {
    let (steps, teams) = size.split_once(',').context("two numbers")?;
    let (steps, teams): (usize, usize) = (steps.parse()?, teams.parse()?);
    runtime.block_on(measured(steps, teams))
}

async fn measured(steps: usize, teams: usize) -> anyhow::Result<()> {
    let wasm = guest()?;
    let allow = "allow = { wishes = [\"incident\", \"room\", \"messages\", \"forms\", \"timers\"], \
                 slack = [\"users.info\"], http = [\"api.statuspage.example\"] }\nconfig = { acts = [] }\n";
    let team = |n: usize| {
        let own = match steps {
            0 => String::new(),
            steps => format!(
                "\n[[step]]\nuse = \"guest\"\nfrom = \"steps/step-{}.wasm\"\n{allow}",
                n % steps
            ),
        };
        format!("{}{own}", Team::English.file())
    };
    let settings = Settings {
        clock: ClockSetting::Real,
        ..Settings::default()
    };
    let prepare = |folder: &std::path::Path| {
        for kind in ["steps", "teams"] {
            let _ = fs::create_dir_all(folder.join(kind));
        }
        for n in 0..steps {
            // Another step each: a section that nobody reads.
            let mut wasm = wasm.clone();
            wasm.extend([0, 6, 5]);
            wasm.extend(format!("{n:05}").bytes());
            let _ = fs::write(folder.join(format!("steps/step-{n}.wasm")), wasm);
        }
        for n in 1..teams {
            let _ = fs::write(folder.join(format!("teams/T{n:06}.toml")), team(n));
        }
    };
    let mut began = Instant::now();
    let first = team(0);
    let world = World::prepared(settings, &first, |folder| {
        prepare(folder);
        began = Instant::now();
    });
    let world = world.await?;
    let start = began.elapsed();
    let id = world.team();
    let room = declared(&world, &world.sim, "@ken").await?;
    let mut took = vec![];
    for n in 0..EVENTS {
        let began = Instant::now();
        let event = said(id.as_str(), &room, &format!("said-{n}"), &*world.clock);
        world.app.main.take(event).await?;
        world.app.idle().await;
        took.push(began.elapsed().as_secs_f64() * 1000.0);
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let half = percentile(&took, 50).context("events were handled")?;
    let most = percentile(&took, 99).context("events were handled")?;
    let start = start.as_secs_f64() * 1000.0;
    tell(&[start, resident()?, half, most]);
    world.stop().await;
    Ok(())
}

/// MiB that this process holds, the simulated Slack and the test's own included.
fn resident() -> anyhow::Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
    let kilobytes: f64 = kilobytes.context("Linux says it")?.parse()?;
    Ok(kilobytes / 1024.0)
}
