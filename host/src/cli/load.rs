//! What commands read: settings, teams' files, steps.

use std::{
    collections::{BTreeMap, BTreeSet},
    future::Future,
    sync::Arc,
};

use anyhow::Context;

use super::{Config, Place};
use crate::{
    config::{Problem, ReadFile, Settings, TeamFile, environment},
    ids::TeamId,
    registry::Registry,
    step::{Cache, Engine, Step, Steps},
    store::{Store, sqlite::Sqlite},
    team::Origin,
};

/// The command was understood, and yet does not say enough: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct WrongUsage(pub(super) String);

/// The workspace that is meant: the one that is named, or the only one there is.
pub(super) async fn team(store: &Sqlite, place: &Place) -> anyhow::Result<TeamId> {
    if let Some(named) = &place.team {
        return Ok(TeamId::from(named.as_str()));
    }
    let mut teams = BTreeSet::from_iter(store.teams().await?);
    teams.extend(store.audited_teams().await?);
    if teams.len() > 1 {
        let ids: Vec<&str> = teams.iter().map(TeamId::as_str).collect();
        let sentence = format!("name the workspace by --team: {}", ids.join(", "));
        return Err(WrongUsage(sentence).into());
    }
    // Where there is none, nobody has anything.
    Ok(teams.pop_first().unwrap_or_else(|| TeamId::from("")))
}

pub(super) fn settings(config: &Config) -> Result<Settings, Vec<Problem>> {
    Settings::load(config.config.as_deref(), environment)
}

/// The settings, or all that is wrong with them as one failure.
pub(super) fn checked(config: &Config) -> anyhow::Result<Settings> {
    settings(config).map_err(|problems| {
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!(said.join("\n"))
    })
}

/// The standard steps, those that are named, and those that lie in the folder; with what is wrong
/// with them.
pub(super) async fn steps(
    settings: &Settings,
    mut origins: BTreeSet<Origin>,
) -> anyhow::Result<(Steps, Vec<crate::step::Problem>)> {
    let (engine, cache) = engine(settings)?;
    let steps = Steps::start(engine, cache, registry(settings), settings.steps.clone()).await?;
    origins.extend(steps.dropped_in());
    let problems = steps.refresh(&origins).await;
    Ok((steps, problems))
}

/// What was fetched from registries stands beside the store, also for `serve`.
pub(super) fn registry(settings: &Settings) -> Registry {
    Registry::new(settings.fetched(), settings.limits.file)
}

/// What compiles and runs steps. The cache is the one that `serve` keeps, so that nothing is
/// compiled twice.
pub(super) fn engine(settings: &Settings) -> anyhow::Result<(Arc<Engine>, Cache)> {
    let engine = Engine::new(settings.limits).context("steps cannot be run on this machine")?;
    let cache = Cache::new(Some(settings.store.with_extension("cache")));
    Ok((engine, cache))
}

/// Where the steps that these teams use come from.
pub(super) fn used<'a>(files: impl Iterator<Item = &'a TeamFile>) -> BTreeSet<Origin> {
    files
        .flat_map(|file| file.team.steps.iter().map(|step| step.origin.clone()))
        .collect()
}

/// The steps that these teams use, each once.
pub(super) fn in_use<'a>(
    steps: &Steps,
    files: impl Iterator<Item = &'a TeamFile>,
) -> Vec<Arc<Step>> {
    let lines = files.flat_map(|file| &file.team.steps);
    let used = lines.filter_map(|line| steps.of(line));
    let each: BTreeMap<_, _> = used.map(|step| (step.digest().to_owned(), step)).collect();
    each.into_values().collect()
}

/// The files that nothing stands in the way of, the default first.
pub(super) fn good(files: Vec<ReadFile>) -> Vec<Arc<TeamFile>> {
    let mut good: Vec<_> = files
        .into_iter()
        .filter_map(|read| Some((read.stem, read.file?)))
        .collect();
    good.sort_by_key(|(stem, _)| stem != "default");
    good.into_iter().map(|(_, file)| Arc::new(file)).collect()
}

/// Reading needs no threads.
pub(super) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(work)
}
