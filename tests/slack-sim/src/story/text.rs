//! Forms and messages as lines.

use crate::{Sim, View};

/// The lines of a message, without empty ones.
pub(super) fn indented(text: &str) -> Vec<String> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

/// A form: its title, what stands in it, its buttons.
pub(super) fn shown_view(sim: &Sim, view: &View) -> String {
    let mut lines = vec![view.title().to_owned()];
    lines.extend(indented(&sim.text_of(view.blocks())));
    let button = |field: &str| {
        view.body[field]["text"]
            .as_str()
            .map(|label| format!("[{label}]"))
    };
    let buttons: Vec<String> = ["close", "submit"].into_iter().filter_map(button).collect();
    if !buttons.is_empty() {
        lines.push(buttons.join(" "));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}
