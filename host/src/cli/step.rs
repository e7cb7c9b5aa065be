//! `iris step`: the steps that there are, where they come from, and who uses them.

use std::process::ExitCode;

use clap::Subcommand;
use comfy_table::{Table, presets};
use iris_kit::Locale;
use serde::Serialize;

use super::{Config, load, say};
use crate::{
    config::{Settings, TeamFile, read_folder},
    step::{Problem, Step, Steps},
};

/// So much of a digest tells files apart.
const SHORT: usize = 12;

#[derive(Subcommand)]
pub(super) enum StepCommand {
    /// List the steps: those of Iris, and those that lie in the steps' folder
    #[command(after_help = "Example:\n  iris step list --json")]
    List {
        #[command(flatten)]
        config: Config,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// One step, or one file that is none.
#[derive(Serialize)]
struct Row {
    name: String,
    version: Option<String>,
    /// Of its file; what a team's file can pin.
    sha256: Option<String>,
    /// Comes with Iris.
    standard: bool,
    /// The teams' files that name it.
    used_by: Vec<String>,
    asks_for: Vec<String>,
    /// Why its file, as it stands, is not in force.
    trouble: Option<String>,
}

pub(super) fn run(command: &StepCommand) -> anyhow::Result<ExitCode> {
    let StepCommand::List { config, json } = command;
    let rows = load::block_on(rows(&load::checked(config)?))?;
    if *json {
        say::json(&rows)?;
    } else {
        table(&rows)?;
    }
    Ok(if rows.iter().any(|row| row.trouble.is_some()) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

async fn rows(settings: &Settings) -> anyhow::Result<Vec<Row>> {
    // What is wrong with a team's file is what `iris check` says.
    let files = load::good(read_folder(&settings.teams).unwrap_or_default());
    let used = load::used(files.iter().map(AsRef::as_ref));
    let (steps, troubles) = load::steps(settings, used).await?;
    let files: Vec<&TeamFile> = files.iter().map(AsRef::as_ref).collect();
    let mut names = steps.names();
    names.extend(troubles.iter().map(|trouble| trouble.step.clone()));
    Ok(names
        .into_iter()
        .map(|name| row(name, &steps, &troubles, &files))
        .collect())
}

fn row(name: String, steps: &Steps, troubles: &[Problem], files: &[&TeamFile]) -> Row {
    let step = steps.get(&name);
    let uses = |file: &&&TeamFile| file.team.steps.iter().any(|used| used.name == name);
    let trouble = troubles.iter().find(|trouble| trouble.step == name);
    Row {
        version: step.as_ref().map(|step| described(step).version.clone()),
        sha256: step.as_ref().map(|step| step.digest().to_owned()),
        standard: step.as_ref().is_some_and(|step| step.standard()),
        used_by: files
            .iter()
            .filter(uses)
            .map(|file| file.name().to_owned())
            .collect(),
        asks_for: step.as_deref().map(asks_for).unwrap_or_default(),
        trouble: trouble.map(|trouble| trouble.why.to_string()),
        name,
    }
}

fn described(step: &Step) -> &crate::step::Descriptor {
    step.descriptor(Locale::En)
}

fn asks_for(step: &Step) -> Vec<String> {
    let asked = described(step);
    let kinds = asked
        .capabilities
        .iter()
        .map(|kind| kind.as_str().to_owned());
    let methods = asked.slack_methods.iter().cloned();
    kinds
        .chain(methods)
        .chain(asked.http_hosts.iter().cloned())
        .collect()
}

fn table(rows: &[Row]) -> anyhow::Result<()> {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_header(["Step", "Version", "From", "sha256", "Used by", "Asks for"]);
    for row in rows {
        let from = match (row.standard, &row.version) {
            (true, _) => "Iris".to_owned(),
            (false, Some(_)) => format!("{}.wasm", row.name),
            (false, None) => "-".to_owned(),
        };
        let sha256 = row.sha256.as_deref().unwrap_or("-");
        table.add_row([
            &row.name,
            row.version.as_deref().unwrap_or("-"),
            &from,
            &sha256[..sha256.len().min(SHORT)],
            &row.used_by.join(", "),
            &row.asks_for.join(", "),
        ]);
    }
    say::out(table.trim_fmt())?;
    for row in rows {
        if let Some(trouble) = &row.trouble {
            say::aside(format_args!(
                "The step `{}` is not in force: {trouble}.",
                row.name
            ));
        }
    }
    Ok(())
}
