//! How many round trips to Slack a declaration takes, from the submitted form to the last effect:
//! with 100 ms injected into every call of Slack's Web API, wall time over 100 ms.

use std::time::{Duration, Instant};

use iris_measure::{Goal, Measure};
use iris_tests::{Team, World, form};
use slack_sim::{ClockSetting, SubmitOutcome};

const CALL: Duration = Duration::from_millis(100);
const RUNS: usize = 9;

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let mut trips = Vec::new();
    let mut sequential = Vec::new();
    let mut opened = Vec::new();
    for _ in 0..RUNS {
        let run = runtime.block_on(declare())?;
        trips.push(run.wall.as_secs_f64() / CALL.as_secs_f64());
        opened.push((run.opened.as_secs_f64() - CALL.as_secs_f64()) * 1000.0);
        sequential.push(f64::from(run.calls));
    }
    Measure::new("form submitted to room complete", "round trips")
        .iris(&trips)
        .beside("the same calls, one after the other", &sequential)
        .goal(Goal::AtMost(3.1))
        .print();
    Measure::new("command to form, besides Slack's own time", "ms")
        .iris(&opened)
        .goal(Goal::AtMost(300.0))
        .print();
    Ok(())
}

struct Run {
    wall: Duration,
    opened: Duration,
    calls: u32,
}

async fn declare() -> anyhow::Result<Run> {
    let settings = slack_sim::Settings {
        clock: ClockSetting::Real,
        latency_ms: u64::try_from(CALL.as_millis())?,
        ..slack_sim::Settings::default()
    };
    let world = World::with(settings, Team::English.file()).await?;
    let aya = world.sim.person("@aya");
    let typed = Instant::now();
    aya.command("#general", "/incident Checkout fails with 500")
        .await?;
    let view = form(&aya).await;
    let opened = typed.elapsed();
    world.settle().await;

    let before = world.sim.calls().len();
    let filled = aya
        .fill(&view)
        .set("product", "Payments")
        .set("severity", "SEV1");
    let start = Instant::now();
    anyhow::ensure!(matches!(filled.submit().await?, SubmitOutcome::Updated(_)));
    let told = start.elapsed();
    world.settle().await;
    let calls = world.sim.calls().split_off(before);
    // Names are learnt afterwards, one after the other, and nobody waits for them.
    let needed: Vec<_> = calls
        .iter()
        .filter(|call| call.method != "users.info")
        .collect();
    let ends = needed.iter().map(|call| call.began + call.took);
    let first = needed.iter().map(|call| call.began).min();
    let last = ends
        .max()
        .zip(first)
        .map_or(0, |(last, first)| last - first);
    let wall = told + Duration::from_micros(last);
    let calls = needed.len();
    world.stop().await;
    Ok(Run {
        wall,
        opened,
        calls: u32::try_from(calls)?,
    })
}
