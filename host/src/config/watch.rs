//! Says when something in a folder changes.

use std::{path::Path, time::Duration};

use notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// Editors write a file in several steps; so long nothing is read.
const QUIET: Duration = Duration::from_millis(300);

/// Watches as long as it lives.
pub struct Watch {
    _debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
}

/// Begins to watch a folder, and calls `changed` on a thread of its own. An error: changes are taken
/// at the next start only.
pub fn watch(folder: &Path, changed: impl Fn() + Send + 'static) -> notify::Result<Watch> {
    let named = folder.display().to_string();
    let heard = move |result: DebounceEventResult| match result {
        // Reading the files is an event, too: it would go on for ever.
        Ok(events) if events.iter().all(|event| event.kind.is_access()) => {}
        Ok(_) => changed(),
        Err(errors) => {
            for error in errors {
                tracing::warn!("The folder {named} cannot be watched: {error}");
            }
        }
    };
    let mut debouncer = new_debouncer(QUIET, None, heard)?;
    debouncer.watch(folder, RecursiveMode::NonRecursive)?;
    Ok(Watch {
        _debouncer: debouncer,
    })
}
