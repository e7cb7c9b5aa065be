//! A thousand workspaces have installed Iris.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use super::*;

const WORKSPACES: usize = 1_000;
/// What a start may take at most, in a build for tests on a busy machine.
const START: Duration = Duration::from_secs(30);

fn one(n: usize) -> Settings {
    let team = format!("T{n:06}");
    Settings {
        bot_token: format!("xoxb-of-{team}"),
        ..workspace(&team)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_workspaces_are_served_from_the_start_on() {
    let others = (1..WORKSPACES).map(one).collect();
    let world = World::installed(one(0), others, Team::English.file())
        .await
        .expect("they have installed it");
    let began = Instant::now();
    let world = world.restarted().await.expect("Iris starts again");
    let took = began.elapsed();
    assert!(took < START, "{took:?}");
    assert_eq!(world.sim.call_count(), 0, "a start calls nobody");

    let all: Vec<_> = [world.sim.clone()]
        .into_iter()
        .chain(world.also.iter().cloned())
        .collect();
    // In one of them something is open, and all of them are asked at once.
    declare(&world, &all[500]).await;
    let ask = async |sim: &Sim| {
        sim.person("aya")
            .command("#general", "/incident list")
            .await
    };
    let asked = join_all(all.iter().map(ask)).await;
    assert!(asked.iter().all(Result::is_ok), "{asked:?}");
    world.settle().await;
    for (n, sim) in all.iter().enumerate() {
        let told = sim.ephemerals("aya").pop();
        let told = told.map(|told| sim.shown(&told.text, &told.blocks));
        let told = told.unwrap_or_else(|| panic!("{n} is not served"));
        let open = told.contains("Checkout fails with 500");
        assert_eq!(open, n == 500, "{n}: {told}");
    }
    world.stop().await;
}
