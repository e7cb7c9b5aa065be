//! Todos, from the entries that the todo step writes: of the kind `todo`, in `data` the todo's number
//! `n`, and `act`: `added`, `done`, `undone`, `moved` or `changed`. The newest of each number is the
//! todo as it is.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::asked::Asked;
use crate::{
    clock::Moment,
    ids::Owner,
    incident::{Entry, Incident},
};

/// A todo that is open, as its newest entry says.
pub(super) struct Todo<'a> {
    pub(super) incident: &'a Incident,
    /// The step that keeps it: a press on `{keeper}:done:{n}` is told to it.
    pub(super) keeper: &'a Owner,
    pub(super) n: u32,
    pub(super) text: String,
    pub(super) due: Option<Moment>,
    /// Otherwise the whole day counts.
    pub(super) due_has_time: bool,
}

#[derive(Deserialize)]
struct Data {
    n: u32,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    due: Option<u64>,
    #[serde(default)]
    due_has_time: bool,
}

impl<'a> Todo<'a> {
    fn of(incident: &'a Incident, entry: &'a Entry) -> Option<Self> {
        let data = Data::deserialize(entry.data.as_ref()?).ok()?;
        Some(Self {
            incident,
            keeper: &entry.owner,
            n: data.n,
            text: data.text.unwrap_or_else(|| entry.text.clone()),
            due: data.due.map(Moment),
            due_has_time: data.due_has_time,
        })
    }

    pub(super) fn is_overdue(&self, now: Moment) -> bool {
        self.due.is_some_and(|due| due < now)
    }
}

/// Those of who acts, in incidents that they may know of and of steps that are used: in the order of
/// their dates, those without a date last.
pub(super) fn own<'a>(asked: &Asked<'a>) -> Vec<Todo<'a>> {
    let used = |todo: &Todo<'_>| {
        let mut steps = asked.known.steps.iter();
        steps.any(|step| step.name == *todo.keeper)
    };
    let mine = asked.known.todos.iter();
    let mut mine: Vec<_> = mine
        .filter(|(incident, _)| asked.may_know(incident))
        .filter_map(|(incident, entry)| Todo::of(incident, entry))
        .filter(used)
        .collect();
    mine.sort_by_key(|todo| {
        let due = todo.due.map_or(u64::MAX, |due| due.0);
        (due, todo.incident.number, todo.n)
    });
    mine
}

/// How many of an incident's are open. Over its entries of this kind, oldest first.
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
