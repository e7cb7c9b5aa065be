//! A thousand workspaces that have installed Iris: how long a start takes, what each of them costs in
//! memory, and how soon the first command of one is answered that was quiet until then.
//!
//! Iris is the program itself, in a process of its own; Slack and its people are in this one.

#[path = "program/mod.rs"]
mod program;

use std::{
    fs,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::ensure;
use iris_measure::{Goal, Measure, percentile};
use iris_tests::{Team, installed, token_key};
use program::Iris;
use slack_sim::{ClockSetting, Settings, Sim};
use tempfile::TempDir;

const WORKSPACES: usize = 1_000;
const RUNS: usize = 5;
/// For a start, and for an answer.
const PATIENCE: Duration = Duration::from_mins(1);

fn main() -> anyhow::Result<ExitCode> {
    if let Some(ended) = program::asked() {
        return Ok(ended);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(measure())?;
    Ok(ExitCode::SUCCESS)
}

/// What one start came to.
struct Started {
    ready: f64,
    memory: f64,
    /// Each workspace's first command, and its second.
    cold: Vec<f64>,
    warm: Vec<f64>,
}

async fn measure() -> anyhow::Result<()> {
    let sim = Sim::start(workspace(0)).await?;
    let mut also = vec![];
    for n in 1..WORKSPACES {
        also.push(sim.start_beside(workspace(n)).await?);
    }
    let (one, many) = (folder(&sim, &[]).await?, folder(&sim, &also).await?);
    let (mut alone, mut among) = (vec![], vec![]);
    // The first start compiles the steps and is not counted.
    for run in 0..=RUNS {
        let first = start(one.path(), &sim, &[]).await?;
        let second = start(many.path(), &sim, &also).await?;
        if run > 0 {
            alone.push(first);
            among.push(second);
        }
    }
    told(&alone, &among);
    Ok(())
}

fn workspace(n: usize) -> Settings {
    let mut settings = Settings {
        clock: ClockSetting::Real,
        bot_token: format!("xoxb-of-T{n:06}"),
        ..Settings::default()
    };
    settings.team.id = format!("T{n:06}");
    settings
}

/// Where Iris serves these.
async fn folder(sim: &Sim, also: &[Sim]) -> anyhow::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let teams = folder.path().join("teams");
    fs::create_dir(&teams)?;
    fs::write(teams.join("default.toml"), Team::English.file())?;
    installed(folder.path(), sim, also).await?;
    Ok(folder)
}

/// Workspaces install it, instead of one token being given.
fn oauth(sim: &Sim) -> [(&'static str, String); 4] {
    let oauth = &sim.settings().oauth;
    [
        ("SLACK_CLIENT_ID", oauth.client_id.clone()),
        ("SLACK_CLIENT_SECRET", oauth.client_secret.clone()),
        ("IRIS_TOKEN_KEY", token_key()),
        ("IRIS_PUBLIC_URL", "http://127.0.0.1/".to_owned()),
    ]
}

async fn start(folder: &Path, sim: &Sim, also: &[Sim]) -> anyhow::Result<Started> {
    let began = Instant::now();
    let iris = Iris::start(folder, sim, &oauth(sim))?;
    while !iris.is_ready().await {
        ensure!(began.elapsed() < PATIENCE, "Iris does not get ready");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let ready = milliseconds(began);
    let memory = iris.memory()?;
    for sim in [sim].into_iter().chain(also) {
        sim.connect_app(&format!("{}slack/events", iris.url));
    }
    // What is cold for all of them, such as connections, is not meant.
    answered(sim).await?;
    let (mut cold, mut warm) = (vec![], vec![]);
    for took in [&mut cold, &mut warm] {
        for sim in also {
            took.push(answered(sim).await?);
        }
    }
    Ok(Started {
        ready,
        memory,
        cold,
        warm,
    })
}

/// Until a person sees the answer to a command.
async fn answered(sim: &Sim) -> anyhow::Result<f64> {
    let aya = sim.person("@aya");
    let before = aya.ephemerals().len();
    let began = Instant::now();
    aya.command("#general", "/incident list").await?;
    while aya.ephemerals().len() == before {
        ensure!(began.elapsed() < PATIENCE, "nobody is answered");
        tokio::time::sleep(Duration::from_micros(100)).await;
    }
    Ok(milliseconds(began))
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn told(alone: &[Started], among: &[Started]) {
    let all = |runs: &[Started], of: fn(&Started) -> f64| runs.iter().map(of).collect::<Vec<_>>();
    Measure::new("start to ready, 1,000 workspaces installed", "ms")
        .iris(&all(among, |run| run.ready))
        .beside("1 workspace", &all(alone, |run| run.ready))
        .print();
    let memory = |run: &Started| run.memory;
    let (one, many) = (all(alone, memory), all(among, memory));
    Measure::new("memory, 1,000 workspaces installed", "MiB")
        .iris(&many)
        .beside("1 workspace", &one)
        .print();
    let more = f64::from(u16::try_from(WORKSPACES).unwrap_or(u16::MAX) - 1);
    let each = one.iter().zip(&many);
    let each: Vec<_> = each
        .map(|(one, many)| (many - one) * 1024.0 / more)
        .collect();
    Measure::new("memory of each of them", "KiB")
        .iris(&each)
        .goal(Goal::AtMost(20.0))
        .print();
    for (name, percent) in [("median", 50), ("p99", 99)] {
        let of = |took: fn(&Started) -> &[f64]| -> Vec<f64> {
            let runs = among
                .iter()
                .filter_map(|run| percentile(took(run), percent));
            runs.collect()
        };
        Measure::new(
            format!("first command of a workspace, typed to answered, {name}"),
            "ms",
        )
        .iris(&of(|run| &run.cold))
        .beside("its second", &of(|run| &run.warm))
        .print();
    }
}
