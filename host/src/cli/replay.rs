//! `iris replay`: what another version of a step would have wished in past incidents. Sends nothing
//! and changes nothing.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::{Context, bail};
use clap::Args;
use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use super::{Reading, incident::Desk, load, number, say, step::loaded};
use crate::{
    config::Settings,
    ids::Number,
    rehearse::Past,
    step::Step,
    store::{HandledQuery, Store},
    team::StepUse,
};

#[derive(Args)]
pub(super) struct ReplayArgs {
    /// The incident's number: 42 for INC-42
    #[arg(value_name = "INCIDENT", value_parser = number, required_unless_present = "all")]
    incident: Option<u32>,
    /// The version to try: a file, or a step's name
    #[arg(long, value_name = "STEP")]
    with: PathBuf,
    /// Over all incidents that there are
    #[arg(long, conflicts_with = "incident")]
    all: bool,
    #[command(flatten)]
    reading: Reading,
}

/// What one incident came to.
#[derive(Serialize)]
struct Replayed {
    incident: Number,
    /// Lines that the new version says more, and less.
    more: usize,
    less: usize,
    /// As `diff -u` has it; empty where both wish the same.
    difference: String,
}

pub(super) fn replay(args: &ReplayArgs) -> anyhow::Result<ExitCode> {
    load::block_on(async {
        let settings = load::checked(&args.reading.place.config)?;
        let desk = Desk::open(&args.reading.place).await?;
        let (new, _) = loaded(&args.with.to_string_lossy(), &settings).await?;
        let new = Arc::new(new);
        let mut lines = desk.team.steps.iter();
        let line = lines.find(|line| line.name == new.name().as_str());
        let old = in_force(line, &settings).await?;
        let incidents = match args.incident {
            Some(number) => vec![number],
            None => desk.numbers().await?,
        };
        if incidents.is_empty() {
            bail!("there is no incident yet");
        }
        let count = u32::try_from(incidents.len()).unwrap_or(u32::MAX);
        let mut progress = say::Progress::of("replayed");
        let mut all = vec![];
        for (n, number) in (1..).zip(incidents) {
            all.push(one(&desk, number, old.as_ref(), &new, line).await?);
            progress.at(n, count);
        }
        progress.end();
        tell(&all, &new, old.is_some(), args.reading.json)
    })
}

/// What serves the team now.
async fn in_force(
    line: Option<&StepUse>,
    settings: &Settings,
) -> anyhow::Result<Option<Arc<Step>>> {
    let Some(line) = line else {
        return Ok(None);
    };
    let (steps, _) = load::steps(settings, [line.origin.clone()].into()).await?;
    Ok(steps.of(line))
}

async fn one(
    desk: &Desk,
    number: Number,
    old: Option<&Arc<Step>>,
    new: &Arc<Step>,
    line: Option<&StepUse>,
) -> anyhow::Result<Replayed> {
    let past = past(desk, number).await?;
    let config = line.map_or_else(|| serde_json::json!({}), |line| line.config.clone());
    let failed = || format!("INC-{number} cannot be told to it");
    let before = match old {
        Some(old) => past.tell(old, config.clone()).await.with_context(failed)?,
        None => String::new(),
    };
    let after = past.tell(new, config).await.with_context(failed)?;
    let diff = TextDiff::from_lines(&before, &after);
    let count = |tag| diff.iter_all_changes().filter(|c| c.tag() == tag).count();
    let mut unified = diff.unified_diff();
    Ok(Replayed {
        incident: number,
        more: count(ChangeTag::Insert),
        less: count(ChangeTag::Delete),
        difference: unified.header("in force", "tried").to_string(),
    })
}

async fn past(desk: &Desk, number: Number) -> anyhow::Result<Past> {
    let incident = desk.incident(number).await?;
    let query = HandledQuery {
        team: &desk.id,
        incident: Some(number),
        newest: u32::MAX,
    };
    let handled = desk.store.handled(query).await?;
    let entries = desk.entries(number).await?;
    let mut users = incident.people.clone();
    users.extend(incident.declarer().cloned());
    users.extend(handled.iter().filter_map(|one| one.event.by.clone()));
    let mut people = vec![];
    for user in users {
        people.extend(desk.store.person(&desk.id, &user).await?);
    }
    Ok(Past {
        id: desk.id.clone(),
        team: desk.team.clone(),
        incident,
        handled,
        entries,
        people,
    })
}

/// 0: nothing differs.
fn tell(all: &[Replayed], new: &Step, known: bool, json: bool) -> anyhow::Result<ExitCode> {
    let differ = all.iter().filter(|one| !one.difference.is_empty());
    let differ = differ.count();
    if json {
        say::json(&all)?;
    } else {
        if !known {
            say::aside(format_args!(
                "The team's file does not use `{}`: all that it wishes is new.",
                new.name()
            ));
        }
        for one in all.iter().filter(|one| !one.difference.is_empty()) {
            say::out(format_args!(
                "INC-{}: {} lines more, {} less\n{}",
                one.incident,
                one.more,
                one.less,
                one.difference.trim_end()
            ))?;
        }
        say::out(format_args!(
            "{} of {} incidents differ; nothing was sent",
            differ,
            all.len()
        ))?;
    }
    Ok(if differ == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
