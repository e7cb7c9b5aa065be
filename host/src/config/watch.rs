//! Reads teams' files again when they change.

use std::{sync::Arc, time::Duration};

use notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use super::teams::Teams;

/// Editors write a file in several steps; so long nothing is read.
const QUIET: Duration = Duration::from_millis(300);

/// Watches as long as it lives.
pub struct Watch {
    _debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
}

/// Begins to watch the teams' folder. An error: changes are taken at the next start only.
pub fn watch(teams: Arc<Teams>) -> notify::Result<Watch> {
    let folder = teams.folder().to_owned();
    let changed = move |result: DebounceEventResult| match result {
        // Reading the files is an event, too: it would go on for ever.
        Ok(events) if events.iter().all(|event| event.kind.is_access()) => {}
        Ok(_) => teams.reload(),
        Err(errors) => {
            for error in errors {
                tracing::warn!("The folder of teams' files cannot be watched: {error}");
            }
        }
    };
    let mut debouncer = new_debouncer(QUIET, None, changed)?;
    debouncer.watch(&folder, RecursiveMode::NonRecursive)?;
    Ok(Watch {
        _debouncer: debouncer,
    })
}
