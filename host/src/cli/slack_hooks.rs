//! `iris slack-hooks`: answers Slack's own command line, so that `slack run` and `slack deploy`
//! work in a folder whose `.slack/hooks.json` (or `slack.json`) names `iris slack-hooks get-hooks`.
//!
//! The protocol is that of <https://docs.slack.dev/tools/slack-cli/reference/hooks>: a hook is a
//! process of its own; its answer is JSON on stdout, between two boundaries if Slack's command line
//! names one; 0 is success. What it gives along that is not known here is left unread.

use std::{env, path::Path, process::ExitCode};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::{Bodies, CheckArgs, Config, check, load, load::WrongUsage, manifest::Loaded, say};
use crate::{
    config::{self, Settings},
    logging,
    step::CONTRACT,
};

#[derive(Args)]
pub(super) struct SlackHooksArgs {
    #[command(flatten)]
    config: Config,
    /// What is asked
    hook: Hook,
    /// What Slack's command line gives along: `--protocol=message-boundaries --boundary=…`
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "FLAGS"
    )]
    flags: Vec<String>,
}

/// The hooks that Slack's command line knows and Iris answers.
#[derive(Clone, Copy, ValueEnum)]
enum Hook {
    /// Which hooks there are
    GetHooks,
    /// The manifest of the Slack app, for these teams
    GetManifest,
    /// Serve over a socket, with the tokens that `slack run` gives
    Start,
    /// Check everything before it is served elsewhere
    Deploy,
    /// Whether there is something newer
    CheckUpdate,
    /// Versions of what Iris is made of
    Doctor,
}

/// How an answer is told from what else is said on stdout.
enum Protocol {
    /// Nothing else is said.
    Default,
    /// It stands between two of these; the rest is shown to people.
    Boundaries(String),
}

/// In the order in which Iris likes to be spoken to.
const PROTOCOLS: [&str; 2] = ["message-boundaries", "default"];

pub(super) fn run(args: &SlackHooksArgs, bodies: Bodies) -> anyhow::Result<ExitCode> {
    let protocol = Protocol::of(&args.flags)?;
    match args.hook {
        Hook::GetHooks => protocol.answer(&hooks(&args.config)?)?,
        Hook::GetManifest => return load::block_on(get_manifest(&args.config, &protocol)),
        Hook::Start => return start(&args.config, bodies),
        Hook::Deploy => return deploy(&args.config),
        Hook::CheckUpdate => protocol.answer(&updates())?,
        Hook::Doctor => protocol.answer(&versions())?,
    }
    Ok(ExitCode::SUCCESS)
}

impl Protocol {
    /// A protocol that is not known is spoken as the default one, as Slack's own hooks do.
    fn of(flags: &[String]) -> Result<Self, WrongUsage> {
        let given = |flag: &str| flags.iter().find_map(|text| text.strip_prefix(flag));
        if given("--protocol=") != Some(PROTOCOLS[0]) {
            return Ok(Self::Default);
        }
        match given("--boundary=") {
            Some(boundary) if !boundary.is_empty() => Ok(Self::Boundaries(boundary.to_owned())),
            Some(_) | None => Err(WrongUsage(
                "the protocol message-boundaries needs a --boundary=…".to_owned(),
            )),
        }
    }

    /// In one line and one write: Slack's command line looks for the boundaries in each piece that
    /// it reads.
    fn answer(&self, answer: &Value) -> anyhow::Result<()> {
        match self {
            Self::Default => say::out(answer)?,
            Self::Boundaries(boundary) => say::out(format!("{boundary}{answer}{boundary}"))?,
        }
        Ok(())
    }
}

/// What there is. It answers also where the settings have a mistake: the other hooks say it.
fn hooks(config: &Config) -> anyhow::Result<Value> {
    let iris = quoted(&env::current_exe()?);
    let settings = config.config.as_deref().map(quoted);
    let flag = settings.map_or(String::new(), |file| format!(" --config {file}"));
    let command = |hook: &str| format!("{iris} slack-hooks{flag} {hook}");
    let file = config.config.as_deref().unwrap_or(Path::new(config::FILE));
    let settings = load::settings(config).ok();
    let folder = |of: fn(&Settings) -> &Path, usual: &'static str| {
        settings.as_ref().map_or(Path::new(usual), of).to_owned()
    };
    let teams = folder(|settings| &settings.teams, "teams");
    let steps = folder(|settings| &settings.steps, "steps");
    Ok(json!({
        "hooks": {
            "get-manifest": command("get-manifest"),
            "start": command("start"),
            "deploy": command("deploy"),
            "check-update": command("check-update"),
            "doctor": command("doctor"),
        },
        "config": {
            "protocol-version": PROTOCOLS,
            "sdk-managed-connection-enabled": true,
            "watch": {
                // A running Iris takes teams' files and steps by itself, not its settings.
                "app": { "paths": [file] },
                // But the manifest follows from them, and then the app is installed again.
                "manifest": { "paths": [file, teams, steps], "filter-regex": r"\.(toml|wasm)$" },
            },
        },
        "runtime": "iris",
    }))
}

/// For a shell.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@%".contains(c);
    if text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

async fn get_manifest(config: &Config, protocol: &Protocol) -> anyhow::Result<ExitCode> {
    let settings = match Settings::load(config.config.as_deref(), config::under_slack) {
        Ok(settings) => settings,
        Err(problems) => return Ok(say::problems(&problems)),
    };
    let loaded = match Loaded::read(&settings).await? {
        Ok(loaded) => loaded,
        Err(problems) => return Ok(say::problems(&problems)),
    };
    // `slack run` has a socket and nothing else; whatever is deployed has one where Slack does not
    // reach it.
    let local = config::environment("SLACK_ENV").is_some_and(|env| env == "local");
    let socket_mode = local || settings.slack.app_token.is_some() || settings.public_url.is_none();
    protocol.answer(&loaded.manifest(&settings, socket_mode))?;
    Ok(ExitCode::SUCCESS)
}

/// `iris serve`, with the tokens of the app that `slack run` has installed.
fn start(config: &Config, bodies: Bodies) -> anyhow::Result<ExitCode> {
    let settings = match Settings::load(config.config.as_deref(), config::under_slack) {
        Ok(settings) => settings,
        Err(problems) => return Ok(say::problems(&problems)),
    };
    let lines = logging::start(logging::filter(&settings.log)?);
    Ok((bodies.serve)(settings, lines))
}

/// Slack's command line has updated the app; where Iris runs is the operator's.
fn deploy(config: &Config) -> anyhow::Result<ExitCode> {
    let code = check::check(&CheckArgs {
        config: config.clone(),
        json: false,
    })?;
    if code == ExitCode::SUCCESS {
        say::out(
            "Now put this folder onto the machine on which Iris runs: one that runs takes changed \
             teams' files and steps by itself, else start `iris serve` there. A command of your \
             own as `deploy` in .slack/hooks.json does it for you.",
        )?;
    }
    Ok(code)
}

fn updates() -> Value {
    json!({
        "name": "Iris",
        "message": "Iris asks nobody for newer versions: its changelog has them.",
        "releases": [{
            "name": "iris",
            "current": env!("CARGO_PKG_VERSION"),
            "latest": env!("CARGO_PKG_VERSION"),
            "update": false,
            "breaking": false,
        }],
    })
}

fn versions() -> Value {
    json!({
        "versions": [
            { "name": "iris", "current": env!("CARGO_PKG_VERSION") },
            { "name": "iris:step", "current": CONTRACT, "message": "the contract with steps" },
        ],
    })
}
