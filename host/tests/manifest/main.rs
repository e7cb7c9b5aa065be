//! The app's manifest: right for Slack, and with no more than the steps need.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

mod limits;
mod reference;
mod scopes;

use std::{path::PathBuf, sync::Arc};

use iris::{
    config::parse,
    manifest::{App, manifest},
    registry::Registry,
    step::{Cache, Engine, Limits, Step, Steps},
    team::Team,
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

fn print(teams: &[&Team], steps: &[Arc<Step>], socket_mode: bool) -> Value {
    let url = Url::parse("https://iris.acme.example/").unwrap();
    manifest(&App {
        teams,
        steps,
        public_url: Some(&url),
        socket_mode,
        installable: false,
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
async fn an_organisation_may_install_what_people_install() {
    let steps = loaded(steps().await, &["war-room"]);
    let teams = [&team("")];
    let events = |installable| {
        let app = App {
            teams: &teams,
            steps: &steps,
            public_url: None,
            socket_mode: true,
            installable,
        };
        let manifest = manifest(&app);
        let settings = &manifest["settings"];
        assert_eq!(settings["org_deploy_enabled"], installable);
        let events = settings["event_subscriptions"]["bot_events"].as_array();
        let names = events.unwrap().iter().filter_map(Value::as_str);
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    let of_org = ["team_access_granted", "team_access_revoked"];
    assert!(
        of_org
            .iter()
            .all(|event| events(true).contains(&(*event).to_owned()))
    );
    assert!(!events(false).iter().any(|event| event.starts_with("team_")));
}

#[tokio::test]
async fn a_shortcut_is_there_with_its_step() {
    let steps = loaded(steps().await, &["todo"]);
    let manifest = print(&[&team("")], &steps, false);
    let shortcuts = manifest["features"]["shortcuts"].as_array().unwrap();
    let ids: Vec<_> = shortcuts.iter().map(|s| &s["callback_id"]).collect();
    assert_eq!(
        ids,
        ["core:declare", "todo:add.message", "core:declare.message"]
    );
}
