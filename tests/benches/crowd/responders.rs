//! A room into which two hundred people are called, ten groups of them and twenty by their addresses:
//! by an Iris that has just started, and while it still knows whom they mean.

use anyhow::{Context, ensure};
use iris_measure::{Goal, Measure};
use iris_tests::World;

use crate::{
    company::{self, PRODUCT, RESPONDERS},
    declaration::{CALL, Declared, declare, opened},
};

const RUNS: usize = 5;

pub(crate) async fn run() -> anyhow::Result<()> {
    let (mut cold, mut warm) = (Figures::default(), Figures::default());
    // The first start compiles the steps.
    for run in 0..=RUNS {
        let world = World::with(company::with_responders("T0ACME"), &company::file()).await?;
        for (figures, title) in [(&mut cold, "Cold"), (&mut warm, "Warm")] {
            let declared = declared(&world, title).await?;
            world.settle().await;
            if run > 0 {
                figures.take(&declared)?;
            }
        }
        world.stop().await;
    }
    cold.told("whom they mean not asked yet", 5.0);
    warm.told("whom they mean known", 3.1);
    Ok(())
}

#[derive(Default)]
struct Figures {
    trips: Vec<f64>,
    calls: Vec<f64>,
}

impl Figures {
    fn take(&mut self, declared: &Declared) -> anyhow::Result<()> {
        self.trips.push(declared.took / f64::from(CALL));
        self.calls.push(u32::try_from(declared.calls.len())?.into());
        Ok(())
    }

    fn told(&self, how: &str, most: f64) {
        let what = format!("form submitted to room complete, {RESPONDERS} responders, {how}");
        Measure::new(what, "round trips")
            .iris(&self.trips)
            .beside("the same calls, one after the other", &self.calls)
            .goal(Goal::AtMost(most))
            .print();
    }
}

async fn declared(world: &World, title: &str) -> anyhow::Result<Declared> {
    let sim = &world.sim;
    let aya = sim.person("@aya");
    let view = opened(&aya, title).await?;
    world.settle().await;
    let declared = declare(sim, &aya, &view, (PRODUCT, "SEV1")).await?;
    let rooms = sim.channels().into_iter();
    let room = rooms.rev().find(|channel| channel.name.starts_with("inc-"));
    let room = room.context("a room was made")?;
    let here = room.members.iter();
    let called = here.filter(|id| id.starts_with("U0CROWD")).count();
    ensure!(called == RESPONDERS, "{called} came");
    Ok(declared)
}
