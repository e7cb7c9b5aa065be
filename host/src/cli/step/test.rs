//! `iris step test`: plays a project's scenarios to its component, without a host and without Slack.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, ensure};
use similar::TextDiff;

use super::{
    super::{Config, load, say},
    build::newest,
    inspect,
};
use crate::{
    config::Settings,
    rehearse::scenario::{Played, Scenario},
    step::Step,
};

/// Where a project's scenarios stand.
const FOLDER: &str = "scenarios";

pub(super) fn test(folder: &Path, update: bool, config: &Config) -> anyhow::Result<ExitCode> {
    let settings = load::checked(config)?;
    load::block_on(all(folder, update, &settings))
}

async fn all(folder: &Path, update: bool, settings: &Settings) -> anyhow::Result<ExitCode> {
    let files = scenarios(folder)?;
    let wasm = newest(folder).with_context(|| {
        format!(
            "the step must be built first: `iris step build {}`",
            folder.display()
        )
    })?;
    let (step, _) = inspect::loaded(&wasm.to_string_lossy(), settings).await?;
    let step = Arc::new(step);
    let mut failed = 0;
    for file in &files {
        failed += u32::from(!one(file, update, &step).await?);
    }
    let count = files.len();
    if failed == 0 {
        say::out(format_args!("{count} of {count} scenarios as written"))?;
        return Ok(ExitCode::SUCCESS);
    }
    say::aside(format_args!(
        "\n{failed} of {count} scenarios are not as written; where the step is right, \
         `iris step test --update` writes them anew"
    ));
    Ok(ExitCode::FAILURE)
}

/// Whether the step wished what the file says.
async fn one(file: &Path, update: bool, step: &Arc<Step>) -> anyhow::Result<bool> {
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let text = fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
    let scenario = Scenario::read(&text);
    let at = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let scenario = match scenario {
        Ok(scenario) => scenario,
        Err(wrong) => {
            say::aside(at(&wrong));
            return Ok(false);
        }
    };
    let Played { text: new, differ } = match scenario.play(step.clone()).await {
        Ok(played) => played,
        Err(wrong) => {
            say::aside(at(&wrong));
            return Ok(false);
        }
    };
    if differ.is_empty() {
        say::out(format_args!("  {name}: as written"))?;
        return Ok(true);
    }
    if update {
        fs::write(file, new).with_context(|| format!("{}", file.display()))?;
        say::out(format_args!("  {name}: written anew"))?;
        return Ok(true);
    }
    let lines: Vec<String> = differ.iter().map(ToString::to_string).collect();
    say::aside(format_args!(
        "  {name}: something else was wished at line {}",
        lines.join(", ")
    ));
    let diff = TextDiff::from_lines(&text, &new);
    let (written, wished) = (at(&"as written"), at(&"as wished"));
    say::aside(diff.unified_diff().header(&written, &wished));
    Ok(false)
}

fn scenarios(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let within = folder.join(FOLDER);
    let entries = fs::read_dir(&within);
    let entries = entries.with_context(|| format!("{} cannot be read", within.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<_> = paths
        .filter(|path| path.extension() == Some("txt".as_ref()))
        .collect();
    files.sort();
    ensure!(
        !files.is_empty(),
        "there is no scenario: {} holds no .txt",
        within.display()
    );
    Ok(files)
}
