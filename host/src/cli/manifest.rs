//! `iris manifest`: the manifest of the Slack app, for these teams.

use std::process::ExitCode;

use anyhow::bail;

use super::{ManifestArgs, load, say};
use crate::{
    config::{Settings, has_errors, read_folder},
    manifest::{self, App, Needs},
    step::Descriptor,
    team::Team,
};

pub(super) fn manifest(args: &ManifestArgs) -> anyhow::Result<ExitCode> {
    let settings = match load::settings(&args.config) {
        Ok(settings) => settings,
        Err(problems) => return Ok(say::problems(&problems)),
    };
    load::block_on(print(&settings))
}

async fn print(settings: &Settings) -> anyhow::Result<ExitCode> {
    let files = match read_folder(&settings.teams) {
        Ok(files) => files,
        Err(problem) => return Ok(say::problems(&[problem])),
    };
    let problems: Vec<_> = files
        .iter()
        .flat_map(|file| file.problems.iter().cloned())
        .collect();
    if has_errors(&problems) {
        return Ok(say::problems(&problems));
    }
    let files = load::good(files);
    let teams: Vec<&Team> = files.iter().map(|file| &file.team).collect();
    let Some(first) = teams.first() else {
        bail!(
            "{} holds no team's file: write `default.toml` into it",
            settings.teams.display()
        );
    };
    let locale = first.locale;
    let used = load::used(files.iter().map(|file| &**file));
    let (steps, broken) = load::steps(settings, used.clone()).await?;
    if let Some(problem) = broken.iter().find(|problem| used.contains(&problem.step)) {
        bail!("{problem}");
    }
    let steps = load::in_use(&steps, files.iter().map(|file| &**file));
    let steps: Vec<&Descriptor> = steps.iter().map(|step| step.descriptor(locale)).collect();
    let socket_mode = settings.slack.app_token.is_some();
    if settings.public_url.is_none() && !socket_mode {
        say::aside("public_url is not set: the addresses that Slack calls are left out.");
    }
    for method in Needs::of(&steps).unknown() {
        say::aside(format_args!(
            "Add the scopes of {method} by hand: this Iris does not know them."
        ));
    }
    let app = App {
        teams: &teams,
        steps: &steps,
        public_url: settings.public_url.as_ref(),
        socket_mode,
    };
    say::json(&manifest::manifest(&app))?;
    Ok(ExitCode::SUCCESS)
}
