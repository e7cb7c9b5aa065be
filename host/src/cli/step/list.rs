//! `iris step list`: the steps that there are, where they come from, and who uses them.

use std::{process::ExitCode, sync::Arc};

use comfy_table::{Table, presets};
use iris_kit::Locale;
use serde::Serialize;

use super::super::{Config, load, say};
use crate::{
    config::{Settings, TeamFile, read_folder},
    step::{Problem, Step, Steps},
    team::Origin,
};

/// So much of a digest tells files apart.
const SHORT: usize = 12;

/// One step, or one file that is none.
#[derive(Serialize)]
struct Row {
    /// What it calls itself.
    name: String,
    /// Its file's name without `.wasm`, or where in a registry it lies.
    from: String,
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

pub(super) fn list(config: &Config, json: bool) -> anyhow::Result<ExitCode> {
    let rows = load::block_on(rows(&load::checked(config)?))?;
    if json {
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
    let all = steps.all();
    let none = troubles.iter().filter(|trouble| {
        !all.iter()
            .any(|(from, step)| *from == trouble.step && !step.standard())
    });
    let none = none.map(|trouble| (trouble.step.clone(), None));
    let all = all
        .iter()
        .map(|(from, step)| (from.clone(), Some(step.clone())));
    let mut rows: Vec<Row> = all
        .chain(none)
        .map(|(from, step)| row(&from, step.as_ref(), &steps, &troubles, &files))
        .collect();
    rows.sort_by(|a, b| (&a.name, &a.from).cmp(&(&b.name, &b.from)));
    Ok(rows)
}

fn row(
    origin: &Origin,
    step: Option<&Arc<Step>>,
    steps: &Steps,
    troubles: &[Problem],
    files: &[&TeamFile],
) -> Row {
    let standard = step.is_some_and(|step| step.standard());
    let uses = |file: &&&TeamFile| {
        let mut lines = file.team.steps.iter();
        lines.any(|line| match (steps.of(line), step) {
            (Some(used), Some(step)) => Arc::ptr_eq(&used, step),
            (None, None) => line.origin == *origin,
            (Some(_), None) | (None, Some(_)) => false,
        })
    };
    let trouble = troubles
        .iter()
        .find(|trouble| trouble.step == *origin && !standard);
    let name = match step {
        Some(step) => step.name().to_string(),
        None => origin.to_string(),
    };
    Row {
        from: origin.to_string(),
        version: step.map(|step| step.descriptor(Locale::En).version.clone()),
        sha256: step.map(|step| step.digest().to_owned()),
        standard,
        used_by: files
            .iter()
            .filter(uses)
            .map(|file| file.name().to_owned())
            .collect(),
        asks_for: step.map(|step| asks_for(step)).unwrap_or_default(),
        trouble: trouble.map(|trouble| trouble.why.to_string()),
        name,
    }
}

fn asks_for(step: &Step) -> Vec<String> {
    let asked = step.descriptor(Locale::En);
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
            (false, Some(_)) if row.from.starts_with("oci://") => in_registry(&row.from),
            (false, Some(_)) => format!("{}.wasm", row.from),
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

/// Its digest cut like the file's.
fn in_registry(from: &str) -> String {
    match from.split_once("@sha256:") {
        Some((name, digest)) => format!("{name}@sha256:{}…", &digest[..SHORT.min(digest.len())]),
        None => from.to_owned(),
    }
}
