//! Conversations through the production wiring, one folder for each thing that they are about. They
//! are one program, since each that is linked costs seconds and a hundred megabytes; what must have
//! a process of its own stands beside this folder.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

mod faults;
mod fields;
mod hooks;
mod installs;
mod noise;
mod parked;
mod registry;
mod sockets;
mod trouble;
mod two_teams;

use iris_tests::World;
use slack_sim::story::parse;

/// Plays acts one after the other and tells what was seen of all of them.
async fn play(world: &World, story: &str) -> String {
    let mut player = world.player();
    let mut told = String::new();
    for line in parse(story).expect("the story can be read") {
        for seen in player.play(&line).await.expect("people can act") {
            told.push_str(&seen);
            told.push('\n');
        }
    }
    told
}
