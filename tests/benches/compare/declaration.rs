//! A form that is submitted, until the war room is complete, with 100 ms injected into every call of
//! Slack's Web API.

use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use iris_measure::{Goal, Measure};
use iris_tests::form;
use slack_sim::{Call, DeliveryKind, Positions, Sim};

use crate::{
    rows,
    side::{Kind, Side},
};

/// Milliseconds that a call takes besides its work.
const CALL: u32 = 100;
const RUNS: usize = 5;

/// So many calls a bot on Bolt makes, one after the other.
const CALLS: usize = 10;
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) async fn run(sides: &[Side]) -> anyhow::Result<()> {
    let mut trips: [Vec<f64>; 3] = Default::default();
    let mut calls: [Vec<f64>; 3] = Default::default();
    for run in 0..RUNS {
        for (index, side) in sides.iter().enumerate() {
            put_latency(&side.sim, CALL);
            let made = declared(side, run).await;
            put_latency(&side.sim, 0);
            let (took, made) = made.with_context(|| side.kind.name())?;
            trips[index].push(took);
            calls[index].push(made);
        }
    }
    let what = "form submitted to war room complete";
    let [iris, ..] = &trips;
    let row = Measure::new(what, "round trips").iris(iris);
    let floor = "room, guide, pin, one after the other";
    let row = row.beside(floor, &[3.0]);
    row.goal(Goal::AtMost(3.1)).print();
    rows(what, "round trips", &trips, None);
    rows("calls of Slack's in that time", "calls", &calls, None);
    Ok(())
}

fn put_latency(sim: &Sim, milliseconds: u32) {
    sim.put_levers(Positions {
        latency_ms: milliseconds.into(),
        rate_limits: false,
        outage: None,
    });
}

/// From the moment when Slack delivers the form to the last answer that the room needs, in round
/// trips; and the calls.
async fn declared(side: &Side, run: usize) -> anyhow::Result<(f64, f64)> {
    let sim = &side.sim;
    let aya = sim.person("@aya");
    let title = format!("Checkout fails {run}");
    let words = match side.kind {
        Kind::Iris => format!("/incident declare {title}"),
        Kind::JavaScript | Kind::Python => "/incident".to_owned(),
    };
    aya.command("#general", &words).await?;
    let view = form(&aya).await;
    side.settle().await?;
    let before = sim.calls().last().map_or(0, |call| call.id);
    let filled = aya.fill(&view);
    let filled = match side.kind {
        Kind::Iris => filled.set("product", "Payments").set("severity", "SEV1"),
        Kind::JavaScript | Kind::Python => filled.set("Title", &*title).set("severity", "sev1"),
    };
    filled.submit().await?;
    let began = Instant::now();
    // A bot does not say when it is done.
    while side.kind != Kind::Iris && sim.calls_after(before).len() < CALLS {
        if began.elapsed() > PATIENCE {
            bail!("the room is not complete");
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    side.settle().await?;
    // Names are learnt afterwards, and nobody waits for them.
    let mut needed = sim.calls_after(before);
    needed.retain(|call| call.method != "users.info");
    let refused: Vec<&Call> = needed.iter().filter(|call| !call.ok()).collect();
    ensure!(refused.is_empty(), "refused: {refused:?}");
    let mut deliveries = sim.deliveries().into_iter();
    let submitted = deliveries.rfind(|one| one.kind == DeliveryKind::Interaction);
    let submitted = submitted.context("the form was delivered")?.began;
    let last = needed.iter().map(|call| call.began + call.took).max();
    let took = Duration::from_micros(last.context("calls were made")? - submitted);
    let trips = took.as_secs_f64() * 1000.0 / f64::from(CALL);
    // Whoever closes the form sees the next one first.
    while aya.view().is_some() {
        aya.close_view().await?;
    }
    Ok((trips, f64::from(u32::try_from(needed.len())?)))
}
