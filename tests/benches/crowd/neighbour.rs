//! A declaration of one team while another floods Iris, beside the same declaration alone: in turn.

use std::time::Duration;

use anyhow::Context;
use iris_measure::{Goal, Measure};
use iris_tests::{Team, World, declared};
use slack_sim::DeliveryKind;

use crate::{
    company,
    declaration::{CALL, declare, opened},
    flood::{Flood, Models},
};

const RUNS: usize = 7;

/// Until the flood stands high.
const RISING: Duration = Duration::from_secs(1);

pub(crate) async fn run() -> anyhow::Result<()> {
    let files = [
        ("T0GOOD.toml", Team::English.file()),
        ("T0BAD.toml", Team::English.file()),
    ];
    let others = vec![company::acme("T0BAD")];
    let world = World::several(company::acme("T0GOOD"), others, &files).await?;
    let models = models(&world).await?;
    let (mut alone, mut beside, mut rates) = (vec![], vec![], vec![]);
    // The first opens connections.
    for run in 0..=RUNS {
        let (quiet, _) = room(&world, None).await?;
        let (flooded, rate) = room(&world, Some(&models)).await?;
        if run > 0 {
            alone.push(quiet / f64::from(CALL));
            beside.push(flooded / f64::from(CALL));
            rates.push(rate);
        }
    }
    Measure::new(
        "form submitted to room complete, while another team floods",
        "round trips",
    )
    .iris(&beside)
    .beside("alone", &alone)
    .goal(Goal::TimesAtMost(1.5))
    .print();
    Measure::new(
        "the flood: messages and commands acknowledged",
        "in a second",
    )
    .iris(&rates)
    .print();
    world.stop().await;
    Ok(())
}

/// How long a room takes, in milliseconds, beside a flood where there is one; and how many requests
/// of that were acknowledged in a second.
async fn room(world: &World, flood: Option<&Models>) -> anyhow::Result<(f64, f64)> {
    let aya = world.sim.person("@aya");
    // A room of a name that is taken would cost a call more.
    let title = format!("Trouble {}", world.sim.channels().len());
    let view = opened(&aya, &title).await?;
    world.settle().await;
    let flood = flood.map(|models| Flood::begin(models.clone()));
    tokio::time::sleep(RISING).await;
    let declared = declare(&world.sim, &aya, &view, ("Payments", "SEV2")).await;
    let rate = flood.map_or(Ok(0.0), Flood::over)?;
    world.settle().await;
    Ok((declared?.took, rate))
}

/// What people of the other team say in a room of theirs, and what they type.
async fn models(world: &World) -> anyhow::Result<Models> {
    let sim = &world.also[0];
    let room = declared(world, sim, "@ken").await?;
    let ken = sim.person("@ken");
    ken.say(&room, "1.42 went out")?;
    world.settle().await;
    ken.command("#general", "/incident help").await?;
    let delivered = |kind: DeliveryKind| {
        let mut deliveries = sim.deliveries().into_iter();
        let newest = deliveries.rfind(|one| one.kind == kind);
        newest.context("it was delivered")
    };
    let address = world.url.strip_prefix("http://");
    let address = address.and_then(|url| url.split('/').next());
    Ok(Models {
        message: delivered(DeliveryKind::Event)?,
        command: delivered(DeliveryKind::Command)?,
        secret: sim.settings().signing_secret.clone(),
        clock: sim.clock().clone(),
        address: address.context("Iris has an address")?.to_owned(),
    })
}
