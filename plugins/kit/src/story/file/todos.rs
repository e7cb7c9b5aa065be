//! The todos at the end of the file: each as its newest entry tells it.

use std::collections::BTreeMap;

use crate::args;
use crate::rich::{one_line, text};
use crate::time::file_date;

use super::line;
use crate::story::Entry;
use crate::story::sentence::{Teller, inline};

pub(super) fn write(out: &mut String, teller: Teller<'_>, entries: &[Entry]) {
    let mut todos = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.kind == "todo") {
        todos.insert(entry.data.n, entry);
    }
    if todos.is_empty() {
        return;
    }
    let texts = &teller.scene.texts;
    line(out, format_args!("## {}\n", texts.say("file-todos", &[])));
    for entry in todos.values() {
        let data = &entry.data;
        let words = inline(&one_line(&entry.text));
        let owner = data.owner.as_deref().map(|id| teller.name(id));
        let owner = owner.unwrap_or_else(|| vec![text(texts.say("owner-none", &[]))]);
        let due = teller.due(data);
        let (tick, said) = match data.done_at {
            Some(at) => {
                let day = file_date(&teller.scene.wall(at));
                (
                    'x',
                    texts.say(
                        "file-todo-done",
                        args![text = words, owner, due, date = day],
                    ),
                )
            }
            None => (' ', texts.say("file-todo", args![text = words, owner, due])),
        };
        line(out, format_args!("- [{tick}] {said}"));
    }
    out.push('\n');
}
