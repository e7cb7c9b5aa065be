//! Socket Mode: Slack delivers through connections that Iris opens. Every story is told through them
//! too, in `../../stories.rs`; here is what happens to the connections.

mod ends;
mod logged;
mod once;
mod refused;

use std::time::Duration;

use iris_tests::{Team, World, in_time, until};
use slack_sim::{Delivery, story::parse};

/// How Iris asks for a socket.
const OPEN: &str = "apps.connections.open";

/// What Iris lists when there is no incident.
const NONE: &str = "No open incidents.";
/// Between two looks whether a socket lives.
const LOOK: Duration = Duration::from_secs(10);

async fn world() -> World {
    let started = Box::pin(World::over_sockets(Team::English));
    in_time("Iris starts", started).await.unwrap()
}

/// How often Iris has asked for a socket.
fn asked(world: &World) -> usize {
    let calls = world.sim.calls().into_iter();
    calls.filter(|call| call.method == OPEN).count()
}

/// Plays acts and tells what was seen of them.
async fn play(world: &World, story: &str) -> String {
    let mut player = world.player();
    let mut told = String::new();
    for line in parse(story).unwrap() {
        let seen = in_time(story, player.play(&line)).await.unwrap();
        told.extend(seen.iter().flat_map(|seen| [seen, "\n"]));
    }
    told
}

/// So many sockets are open, at last.
async fn open(world: &World, count: usize) {
    in_time("sockets are open", world.listens(count)).await;
}

/// Lets time pass, second by second, until it is so.
async fn pass(world: &World, what: &str, mut so: impl AsyncFnMut() -> bool) {
    in_time(what, async {
        while !so().await {
            world.sim.advance(Duration::from_secs(1));
            world.settle().await;
        }
    })
    .await;
}

/// So many sockets are open, after the wait that follows a failure.
async fn open_again(world: &World, count: usize) {
    let so = async || world.sim.sockets().seen().open == count;
    pass(world, "sockets are open again", so).await;
}

/// `/readyz` says this, at last.
async fn ready(world: &World, says: &str) {
    let so = async || world.get("/readyz").await.unwrap().contains(says);
    until(says, so).await;
}

/// What was delivered last of this kind.
fn last(world: &World, name: &str) -> Delivery {
    let mut deliveries = world.sim.deliveries().into_iter();
    deliveries.rfind(|one| one.name == name).unwrap()
}

/// So many ended for this reason since the program of the tests began.
fn ended(reason: &str) -> u64 {
    let name = format!("iris_socket_disconnects_total{{reason=\"{reason}\"}} ");
    let figures = iris::figures::gather().render();
    let mut lines = figures.lines();
    lines
        .find_map(|line| line.strip_prefix(&name)?.parse().ok())
        .unwrap_or_default()
}
