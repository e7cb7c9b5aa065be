//! Workspaces come and go: people install Iris from Slack's page, and take it out again.

mod arriving;
mod browser;
mod leaving;
mod organisation;
mod refused;
mod rotation;

use browser::{Browser, Page};
use iris_tests::{Team, World};
use slack_sim::{ClockSetting, Settings, Sim, story::parse};

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
    let browser = Browser::new(world);
    let page = browser.begin().await;
    let back = sim.person(who).allow(&page).expect("they may install apps");
    let page = browser.back(&back).await;
    world.settle().await;
    page
}

/// Plays acts in one workspace and tells what was seen there.
async fn tell(world: &World, sim: &Sim, story: &str) -> String {
    let mut player = world.player_in(sim);
    let mut told = Vec::new();
    for line in parse(story).expect("the story can be read") {
        told.extend(player.play(&line).await.expect("people can act"));
    }
    told.join("\n")
}

const DECLARE: &str = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits";
