//! The app's manifest: right for Slack, and with no more than the steps need.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

use std::{collections::BTreeSet, fs, path::Path, path::PathBuf, sync::Arc};

use iris::{
    config::parse,
    manifest::{App, Needs, manifest},
    registry::Registry,
    step::{Cache, Descriptor, Engine, Limits, Step, Steps},
    team::{Locale, Team},
};
use serde_json::Value;
use tokio::sync::OnceCell;
use url::Url;

const ALL: [&str; 6] = [
    "war-room", "invite", "guide", "todo", "timeline", "feedback",
];

/// Compiled once for all tests.
async fn steps() -> &'static Steps {
    static STEPS: OnceCell<Steps> = OnceCell::const_new();
    let start = || async {
        let engine = Engine::new(Limits::default()).unwrap();
        let registry = Registry::new(PathBuf::from("/nowhere"), 0);
        Steps::start(
            engine,
            Cache::new(None),
            registry,
            PathBuf::from("/nowhere"),
        )
        .await
        .unwrap()
    };
    STEPS.get_or_init(start).await
}

fn team(text: &str) -> Team {
    parse("team.toml", "T0ACME", text).0.unwrap().team
}

fn loaded(steps: &Steps, names: &[&str]) -> Vec<Arc<Step>> {
    names.iter().map(|name| steps.get(name).unwrap()).collect()
}

fn described(steps: &[Arc<Step>], locale: Locale) -> Vec<&Descriptor> {
    steps.iter().map(|step| step.descriptor(locale)).collect()
}

fn print(teams: &[&Team], steps: &[Arc<Step>], socket_mode: bool) -> Value {
    let locale = teams[0].locale;
    let url = Url::parse("https://iris.acme.example/").unwrap();
    manifest(&App {
        teams,
        steps: &described(steps, locale),
        public_url: Some(&url),
        socket_mode,
    })
}

#[tokio::test]
async fn the_manifest_of_the_standard_steps() {
    let steps = loaded(steps().await, &ALL);
    insta::assert_json_snapshot!("en", print(&[&team("")], &steps, false));
    let japanese = team("locale = \"ja\"\ntimezone = \"Asia/Tokyo\"\ncommand = \"/障害\"");
    insta::assert_json_snapshot!("ja", print(&[&japanese], &steps, false));
}

#[tokio::test]
async fn a_socket_needs_no_address_and_each_command_is_there_once() {
    let steps = loaded(steps().await, &["war-room"]);
    let teams = [
        team(""),
        team("command = \"/incident\""),
        team("command = \"/outage\""),
    ];
    let manifest = print(&teams.iter().collect::<Vec<_>>(), &steps, true);
    assert!(!manifest.to_string().contains("iris.acme.example"));
    assert_eq!(manifest["settings"]["socket_mode_enabled"], true);
    let commands = manifest["features"]["slash_commands"].as_array().unwrap();
    let names: Vec<_> = commands.iter().map(|command| &command["command"]).collect();
    assert_eq!(names, ["/incident", "/outage"]);
}

#[tokio::test]
async fn a_step_that_nobody_uses_asks_for_nothing() {
    let all = steps().await;
    let scopes = |names: &[&str]| -> BTreeSet<String> {
        let manifest = print(&[&team("")], &loaded(all, names), false);
        let scopes = manifest["oauth_config"]["scopes"]["bot"]
            .as_array()
            .unwrap();
        scopes
            .iter()
            .map(|scope| scope.as_str().unwrap().to_owned())
            .collect()
    };
    let (bare, whole) = (scopes(&[]), scopes(&ALL));
    assert!(bare.is_subset(&whole));
    for unneeded in [
        "channels:manage",
        "bookmarks:write",
        "pins:write",
        "reactions:read",
        "files:write",
    ] {
        assert!(
            !bare.contains(unneeded) && whole.contains(unneeded),
            "{unneeded}"
        );
    }
    assert!(!scopes(&["war-room", "invite", "guide", "todo"]).contains("reactions:read"));
    let shortcuts = |names: &[&str]| -> Vec<String> {
        let manifest = print(&[&team("")], &loaded(all, names), false);
        let shortcuts = manifest["features"]["shortcuts"].as_array().unwrap();
        shortcuts
            .iter()
            .map(|s| s["callback_id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        shortcuts(&["todo"]),
        ["core:declare", "todo:add.message", "core:declare.message"]
    );
}

#[tokio::test]
async fn row_40_what_a_token_lacks_is_named() {
    let steps = loaded(steps().await, &["timeline"]);
    let needs = Needs::of(&described(&steps, Locale::En));
    let all: Vec<&str> = needs.scopes().into_iter().collect();
    assert_eq!(needs.lacking(&all), None);
    let fewer: Vec<&str> = all
        .into_iter()
        .filter(|scope| *scope != "reactions:read")
        .collect();
    let lacking = needs.lacking(&fewer).unwrap();
    assert!(
        lacking.starts_with("lacks the scopes reactions:read: add them"),
        "{lacking}"
    );
}

/// What Slack's schema of manifests says of them, where a copy lies beside the repository.
#[tokio::test]
async fn slacks_schema_takes_it() {
    let Some(schema) = sample("manifests/schema/manifest.schema.1.0.0.json") else {
        return;
    };
    let validator = jsonschema::validator_for(&schema).unwrap();
    let steps = loaded(steps().await, &ALL);
    for locale in ["en", "ja"] {
        for socket_mode in [true, false] {
            let team = team(&format!("locale = \"{locale}\"\ntimezone = \"UTC\""));
            let manifest = print(&[&team], &steps, socket_mode);
            let wrong: Vec<_> = validator
                .iter_errors(&manifest)
                .map(|e| e.to_string())
                .collect();
            assert!(wrong.is_empty(), "{wrong:?}");
        }
    }
}

/// Slack's reference lists, for each method, the scopes of which one is needed.
#[tokio::test]
async fn scopes_are_those_of_slacks_reference() {
    let steps = loaded(steps().await, &ALL);
    let needs = Needs::of(&described(&steps, Locale::En));
    assert!(needs.unknown().is_empty());
    let scopes = needs.scopes();
    for method in needs.methods() {
        let Some(reference) = sample(&format!("api-reference/{method}.json")) else {
            return;
        };
        let Some(possible) = reference["scope"]["bot"].as_array() else {
            continue;
        };
        let granted = possible
            .iter()
            .any(|scope| scopes.contains(scope.as_str().unwrap()));
        assert!(granted, "{method} takes one of {possible:?}");
    }
}

#[expect(
    clippy::print_stderr,
    reason = "whoever runs the tests learns what was not run"
)]
fn sample(name: &str) -> Option<Value> {
    let places = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
    let folder = places
        .map(|place| place.join("shared/slack-samples"))
        .find(|folder| folder.is_dir());
    let Some(folder) = folder else {
        eprintln!("Not run: the folder `shared/slack-samples` does not lie beside the repository.");
        return None;
    };
    fs::read(folder.join(name))
        .ok()
        .map(|text| serde_json::from_slice(&text).unwrap())
}
