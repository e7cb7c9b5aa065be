//! Workspaces come and go: people install Iris from Slack's page, and take it out again.

mod arriving;
mod browser;
mod killed;
mod leaving;
mod many;
mod organisation;
mod refused;
mod rotation;

use browser::{Browser, Page};
use iris_tests::{Team, World};
use slack_sim::{
    ClockSetting, Settings, Sim,
    story::{Player, parse},
};

const FIRST: &str = "T0FIRST";
const SECOND: &str = "T0SECOND";

/// A workspace without Iris.
fn workspace(team: &str) -> Settings {
    let mut settings = Settings {
        clock: ClockSetting::manual(),
        bot_token: String::new(),
        ..Settings::default()
    };
    team.clone_into(&mut settings.team.id);
    settings.team.name = format!("The {team}");
    settings
}

/// Two workspaces that Iris may be installed in.
async fn world() -> World {
    let files = [("default.toml", Team::English.file())];
    World::installable(workspace(FIRST), vec![workspace(SECOND)], &files)
        .await
        .expect("two workspaces and Iris")
}

/// Somebody installs Iris, from the beginning to its end.
async fn install(world: &World, sim: &Sim, who: &str) -> Page {
    let page = Browser::new(world).install(sim, who).await;
    world.settle().await;
    page
}

/// Plays acts in one workspace and tells what was seen there.
async fn tell(world: &World, sim: &Sim, story: &str) -> String {
    play(&mut world.player_in(sim), story).await
}

/// Plays acts and tells what was seen of them.
async fn play(player: &mut Player<'_>, story: &str) -> String {
    let mut told = Vec::new();
    for line in parse(story).expect("the story can be read") {
        told.extend(player.play(&line).await.expect("people can act"));
    }
    told.join("\n")
}

const DECLARE: &str = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits";
const RESOLVE: &str = "> @aya #room: /incident resolve Rolled back";

/// Somebody declares the first incident there, which shows that Iris serves the workspace.
async fn declare(world: &World, sim: &Sim) {
    let told = tell(world, sim, DECLARE).await;
    assert!(told.contains("INC-1 is declared"), "{told}");
}

/// Somebody resolves it: Iris serves the workspace still, or again.
async fn resolve(world: &World, sim: &Sim) {
    let told = tell(world, sim, RESOLVE).await;
    assert!(told.contains("✅ Resolved"), "{told}");
}

/// What Iris answers to who asks for incidents there.
async fn listed(world: &World, sim: &Sim) -> String {
    tell(world, sim, "> @aya #general: /incident list").await
}

/// Iris is not installed there, and says so.
async fn is_not_there(world: &World, sim: &Sim) {
    let told = listed(world, sim).await;
    let says = "Iris is not installed in this workspace";
    assert!(told.contains(says), "{told}");
}
