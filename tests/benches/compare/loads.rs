//! What a second of a processor is worth: commands that are acknowledged, and messages of a war room
//! that are stored before they are acknowledged.

use anyhow::{Context, ensure};
use iris_measure::{Goal, Measure, median, percentile};
use serde_json::{Value, json};
use slack_sim::{Delivery, DeliveryKind};

use crate::{
    load::{send, signed},
    rows,
    side::{Kind, Side},
};

const RUNS: usize = 5;

/// Requests of a run: enough for a second of each side's processor, or two.
fn requests(kind: Kind) -> usize {
    match kind {
        Kind::Iris => 20_000,
        Kind::JavaScript => 4_000,
        Kind::Python => 1_000,
    }
}

/// Figures of one kind of load, of each side.
#[derive(Default)]
struct Figures {
    /// Requests in a second of the program's own time, and in a second.
    each_cpu_second: [Vec<f64>; 3],
    each_second: [Vec<f64>; 3],
    /// Milliseconds.
    half: [Vec<f64>; 3],
    most: [Vec<f64>; 3],
}

/// `/incident help`, each with a trigger of its own.
pub(crate) async fn acknowledgements(sides: &[Side]) -> anyhow::Result<()> {
    let mut figures = Figures::default();
    // The first run lets just-in-time compilers do their work.
    for run in 0..=RUNS {
        for (index, side) in sides.iter().enumerate() {
            let aya = side.sim.person("@aya");
            aya.command("#general", "/incident help").await?;
            let model = delivered(side, DeliveryKind::Command)?;
            let one = |number: usize| {
                let trigger = format!("trigger_id={run}x{number}x");
                model.body.replace("trigger_id=", &trigger)
            };
            let bodies = (0..requests(side.kind)).map(one);
            let requests = bodies.map(|body| signed(side, &model, &body)).collect();
            figures.take(index, side, requests, run > 0).await?;
        }
    }
    let ten = Some(Goal::TimesAtLeast(10.0));
    let what = "commands acknowledged";
    rows(what, "in a CPU second", &figures.each_cpu_second, ten);
    rows(what, "in a second", &figures.each_second, None);
    let [iris, ..] = &figures.most;
    let [_, javascript, _] = &figures.half;
    let row = Measure::new("a command acknowledged, p99", "ms").iris(iris);
    let row = row.beside("Bolt JS, p50", javascript);
    row.goal(Goal::TimesAtMost(1.0)).print();
    Ok(())
}

/// Messages in the newest war room.
pub(crate) async fn events(sides: &[Side]) -> anyhow::Result<()> {
    let mut figures = Figures::default();
    for run in 0..=RUNS {
        for (index, side) in sides.iter().enumerate() {
            let rooms = side.sim.channels().into_iter();
            let room = rooms.rev().find(|channel| channel.name.starts_with("inc-"));
            let room = room.context("a room was made")?.id;
            side.sim.person("@aya").say(&room, "A model")?;
            side.settle().await?;
            let model = delivered(side, DeliveryKind::Event)?;
            let bodies = (0..requests(side.kind)).map(|number| message(&model, run, number));
            let requests: Result<Vec<_>, _> = bodies
                .map(|body| body.map(|body| signed(side, &model, &body)))
                .collect();
            let (requests, before) = (requests?, side.messages()?);
            let sent = u32::try_from(requests.len())?;
            figures.take(index, side, requests, run > 0).await?;
            let stored = side.messages()? - before;
            ensure!(stored == sent, "{} stored {stored}", side.kind.name());
        }
    }
    let ten = Some(Goal::TimesAtLeast(10.0));
    let what = "messages stored, acknowledged and handled";
    rows(what, "in a CPU second", &figures.each_cpu_second, ten);
    let what = "messages stored and acknowledged";
    rows(what, "in a second", &figures.each_second, ten);
    rows("a message acknowledged, p99", "ms", &figures.most, None);
    Ok(())
}

impl Figures {
    /// One load of one side, until it is followed to its end.
    async fn take(
        &mut self,
        index: usize,
        side: &Side,
        requests: Vec<Vec<u8>>,
        counts: bool,
    ) -> anyhow::Result<()> {
        side.settle().await?;
        let count = f64::from(u32::try_from(requests.len())?);
        let before = side.running()?.seconds()?;
        let load = send(side, requests).await;
        let load = load.with_context(|| side.kind.name())?;
        side.settle().await?;
        let seconds = side.running()?.seconds()? - before;
        if counts {
            self.each_cpu_second[index].push(count / seconds);
            self.each_second[index].push(count / load.wall.as_secs_f64());
            self.half[index].extend(median(&load.took));
            self.most[index].extend(percentile(&load.took, 99));
        }
        Ok(())
    }
}

/// The newest of its kind that was delivered.
fn delivered(side: &Side, kind: DeliveryKind) -> anyhow::Result<Delivery> {
    let mut deliveries = side.sim.deliveries().into_iter();
    let found = deliveries.rfind(|one| one.kind == kind);
    found.with_context(|| format!("nothing was delivered to {}", side.kind.name()))
}

/// Another message, in the same room.
fn message(model: &Delivery, run: usize, number: usize) -> anyhow::Result<String> {
    let mut envelope: Value = serde_json::from_str(&model.body)?;
    let event = &mut envelope["event"];
    let ts = event["ts"].as_str().context("it has a time")?;
    let (second, _) = ts.split_once('.').context("with microseconds")?;
    let ts = json!(format!("{second}.{run}{number:05}"));
    event["ts"] = ts.clone();
    event["event_ts"] = ts;
    event["client_msg_id"] = json!(format!("00000000-0000-4000-8000-{run:06}{number:06}"));
    event["text"] = json!(format!("{number}: the database is full"));
    envelope["event_id"] = json!(format!("EvLOAD{run}{number:05}"));
    Ok(envelope.to_string())
}
