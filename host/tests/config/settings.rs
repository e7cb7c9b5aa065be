//! `iris.toml` and the environment.

use std::{fs, path::PathBuf, time::Duration};

use iris::{
    config::{Problem, Settings},
    step::Limits,
};
use secrecy::ExposeSecret;
use tempfile::TempDir;

/// A folder with an `iris.toml`, and an environment.
struct Machine {
    folder: TempDir,
    env: Vec<(&'static str, String)>,
}

impl Machine {
    fn new(file: &str) -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("iris.toml"), file).unwrap();
        Self {
            folder,
            env: Vec::new(),
        }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.env.push((name, value.into()));
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn load(&self) -> Result<Settings, Vec<Problem>> {
        let of = |name: &str| {
            self.env
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, v)| v.clone())
        };
        Settings::load(Some(&self.path("iris.toml")), of)
    }

    /// Without the temporary folder before the file's name.
    fn said(&self) -> Vec<String> {
        let folder = format!("{}/", self.folder.path().display());
        let problems = self.load().expect_err("there are mistakes");
        problems
            .iter()
            .map(|problem| problem.to_string().replace(&folder, ""))
            .collect()
    }
}

#[test]
fn an_empty_file_is_all_defaults() {
    let machine = Machine::new("");
    let settings = machine.load().unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(settings.store, machine.path("iris.db"));
    assert_eq!(settings.teams, machine.path("teams"));
    assert_eq!(settings.steps, machine.path("steps"));
    assert_eq!(settings.public_url, None);
    assert_eq!(settings.slack.api_url.as_str(), "https://slack.com/api/");
    assert_eq!(settings.slack.timeout, Duration::from_secs(10));
    assert_eq!(settings.log, "info");
    assert_eq!(settings.limits, Limits::default());
}

#[test]
fn limits_are_sizes_times_and_numbers() {
    let machine = Machine::new(
        "[limits]\ntime = \"250ms\"\nmemory = \"1 GiB\"\nwishes = 50\nhttp_body = \"16KiB\"\n",
    )
    .with("IRIS_LIMITS_WISHES", "20")
    .with("IRIS_LIMITS_TEAM_STATE", "2MiB");
    let limits = machine.load().unwrap().limits;
    assert_eq!(limits.time, Duration::from_millis(250));
    assert_eq!((limits.memory, limits.http_body), (1 << 30, 16 << 10));
    assert_eq!((limits.wishes, limits.team_state), (20, 2 << 20));

    let machine =
        Machine::new("[limits]\nmemory = \"64MB\"\nwishes = 0\ncalls = \"8\"\nmemroy = 1\n");
    assert_eq!(
        machine.said(),
        [
            "iris.toml:2:10: `memory` is not a size, such as `64MiB` or `256KiB`.",
            "iris.toml:3:10: `wishes` is not a number above 0.",
            "iris.toml:4:9: `calls` is a number: write it without quotes.",
            "iris.toml:5:1: `memroy` is unknown in [limits]; did you mean `memory`?",
        ]
    );
}

#[test]
fn the_environment_wins() {
    let machine = Machine::new(
        "listen = \"127.0.0.1:1\"\npublic_url = \"https://a.example\"\n[slack]\ntimeout = \"2s\"\n",
    )
    .with("IRIS_LISTEN", "0.0.0.0:8080")
    .with("IRIS_STORE", "sqlite:/data/iris.db")
    .with("IRIS_TEAMS", "elsewhere")
    .with("SLACK_API_URL", "http://127.0.0.1:9/api")
    .with("SLACK_TIMEOUT", "500ms")
    .with("IRIS_LOG", "iris=debug,warn");
    let settings = machine.load().unwrap();
    assert_eq!(settings.listen.to_string(), "0.0.0.0:8080");
    assert_eq!(settings.store, PathBuf::from("/data/iris.db"));
    assert_eq!(settings.teams, PathBuf::from("elsewhere"));
    assert_eq!(settings.public_url.unwrap().as_str(), "https://a.example/");
    assert_eq!(settings.slack.api_url.as_str(), "http://127.0.0.1:9/api/");
    assert_eq!(settings.slack.timeout, Duration::from_millis(500));
    assert_eq!(settings.log, "iris=debug,warn");
}

#[test]
fn every_mistake_is_said_with_its_line() {
    let machine = Machine::new(
        "listen = \"everywhere\"\nstore = \"mysql:x\"\nteem = \"teams\"\npublic_url = \"iris\"\n\
         log = 5\n\n[slack]\ntimeout = \"soon\"\nbot_token = \"xoxb-1\"\napi = 1\n\
         sockets = 11\n",
    )
    .with("IRIS_STEPS", "steps")
    .with("SLACK_API_URL", "slack.com");
    insta::assert_snapshot!(machine.said().join("\n"));
}

#[test]
fn over_sockets_nothing_need_be_signed() {
    let machine = Machine::new("")
        .with("SLACK_BOT_TOKEN", "xoxb-1")
        .with("SLACK_APP_TOKEN", "xapp-1")
        .with("SLACK_SOCKETS", "10");
    let settings = machine.load().unwrap();
    assert_eq!(settings.slack.sockets.get(), 10);
    assert!(settings.slack.secrets().unwrap().signing_secret.is_none());
    let none = Machine::new("").with("SLACK_SOCKETS", "0").said();
    assert_eq!(none, ["SLACK_SOCKETS: `0` is not a number from 1 to 10."]);
}

#[test]
fn what_is_no_toml_is_said_with_its_line() {
    let said = Machine::new("listen = \"127.0.0.1:1\"\nstore = sqlite\n").said();
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with("iris.toml:2:9: This is not TOML"),
        "{said:?}"
    );
}

#[test]
fn secrets_come_from_the_environment_or_from_files() {
    let machine = Machine::new("");
    fs::write(machine.path("signing"), "a secret\n").unwrap();
    let signing = machine.path("signing").display().to_string();
    let machine = machine
        .with("SLACK_BOT_TOKEN", "xoxb-1")
        .with("SLACK_SIGNING_SECRET_FILE", signing);
    let settings = machine.load().unwrap();
    assert!(!format!("{settings:?}").contains("xoxb"));
    let secrets = settings.slack.secrets().unwrap();
    assert_eq!(secrets.bot_token.unwrap().expose_secret(), "xoxb-1");
    let signing_secret = secrets.signing_secret.unwrap();
    assert_eq!(signing_secret.expose_secret(), "a secret");
    assert!(settings.slack.app_token.is_none());
}

#[test]
fn missing_secrets_and_their_files_are_named() {
    let settings = Machine::new("").load().unwrap();
    let said: Vec<String> = settings
        .slack
        .secrets()
        .unwrap_err()
        .iter()
        .map(Problem::to_string)
        .collect();
    assert_eq!(
        said,
        [
            "SLACK_BOT_TOKEN: Not set: give Iris the app's bot token (`xoxb-…`) by \
             $SLACK_BOT_TOKEN or $SLACK_BOT_TOKEN_FILE.",
            "SLACK_SIGNING_SECRET: Not set: give Iris the app's signing secret by \
             $SLACK_SIGNING_SECRET or $SLACK_SIGNING_SECRET_FILE.",
        ]
    );
    let gone = Machine::new("")
        .with("SLACK_BOT_TOKEN_FILE", "/nowhere/token")
        .said();
    assert!(gone[0].starts_with("SLACK_BOT_TOKEN_FILE: The file /nowhere/token cannot be read"));
}

#[test]
fn a_file_that_is_named_must_be_there() {
    let missing = Settings::load(Some(&PathBuf::from("/nowhere/iris.toml")), |_| None);
    let said = missing.unwrap_err()[0].to_string();
    assert!(
        said.starts_with("/nowhere/iris.toml: This file cannot be read"),
        "{said}"
    );
}
