//! What operators change while Iris runs: teams' files, and the steps in their folder.

use std::{path::Path, sync::Arc};

use tokio::sync::Notify;
use tracing::warn;

use crate::{
    config::{self, Teams, Watch},
    step::Steps,
    tasks::Tasks,
};

/// Watches both folders as long as it lives. What cannot be watched is taken at the next start.
pub(super) fn watch(teams: &Arc<Teams>, steps: &Arc<Steps>, tasks: &Tasks) -> Vec<Watch> {
    let of_teams = teams.clone();
    let of_teams = config::watch(teams.folder(), move || of_teams.reload());
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
