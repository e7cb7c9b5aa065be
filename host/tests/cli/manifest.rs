//! `iris manifest`

use serde_json::Value;

use crate::machine::{Machine, Ran};

fn json(ran: &Ran) -> Value {
    assert_eq!(ran.code, 0, "{ran:?}");
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn it_is_json_in_the_default_teams_language() {
    let machine = Machine::new().with("IRIS_PUBLIC_URL", "https://iris.example");
    machine.write(
        "teams/default.toml",
        "locale = \"ja\"\ntimezone = \"Asia/Tokyo\"\n",
    );
    machine.write("teams/T0ACME.toml", "command = \"/outage\"\n");
    let ran = machine.run("manifest");
    let manifest = json(&ran);
    assert_eq!(ran.err, "");
    let command = &manifest["features"]["slash_commands"][0];
    assert_eq!(command["description"], "障害の報告と対応");
    assert_eq!(command["url"], "https://iris.example/slack/events");
    assert_eq!(
        manifest["features"]["slash_commands"][1]["command"],
        "/outage"
    );
}

#[test]
fn without_an_address_that_is_said() {
    let ran = Machine::new().run("manifest");
    assert!(json(&ran)["settings"]["event_subscriptions"]["request_url"].is_null());
    assert_eq!(
        ran.err,
        "public_url is not set: the addresses that Slack calls are left out.\n"
    );
    let socket = Machine::new()
        .with("SLACK_APP_TOKEN", "xapp-1")
        .run("manifest");
    assert_eq!(json(&socket)["settings"]["socket_mode_enabled"], true);
    assert_eq!(socket.err, "");
}

#[test]
fn each_scope_is_explained() {
    let machine = Machine::new();
    machine.write(
        "teams/default.toml",
        "name = \"Acme\"\n[[step]]\nuse = \"guide\"\n",
    );
    let ran = machine.run("manifest --explain");
    assert_eq!((ran.code, &*ran.err), (0, ""), "{ran:?}");
    let line = |begins: &str| {
        let mut lines = ran.out.lines().map(str::trim_start);
        let line = lines.find(|line| line.starts_with(begins)).unwrap();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("Scope"), "Scope Needed for By");
    assert_eq!(line("pins:write"), "pins:write pins.add guide");
    assert_eq!(line("chat.update"), "chat.update Iris, guide");
    assert!(!ran.out.contains("files:write"), "{}", ran.out);

    let scopes = json(&machine.run("manifest --explain --json"));
    let of = |name: &str| {
        let mut all = scopes.as_array().unwrap().iter();
        all.find(|scope| scope["scope"] == name).unwrap()["needed_for"].clone()
    };
    assert_eq!(
        of("pins:write"),
        serde_json::json!([{ "method": "pins.add", "by": ["guide"] }])
    );
    assert_eq!(
        of("app_mentions:read"),
        serde_json::json!([{ "event": "app_mention", "by": ["Iris"] }])
    );
    let manifest = json(&machine.run("manifest"));
    let bot = manifest["oauth_config"]["scopes"]["bot"]
        .as_array()
        .unwrap();
    let explained: Vec<_> = scopes
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["scope"])
        .collect();
    assert_eq!(bot.iter().collect::<Vec<_>>(), explained);
}

#[test]
fn mistakes_are_said_instead() {
    let machine = Machine::new();
    machine.write("teams/default.toml", "locale = \"fr\"\n");
    let ran = machine.run("manifest");
    assert_eq!((ran.code, &*ran.out), (1, ""));
    assert!(
        ran.err.starts_with("teams/default.toml:1:10: "),
        "{}",
        ran.err
    );
}
