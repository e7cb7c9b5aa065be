//! Tokens that end are exchanged before they do.

use std::time::Duration;

use slack_sim::{Call, Fault};

use super::*;

const HOUR: Duration = Duration::from_hours(1);

pub(crate) fn rotating() -> Settings {
    let mut settings = workspace(FIRST);
    settings.oauth.rotation = true;
    settings
}

async fn rotating_world() -> World {
    let files = [("default.toml", Team::English.file())];
    let world = World::installable(rotating(), vec![], &files)
        .await
        .expect("a workspace and Iris");
    assert_eq!(install(&world, &world.sim, "ken").await.status, 200);
    world
}

/// Each time that a new pair of tokens was asked for.
pub(crate) fn asked(sim: &Sim) -> Vec<Call> {
    let of = |call: &Call| {
        call.args
            .get("grant_type")
            .is_some_and(|grant| grant == "refresh_token")
    };
    sim.calls().into_iter().filter(of).collect()
}

fn exchanges(world: &World) -> usize {
    asked(&world.sim).len()
}

async fn pass(world: &World, time: Duration) {
    world.pass(Some(time)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hours_before_its_end_a_token_is_exchanged_once() {
    let world = rotating_world().await;
    pass(&world, 9 * HOUR).await;
    assert_eq!(exchanges(&world), 0);
    pass(&world, HOUR).await;
    assert_eq!(exchanges(&world), 1);
    // The first one has ended by now; the second serves, also after a start.
    pass(&world, 3 * HOUR).await;
    declare(&world, &world.sim).await;
    let world = world.restarted().await.unwrap();
    resolve(&world, &world.sim).await;
    assert_eq!(exchanges(&world), 1);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_slack_exchanges_no_more_is_parked_until_iris_is_installed_again() {
    let world = rotating_world().await;
    let refused = Fault::Error("invalid_refresh_token".to_owned());
    world.sim.faults().next("oauth.v2.access", refused);
    pass(&world, 10 * HOUR).await;
    assert_eq!(exchanges(&world), 1);
    // It goes on with the token that it has.
    declare(&world, &world.sim).await;
    pass(&world, 3 * HOUR).await;
    assert_eq!(exchanges(&world), 1, "it is not asked again");

    // What is to be said waits, and is said once it is installed again.
    world
        .sim
        .person("aya")
        .command("#general", "/incident list")
        .await
        .unwrap();
    let page = install(&world, &world.sim, "ken").await;
    assert_eq!(page.status, 200, "{}", page.text);
    resolve(&world, &world.sim).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exchange_that_slack_did_not_answer_is_tried_again() {
    let world = rotating_world().await;
    world
        .sim
        .faults()
        .next("oauth.v2.access", Fault::Status(503));
    pass(&world, 10 * HOUR).await;
    assert_eq!(exchanges(&world), 1);
    pass(&world, HOUR).await;
    assert_eq!(exchanges(&world), 2);
    pass(&world, 4 * HOUR).await;
    declare(&world, &world.sim).await;
    world.stop().await;
}
