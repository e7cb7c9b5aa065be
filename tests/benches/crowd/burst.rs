//! A hundred declarations in one second, with Slack's rate limits: the first room beside one that is
//! declared alone, and the last room beside the moment before which Slack cannot let it be complete.
//!
//! The limits' time is the workspace's: it is put forward whenever nothing but a limit is waited for.

use std::{collections::BTreeMap, ops::Range, time::Duration};

use anyhow::Context;
use iris_measure::{Goal, Measure};
use iris_tests::World;
use slack_sim::{Call, DeliveryKind, Positions, Sim, allowance};

use crate::{
    company,
    declaration::{CALL, needed, opened, submit, took},
};

const ROOMS: usize = 100;
const RUNS: usize = 3;

/// Between two declarations: all of them come in one second.
const APART: Duration = Duration::from_millis(10);

/// Whoever is called is looked up for all, and what people are shown meanwhile is no part of a room.
const BESIDE: [&str; 4] = ["usergroups.", "users.", "views.", "chat.postEphemeral"];

/// After it no limit remembers what was called.
const FORGOTTEN: Duration = Duration::from_mins(2);

pub(crate) async fn run() -> anyhow::Result<()> {
    let (mut alone, mut first) = (vec![], vec![]);
    let (mut finished, mut floors) = (vec![], vec![]);
    let mut binding = String::new();
    for _ in 0..RUNS {
        let run = burst().await?;
        alone.push(run.alone);
        first.push(run.first);
        finished.push(run.finished);
        floors.push(run.floor.seconds);
        binding = run.floor.binding;
    }
    let what = format!("the first of {ROOMS} rooms declared in one second");
    Measure::new(what, "ms")
        .iris(&first)
        .beside("a room declared alone", &alone)
        .goal(Goal::TimesAtMost(1.0))
        .print();
    let what = format!("all {ROOMS} rooms complete, by the workspace's clock");
    Measure::new(what, "s")
        .iris(&finished)
        .beside(format!("as Slack's limits allow: {binding}"), &floors)
        .goal(Goal::TimesAtMost(1.1))
        .print();
    Ok(())
}

struct Run {
    /// Milliseconds.
    alone: f64,
    first: f64,
    /// Seconds.
    finished: f64,
    floor: Floor,
}

async fn burst() -> anyhow::Result<Run> {
    let world = World::with(company::with_people("T0ACME", ROOMS + 1), &company::file()).await?;
    let single = declared(&world, 0..1).await?;
    let whole = counted(single.room(1));
    let alone = single.took(1, &whole).context("a room alone")?;
    let all = declared(&world, 1..ROOMS + 1).await?;
    let first = all.took(2, &whole).context("a first room")?;
    let mut finished = 0;
    for incident in 2..ROOMS + 2 {
        let calls = all.complete(incident, &whole);
        let calls = calls.with_context(|| format!("INC-{incident} is not complete"))?;
        let last = calls.iter().map(|call| call.at).max();
        finished = finished.max(last.context("it needs calls")?);
    }
    world.stop().await;
    Ok(Run {
        alone,
        first,
        finished: Duration::from_micros(finished - all.at).as_secs_f64(),
        floor: floor(&whole, alone),
    })
}

/// Moves Slack's levers.
fn put(sim: &Sim, latency_ms: u64, rate_limits: bool) {
    sim.put_levers(Positions {
        latency_ms,
        rate_limits,
        outage: None,
    });
}

/// All is done, and no limit remembers it.
async fn forgotten(world: &World) {
    world.settle().await;
    world.sim.advance(FORGOTTEN);
    world.settle().await;
}

/// What several declarations came to.
struct Declared {
    /// When the first was sent, in microseconds of the workspace's clock, and of its real time.
    at: u64,
    began: u64,
    calls: Vec<Call>,
}

/// These people declare, until all is done.
async fn declared(world: &World, who: Range<usize>) -> anyhow::Result<Declared> {
    let sim = &world.sim;
    // Open before, so that what is counted begins with the forms that are sent.
    let mut forms = vec![];
    for n in who {
        let person = sim.person(&format!("@crowd{n}"));
        let view = opened(&person, &format!("Trouble {n}")).await?;
        forms.push((person, view));
    }
    forgotten(world).await;
    let (before, delivered) = (sim.call_count(), sim.delivery_count());
    let mut sent = tokio::task::JoinSet::new();
    put(sim, CALL.into(), true);
    for (person, view) in forms {
        sent.spawn(async move { submit(&person, &view, "Payments", "SEV2").await });
        tokio::time::sleep(APART).await;
    }
    while let Some(sent) = sent.join_next().await {
        sent??;
    }
    world.settle().await;
    put(sim, 0, false);
    let first = first_form(sim, delivered)?;
    Ok(Declared {
        at: first.0,
        began: first.1,
        calls: needed(sim, before),
    })
}

fn first_form(sim: &Sim, delivered: usize) -> anyhow::Result<(u64, u64)> {
    let forms = sim.deliveries_after(delivered).into_iter();
    let forms = forms.filter(|one| one.kind == DeliveryKind::Interaction);
    let first = forms
        .min_by_key(|form| form.began)
        .context("forms were sent")?;
    Ok((first.at, first.began))
}

impl Declared {
    /// The calls for a room.
    fn room(&self, incident: usize) -> impl Iterator<Item = &Call> {
        let tag = format!("INC-{incident} ");
        let for_it = move |call: &&Call| call.tag.as_deref().is_some_and(|it| it.starts_with(&tag));
        let of_it = |call: &&Call| !BESIDE.iter().any(|it| call.method.starts_with(it));
        let calls = self.calls.iter().filter(for_it);
        calls.filter(of_it).filter(|call| call.ok())
    }

    /// As many of each as one alone needed, the earliest; `None`: it has not had them. What comes
    /// later, as a reminder does, was not waited for.
    fn complete(&self, incident: usize, whole: &Counts) -> Option<Vec<&Call>> {
        let mut left = whole.clone();
        let mut calls: Vec<&Call> = self.room(incident).collect();
        calls.retain(|call| {
            let left = left.get_mut(&call.method).filter(|left| **left > 0);
            left.map(|left| *left -= 1).is_some()
        });
        left.values().all(|left| *left == 0).then_some(calls)
    }

    /// How long its room took from the first form on, in milliseconds.
    fn took(&self, incident: usize, whole: &Counts) -> Option<f64> {
        took(self.complete(incident, whole)?, self.began)
    }
}

/// How many calls of each method.
type Counts = BTreeMap<String, usize>;

fn counted<'a>(calls: impl Iterator<Item = &'a Call>) -> Counts {
    let mut counts = Counts::new();
    for call in calls {
        *counts.entry(call.method.clone()).or_default() += 1;
    }
    counts
}

/// The earliest moment at which all rooms can be complete.
struct Floor {
    seconds: f64,
    /// What forbids it earlier.
    binding: String,
}

/// From the calls of one room, and the milliseconds that it took alone: the last room's go with the
/// last window.
fn floor(whole: &Counts, alone: f64) -> Floor {
    let limits = whole.iter().filter_map(|(method, each)| {
        // Of messages each room has a limit of its own.
        let (most, window) = allowance(method).filter(|_| method != "chat.postMessage")?;
        let windows = u32::try_from((each * ROOMS).div_ceil(most) - 1).ok()?;
        let (needed, seconds) = (each * ROOMS, window.as_secs());
        let said = format!("{needed} × {method}, {most} in {seconds} s");
        Some((window * windows, said))
    });
    let (least, binding) = limits.max_by_key(|(least, _)| *least).unwrap_or_default();
    Floor {
        seconds: least.as_secs_f64() + alone / 1000.0,
        binding,
    }
}
