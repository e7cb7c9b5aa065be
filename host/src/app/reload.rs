//! What operators change while Iris runs: teams' files, the steps in their folder, and those that
//! lie in registries.

use std::{collections::BTreeSet, path::Path, sync::Arc, time::Duration};

use tokio::sync::Notify;
use tracing::{error, warn};

use crate::{
    clock::SharedClock,
    config::{self, Teams, Watch},
    step::Steps,
    tasks::Tasks,
    team::Origin,
};

/// Until a registry is asked again that did not give what is wanted.
const AGAIN: Duration = Duration::from_mins(1);

/// Watches both folders as long as it lives. What cannot be watched is taken at the next start.
pub(super) fn watch(
    teams: &Arc<Teams>,
    steps: &Arc<Steps>,
    clock: &SharedClock,
    tasks: &Tasks,
) -> Vec<Watch> {
    let named = Arc::new(Notify::new());
    let (of_teams, of_names) = (teams.clone(), named.clone());
    let of_teams = config::watch(teams.folder(), move || {
        of_teams.reload();
        of_names.notify_one();
    });
    let (here, now) = (tasks.clone(), clock.clone());
    tasks.spawn(fetch(named, teams.clone(), steps.clone(), now, here));
    let changed = Arc::new(Notify::new());
    // For what came between the first look and the watch.
    changed.notify_one();
    let heard = changed.clone();
    let of_steps = made(steps.folder()).and_then(|()| {
        let heard = move || heard.notify_one();
        config::watch(steps.folder(), heard)
    });
    tasks.spawn(take(changed, teams.clone(), steps.clone(), tasks.clone()));
    [
        (of_teams, "Team files are not watched"),
        (of_steps, "Steps are not watched"),
    ]
    .into_iter()
    .filter_map(|(watch, what)| {
        watch
            .inspect_err(|error| warn!(%error, "{what}: changes need a restart"))
            .ok()
    })
    .collect()
}

/// Only what is there can be watched.
fn made(folder: &Path) -> notify::Result<()> {
    std::fs::create_dir_all(folder).map_err(notify::Error::io)
}

/// Steps are compiled aside; those in force serve meanwhile. Then teams' files are read again, since
/// a file may name a step that is new, or its settings be wrong for the new version.
async fn take(changed: Arc<Notify>, teams: Arc<Teams>, steps: Arc<Steps>, tasks: Tasks) {
    loop {
        tokio::select! {
            () = changed.notified() => {}
            () = tasks.stopping() => return,
        }
        if steps.reload().await {
            teams.reload();
        }
    }
}

/// Takes what was fetched before, so that it serves from the first event on.
pub(super) async fn take_kept(teams: &Teams, steps: &Steps) {
    let mut kept = in_registries(teams);
    kept.retain(|origin| steps.is_kept(origin));
    if !kept.is_empty() {
        // What is wrong with one is said when it is tried again, by `fetch`.
        steps.refresh(&kept).await;
        teams.reload();
    }
}

/// Fetches what teams' files name in registries and is not here, aside: what served before serves
/// meanwhile. A registry that does not give it is asked again.
async fn fetch(
    named: Arc<Notify>,
    teams: Arc<Teams>,
    steps: Arc<Steps>,
    clock: SharedClock,
    tasks: Tasks,
) {
    let mut said = BTreeSet::new();
    loop {
        let mut missing = in_registries(&teams);
        missing.retain(|origin| !steps.has(origin));
        let problems = tokio::select! {
            problems = steps.refresh(&missing) => problems,
            () = tasks.stopping() => return,
        };
        if problems.len() < missing.len() {
            teams.reload();
        }
        let still = u32::try_from(problems.len()).unwrap_or(u32::MAX);
        metrics::gauge!("iris_steps_unfetched").set(still);
        let problems: BTreeSet<String> = problems.iter().map(ToString::to_string).collect();
        for problem in problems.difference(&said) {
            error!("Not in force: {problem}");
        }
        let again = clock.sleep_until(clock.now().plus(AGAIN));
        said = problems;
        tokio::select! {
            () = named.notified() => {}
            () = again, if !said.is_empty() => {}
            () = tasks.stopping() => return,
        }
    }
}

fn in_registries(teams: &Teams) -> BTreeSet<Origin> {
    let files = teams.files();
    let lines = files.iter().flat_map(|(_, file)| &file.team.steps);
    let origins = lines.map(|line| &line.origin);
    origins
        .filter(|origin| !origin.is_file())
        .cloned()
        .collect()
}
