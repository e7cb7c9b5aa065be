//! How many todos are open, from the entries that the todo step writes.

use std::collections::BTreeSet;

use crate::incident::Entry;

/// Counts over entries of the kind `todo`, oldest first: `data` holds the todo's number `n`, and
/// `act`: `added`, `done`, `undone`, `moved` or `changed`.
pub(super) fn open(entries: &[Entry]) -> usize {
    let mut open = BTreeSet::new();
    for data in entries.iter().filter_map(|entry| entry.data.as_ref()) {
        let Some(n) = data["n"].as_u64() else {
            continue;
        };
        match data["act"].as_str() {
            Some("added" | "undone") => {
                open.insert(n);
            }
            Some("done") => {
                open.remove(&n);
            }
            _ => {}
        }
    }
    open.len()
}
