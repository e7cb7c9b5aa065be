//! How many round trips to Slack a declaration takes, from the submitted form to the last effect:
//! with 100 ms injected into every call of Slack's Web API, wall time over 100 ms.

use std::time::{Duration, Instant};

use iris_tests::{Team, World};
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
        opened.push((run.form.as_secs_f64() - CALL.as_secs_f64()) * 1000.0);
        sequential.push(f64::from(run.calls));
    }
    print("declaration, round trips", &mut trips, "at most 3.2");
    print(
        "the same calls, one after the other",
        &mut sequential,
        "what a sequential bot takes",
    );
    print(
        "command to form, ms besides Slack's own",
        &mut opened,
        "at most 300",
    );
    Ok(())
}

struct Run {
    wall: Duration,
    form: Duration,
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
    let view = loop {
        if let Some(view) = aya.view() {
            break view;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    };
    let form = typed.elapsed();
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
        form,
        calls: u32::try_from(calls)?,
    })
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
