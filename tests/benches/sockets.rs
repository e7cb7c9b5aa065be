//! How soon an envelope is acknowledged through a socket, with a thousand in flight: each is stored
//! before it is acknowledged.

use std::time::Instant;

use anyhow::ensure;
use iris_tests::{Team, World};
use slack_sim::{ClockSetting, Reached, Settings};
use tokio::task::JoinSet;

/// In flight at a time.
const ENVELOPES: usize = 1_000;
const RUNS: usize = 9;

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let mut half = Vec::new();
    let mut all = Vec::new();
    runtime.block_on(async {
        let settings = Settings {
            clock: ClockSetting::Real,
            socket_mode: true,
            ..Settings::default()
        };
        let world = World::with(settings, Team::English.file()).await?;
        for run in 0..RUNS {
            let mut took = flood(&world, run).await?;
            took.sort_by(f64::total_cmp);
            half.push(took[took.len() / 2]);
            all.push(took[took.len() * 99 / 100]);
        }
        world.stop().await;
        anyhow::Ok(())
    })?;
    print(
        "acknowledged, median of 1,000, ms",
        &mut half,
        "each is stored before",
    );
    print(
        "acknowledged, p99 of 1,000, ms",
        &mut all,
        "Slack waits 3,000",
    );
    Ok(())
}

/// How long each took, in milliseconds.
async fn flood(world: &World, run: usize) -> anyhow::Result<Vec<f64>> {
    let aya = world.sim.person("@aya");
    aya.command("#general", "/incident list").await?;
    world.settle().await;
    let mut deliveries = world.sim.deliveries().into_iter();
    let model = deliveries.rfind(|one| one.name == "/incident");
    let model = model.ok_or_else(|| anyhow::anyhow!("no command was delivered"))?;
    let mut flight = JoinSet::new();
    for number in 0..ENVELOPES {
        let mut envelope = model.clone();
        // Another trigger is another command.
        let trigger = format!("trigger_id={run}{number}x");
        envelope.body = envelope.body.replace("trigger_id=", &trigger);
        let sim = world.sim.clone();
        flight.spawn(async move {
            let began = Instant::now();
            let reached = sim.redeliver(&envelope).await;
            let took = began.elapsed().as_secs_f64() * 1000.0;
            matches!(reached, Reached::Answered(_)).then_some(took)
        });
    }
    let took: Vec<f64> = flight.join_all().await.into_iter().flatten().collect();
    ensure!(
        took.len() == ENVELOPES,
        "{} were lost",
        ENVELOPES - took.len()
    );
    Ok(took)
}

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn print(what: &str, figures: &mut [f64], goal: &str) {
    figures.sort_by(f64::total_cmp);
    let (least, median, most) = (
        figures[0],
        figures[figures.len() / 2],
        figures[figures.len() - 1],
    );
    println!("{what:40} min {least:7.2}  median {median:7.2}  max {most:7.2}   ({goal})");
}
