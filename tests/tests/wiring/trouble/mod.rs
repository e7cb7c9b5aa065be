//! What people are told when something goes wrong: in Slack, in a step, in a team's file, in what
//! they typed. Each is told once, to who can act.

mod answers;
mod forms;
mod guest;
mod people;
mod permissions;
mod receipts;
mod room;
mod shared;
mod slow;
mod steps;

use iris_tests::{Team, World};
use slack_sim::Settings;

use crate::play as tell;

const DECLARED: &str = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits";

const DECLARED_JA: &str = "> @aya #general: /incident 決済画面で500エラー
> @aya fills 重大度: SEV2
> @aya submits";

/// How an incident is declared in each language.
const BOTH: [(Team, &str); 2] = [(Team::English, DECLARED), (Team::Japanese, DECLARED_JA)];

/// What is new, when somebody acted otherwise than in a story.
async fn look(world: &World, act: impl AsyncFnOnce()) -> String {
    let mut player = world.player();
    act().await;
    player.look().await.join("\n")
}

/// All of it was told, in these words.
#[track_caller]
fn told(what: &str, words: &[&str]) {
    for words in words {
        assert!(what.contains(words), "not told: {words}\n{what}");
    }
}

/// It was told once.
#[track_caller]
fn told_once(what: &str, words: &str) {
    assert_eq!(what.matches(words).count(), 1, "{words}\n{what}");
}

/// How often Iris has called this method of Slack.
fn called(world: &World, method: &str) -> usize {
    let calls = world.sim.calls();
    calls.iter().filter(|call| call.method == method).count()
}

/// Acme, with a clock that is moved by hand.
fn acme() -> Settings {
    Settings {
        clock: slack_sim::ClockSetting::manual(),
        ..Settings::default()
    }
}

/// Acme, where the app was installed without this permission.
fn acme_without(scopes: &[&str]) -> Settings {
    let mut settings = acme();
    settings
        .scopes
        .retain(|scope| !scopes.contains(&scope.as_str()));
    settings
}

/// Writes the team's file anew, and lets Iris read it at once.
fn rewrite(world: &World, file: &str) {
    let path = world.folder.path().join("teams/default.toml");
    std::fs::write(path, file).expect("a file can be written");
    world.app.teams.reload();
    assert!(world.app.teams.problems().is_empty());
}
