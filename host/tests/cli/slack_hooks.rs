//! `iris slack-hooks`, spoken to as Slack's command line speaks to a project: a shell, flags at the
//! end, the answer as JSON between two boundaries.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::machine::{Machine, Ran};

const BOUNDARY: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// A project with the one hook that its file must name.
fn project() -> Machine {
    let machine = Machine::new();
    machine.write(
        ".slack/hooks.json",
        r#"{ "hooks": { "get-hooks": "iris slack-hooks get-hooks" } }"#,
    );
    machine
}

/// The first word between the two: which hooks there are.
fn hooks(machine: &Machine) -> Value {
    let file = std::fs::read(machine.path(".slack/hooks.json")).unwrap();
    let file: Value = serde_json::from_slice(&file).unwrap();
    let ran = machine.shell(file["hooks"]["get-hooks"].as_str().unwrap(), &[]);
    assert_eq!((ran.code, &*ran.err), (0, ""), "{ran:?}");
    serde_json::from_str(&ran.out).unwrap()
}

/// Runs a hook with flags at its end, as it was named.
fn run(machine: &Machine, hook: &str, flags: &str, more: &[(&str, &str)]) -> Ran {
    let hooks = hooks(machine);
    let command = hooks["hooks"][hook].as_str().unwrap();
    machine.shell(&format!("{command} {flags}"), more)
}

/// The same in the protocol that Slack's command line prefers, and what stands between.
fn ask(machine: &Machine, hook: &str, flags: &str, more: &[(&str, &str)]) -> (Value, Ran) {
    let flags = format!("{flags} --protocol=message-boundaries --boundary={BOUNDARY}");
    let ran = run(machine, hook, &flags, more);
    assert_eq!(ran.code, 0, "{ran:?}");
    let parts: Vec<&str> = ran.out.split(BOUNDARY).collect();
    let [before, answer, after] = parts[..] else {
        panic!("there are no two boundaries in {}", ran.out);
    };
    // One line: pieces that Slack's command line reads are trimmed at their ends.
    assert_eq!((before, after), ("", "\n"));
    assert!(!answer.contains('\n'));
    (serde_json::from_str(answer).unwrap(), ran)
}

#[test]
fn the_hooks_are_named_with_the_program_that_answers() {
    let machine = project();
    let hooks = hooks(&machine);
    let names: Vec<_> = hooks["hooks"].as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        ["check-update", "deploy", "doctor", "get-manifest", "start"]
    );
    let start = hooks["hooks"]["start"].as_str().unwrap();
    let program = env!("CARGO_BIN_EXE_iris");
    assert_eq!(start, format!("{program} slack-hooks start"));
    assert_eq!(
        hooks["config"],
        json!({
            "protocol-version": ["message-boundaries", "default"],
            "sdk-managed-connection-enabled": true,
            "watch": {
                "app": { "paths": ["iris.toml"] },
                "manifest": {
                    "paths": ["iris.toml", "teams", "steps"],
                    "filter-regex": "\\.(toml|wasm)$",
                },
            },
        })
    );
}

#[test]
fn other_settings_go_on_to_each_hook() {
    let machine = project();
    machine.write("etc/my iris.toml", "teams = \"crews\"\n");
    let ran = machine.shell(
        "iris slack-hooks --config 'etc/my iris.toml' get-hooks",
        &[],
    );
    let hooks: Value = serde_json::from_str(&ran.out).unwrap();
    let doctor = hooks["hooks"]["doctor"].as_str().unwrap();
    assert!(
        doctor.ends_with(" slack-hooks --config 'etc/my iris.toml' doctor"),
        "{doctor}"
    );
    assert_eq!(machine.shell(doctor, &[]).code, 0);
    assert_eq!(
        hooks["config"]["watch"]["manifest"]["paths"],
        json!(["etc/my iris.toml", "etc/crews", "etc/steps"])
    );
}

#[test]
fn a_mistake_in_the_settings_is_said_by_the_hook_that_needs_them() {
    let machine = project();
    machine.write("iris.toml", "listen = 5\n");
    assert!(hooks(&machine)["hooks"]["get-manifest"].is_string());
    let ran = run(&machine, "get-manifest", "", &[]);
    assert_eq!((ran.code, &*ran.out), (1, ""));
    assert!(ran.err.starts_with("iris.toml:1:10: "), "{}", ran.err);
}

#[test]
fn the_manifest_is_that_of_the_app_which_is_run_or_deployed() {
    let machine = project().with("IRIS_PUBLIC_URL", "https://iris.example");
    let flags = format!("--source={}", machine.path("").display());
    let manifest = |env| ask(&machine, "get-manifest", &flags, &[("SLACK_ENV", env)]).0;
    let local = manifest("local");
    assert_eq!(local["settings"]["socket_mode_enabled"], true);
    assert!(!local.to_string().contains("iris.example"), "{local}");
    let deployed = manifest("deployed");
    assert_eq!(deployed["settings"]["socket_mode_enabled"], false);
    assert_eq!(
        deployed["settings"]["interactivity"]["request_url"],
        "https://iris.example/slack/events"
    );
    // Where Slack reaches nothing, it is a socket that is deployed too; and nothing is said of it.
    let (manifest, ran) = ask(
        &project(),
        "get-manifest",
        &flags,
        &[("SLACK_ENV", "deployed")],
    );
    assert_eq!(manifest["settings"]["socket_mode_enabled"], true);
    assert_eq!(ran.err, "");
}

#[test]
fn without_a_boundary_an_answer_is_all_there_is() {
    let machine = project();
    for flags in ["", "--protocol=default", "--protocol=of-the-future --new"] {
        let ran = run(&machine, "get-manifest", flags, &[]);
        assert_eq!((ran.code, &*ran.err), (0, ""), "{ran:?}");
        let manifest: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(manifest["display_information"]["name"], "Iris");
    }
    let ran = run(&machine, "doctor", "--protocol=message-boundaries", &[]);
    assert_eq!((ran.code, &*ran.out), (2, ""), "{ran:?}");
    assert!(ran.err.contains("needs a --boundary=…"), "{}", ran.err);
}

#[test]
fn versions_are_told() {
    let machine = project();
    let (doctor, _) = ask(&machine, "doctor", "", &[]);
    assert_eq!(
        doctor["versions"][0],
        json!({ "name": "iris", "current": env!("CARGO_PKG_VERSION") })
    );
    let (updates, _) = ask(&machine, "check-update", "", &[]);
    assert_eq!(updates["name"], "Iris");
    assert_eq!(updates["releases"][0]["name"], "iris");
    assert_eq!(updates["releases"][0]["update"], false);
}

#[test]
fn what_is_deployed_is_checked_first() {
    let machine = project();
    let ran = run(&machine, "deploy", "", &[]);
    assert_eq!((ran.code, &*ran.err), (0, ""), "{ran:?}");
    assert!(
        ran.out
            .starts_with("No mistakes found.\nNow put this folder")
    );
    machine.write("teams/default.toml", "locale = \"fr\"\n");
    let ran = run(&machine, "deploy", "", &[]);
    assert_eq!((ran.code, &*ran.out), (1, ""), "{ran:?}");
    assert!(
        ran.err.starts_with("teams/default.toml:1:10: "),
        "{}",
        ran.err
    );
}

#[test]
fn it_is_started_with_the_tokens_of_the_app_that_was_installed() {
    let machine = project()
        .with("IRIS_LISTEN", "127.0.0.1:0")
        // Nobody answers there: Iris stays up and says so.
        .with("SLACK_API_URL", "http://127.0.0.1:9/");
    let tokens = [
        ("SLACK_CLI_XOXB", "xoxb-of-the-run"),
        ("SLACK_CLI_XAPP", "xapp-of-the-run"),
    ];
    let without = run(&machine, "start", "", &tokens[1..]);
    assert_eq!(without.code, 1, "{without:?}");
    assert!(without.err.contains("SLACK_BOT_TOKEN"), "{}", without.err);

    let start = hooks(&machine)["hooks"]["start"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut iris = Command::new("/bin/sh")
        .args(["-c", &format!("exec {start}")])
        .current_dir(machine.path(""))
        .env_clear()
        .envs(tokens)
        .env("SLACK_SIGNING_SECRET", "of-the-app")
        .env("IRIS_LISTEN", "127.0.0.1:0")
        .env("SLACK_API_URL", "http://127.0.0.1:9/")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(iris.stderr.take().unwrap()).lines();
    let mut said = said.map_while(Result::ok);
    assert!(said.any(|line| line.contains("Iris listens on")));
    let told = Command::new("kill").arg(iris.id().to_string()).status();
    assert!(told.unwrap().success());
    // Read to the end: a full pipe would hold it up.
    assert!(said.all(|line| !line.contains("of-the-run")));
    assert_eq!(iris.wait().unwrap().code(), Some(0));
}
