//! Whether Iris gets slower, or holds more in memory, because more is stored: a thousand incidents,
//! ten thousand, a hundred thousand with a million entries; and ten thousand that are open.
//!
//! Each store has an Iris of its own, in a process of its own; they are asked in turn.

mod filled;
#[path = "../program/mod.rs"]
mod program;
mod side;

use std::process::ExitCode;

use filled::Size;
use iris_measure::{Goal, Measure, percentile};
use side::{Side, Work};

const RUNS: usize = 5;
/// Askings of a run, of which the slowest in a hundred is taken.
const EACH: usize = 100;
const OPEN: u32 = 5;
const MANY_OPEN: u32 = 10_000;

const WORK: [(&str, Work); 4] = [
    ("a command, typed to answered", Work::Status),
    ("the list, typed to answered", Work::List),
    ("a timeline, typed to answered", Work::Timeline),
    ("a message, delivered to acknowledged", Work::Message),
];

fn main() -> anyhow::Result<ExitCode> {
    if let Some(ended) = program::asked() {
        return Ok(ended);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        grown().await?;
        open().await
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The same work, on stores of each size.
async fn grown() -> anyhow::Result<()> {
    let mut sides = vec![];
    for incidents in [1_000, 10_000, 100_000] {
        let size = Size {
            incidents,
            open: OPEN,
        };
        sides.push(Side::open(size).await?);
    }
    for (name, work) in WORK {
        let took = slowest(&sides, work).await?;
        beside(&sides, &took, |size| {
            format!("{name}, {}, p99", shown(size.incidents))
        });
    }
    for side in &sides[1..] {
        let what = format!("start to ready, {}", shown(side.size.incidents));
        Measure::new(what, "ms")
            .iris(&[side.ready])
            .beside(shown(sides[0].size.incidents), &[sides[0].ready])
            .print();
    }
    for side in &sides {
        let each = side.disk()? / f64::from(side.size.incidents);
        let what = shown(side.size.incidents);
        Measure::new(
            format!("disk for an incident with ten entries, of {what}"),
            "KiB",
        )
        .iris(&[each])
        .print();
    }
    Ok(())
}

/// Ten thousand that are open, beside as many that are closed.
async fn open() -> anyhow::Result<()> {
    let size = |open| Size {
        incidents: MANY_OPEN,
        open,
    };
    let sides = [
        Side::open(size(OPEN)).await?,
        Side::open(size(MANY_OPEN)).await?,
    ];
    let memory = |when: &str| -> anyhow::Result<()> {
        let (few, many) = (sides[0].memory()?, sides[1].memory()?);
        Measure::new(format!("memory, 10,000 incidents open, {when}"), "MiB")
            .iris(&[many])
            .beside("5 open, 9,995 closed", &[few])
            .print();
        Ok(())
    };
    memory("at rest")?;
    for (name, work) in WORK {
        let took = slowest(&sides, work).await?;
        let measure = Measure::new(format!("{name}, 10,000 open, p99"), "ms").iris(&took[1]);
        measure.beside("5 open, 9,995 closed", &took[0]).print();
    }
    memory("after all that")
}

/// The slowest in a hundred of each run, side by side.
async fn slowest(sides: &[Side], work: Work) -> anyhow::Result<Vec<Vec<f64>>> {
    let mut slowest = vec![vec![]; sides.len()];
    // The first run is not counted.
    for run in 0..=RUNS {
        let mut took = vec![vec![]; sides.len()];
        for n in 0..EACH {
            for (side, took) in sides.iter().zip(&mut took) {
                took.push(side.take(work, run * EACH + n).await?);
            }
        }
        if run > 0 {
            for (slowest, took) in slowest.iter_mut().zip(&took) {
                slowest.extend(percentile(took, 99));
            }
        }
    }
    Ok(slowest)
}

/// Each larger store beside the smallest.
fn beside(sides: &[Side], took: &[Vec<f64>], name: impl Fn(Size) -> String) {
    for (side, took_there) in sides.iter().zip(took).skip(1) {
        Measure::new(name(side.size), "ms")
            .iris(took_there)
            .beside(shown(sides[0].size.incidents), &took[0])
            .goal(Goal::TimesAtMost(1.3))
            .print();
    }
}

/// `100,000 incidents`.
fn shown(incidents: u32) -> String {
    format!("{},000 incidents", incidents / 1_000)
}
