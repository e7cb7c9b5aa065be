//! How soon an envelope is acknowledged through a socket, with a thousand in flight: each is stored
//! before it is acknowledged.

use std::time::Instant;

use anyhow::ensure;
use iris_measure::{Goal, Measure, median, percentile};
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
            let took = flood(&world, run).await?;
            half.extend(median(&took));
            all.extend(percentile(&took, 99));
        }
        world.stop().await;
        anyhow::Ok(())
    })?;
    Measure::new("stored and acknowledged, 1,000 in flight, median", "ms")
        .iris(&half)
        .print();
    Measure::new("stored and acknowledged, 1,000 in flight, p99", "ms")
        .iris(&all)
        .beside("Slack's patience", &[3_000.0])
        .goal(Goal::TimesAtMost(1.0))
        .print();
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
