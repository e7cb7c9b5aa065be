//! `iris manifest`: the manifest of the Slack app, for these teams; and what each scope is for.

use std::{process::ExitCode, sync::Arc};

use anyhow::bail;
use comfy_table::{Table, presets};
use serde_json::{Value, json};

use super::{ManifestArgs, load, say};
use crate::{
    config::{Problem, Settings, TeamFile, has_errors, read_folder},
    manifest::{self, App, By, Needs, Reason, What},
    step::Step,
    team::Team,
};

pub(super) fn manifest(args: &ManifestArgs) -> anyhow::Result<ExitCode> {
    let settings = match load::settings(&args.config) {
        Ok(settings) => settings,
        Err(problems) => return Ok(say::problems(&problems)),
    };
    let loaded = match load::block_on(Loaded::read(&settings))? {
        Ok(loaded) => loaded,
        Err(problems) => return Ok(say::problems(&problems)),
    };
    let socket_mode = settings.slack.app_token.is_some();
    match (args.explain, args.json) {
        (true, true) => say::json(&explained(&loaded.needs()))?,
        (true, false) => say::out(table(&loaded.needs()).trim_fmt())?,
        (false, _) => {
            if settings.public_url.is_none() && !socket_mode {
                say::aside("public_url is not set: the addresses that Slack calls are left out.");
            }
            say::json(&loaded.manifest(&settings, socket_mode))?;
        }
    }
    for method in loaded.needs().unknown() {
        say::aside(format_args!(
            "Add the scopes of {method} by hand: this Iris does not know them."
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// What the manifest is made of.
pub(super) struct Loaded {
    files: Vec<Arc<TeamFile>>,
    steps: Vec<Arc<Step>>,
}

impl Loaded {
    /// Teams' files and the steps that they use, or what is wrong with them.
    pub(super) async fn read(settings: &Settings) -> anyhow::Result<Result<Self, Vec<Problem>>> {
        let files = match read_folder(&settings.teams) {
            Ok(files) => files,
            Err(problem) => return Ok(Err(vec![problem])),
        };
        let problems: Vec<_> = files
            .iter()
            .flat_map(|file| file.problems.iter().cloned())
            .collect();
        if has_errors(&problems) {
            return Ok(Err(problems));
        }
        let files = load::good(files);
        if files.is_empty() {
            bail!(
                "{} holds no team's file: write `default.toml` into it",
                settings.teams.display()
            );
        }
        let used = load::used(files.iter().map(|file| &**file));
        let (steps, broken) = load::steps(settings, used.clone()).await?;
        if let Some(problem) = broken.iter().find(|problem| used.contains(&problem.step)) {
            bail!("{problem}");
        }
        let steps = load::in_use(&steps, files.iter().map(|file| &**file));
        Ok(Ok(Self { files, steps }))
    }

    pub(super) fn manifest(&self, settings: &Settings, socket_mode: bool) -> Value {
        let teams: Vec<&Team> = self.files.iter().map(|file| &file.team).collect();
        manifest::manifest(&App {
            teams: &teams,
            steps: &self.steps,
            public_url: settings.public_url.as_ref(),
            socket_mode,
            installable: settings.slack.oauth.client_id.is_some(),
        })
    }

    fn needs(&self) -> Needs {
        Needs::of(&self.steps)
    }
}

/// Each scope with its reasons, for programs.
fn explained(needs: &Needs) -> Value {
    let scopes = needs.reasons().into_iter().map(|(scope, reasons)| {
        let needed_for: Vec<_> = reasons.iter().map(reason).collect();
        json!({ "scope": scope, "needed_for": needed_for })
    });
    scopes.collect()
}

fn reason(Reason { what, by }: &Reason) -> Value {
    let by: Vec<String> = by.iter().map(By::to_string).collect();
    match what {
        What::Method(method) => json!({ "method": method, "by": by }),
        What::Event(event) => json!({ "event": event, "by": by }),
        What::Feature(feature) => json!({ "feature": feature, "by": by }),
    }
}

/// The same for people.
fn table(needs: &Needs) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_header(["Scope", "Needed for", "By"]);
    for (scope, reasons) in needs.reasons() {
        for (index, Reason { what, by }) in reasons.iter().enumerate() {
            let by: Vec<String> = by.iter().map(By::to_string).collect();
            let scope = if index == 0 { scope } else { "" };
            table.add_row([scope, &what.to_string(), &by.join(", ")]);
        }
    }
    table
}
