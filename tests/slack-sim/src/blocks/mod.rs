//! Block Kit, as strictly as Slack reads it, and as people read it.

use serde_json::Value;

mod elements;
mod inspect;
mod layout;
mod objects;
mod rich_text;
mod text;
mod view;

pub(crate) use objects::{all_options, check_options};
pub(crate) use text::read_markup;
pub use text::{Names, text_of};
pub(crate) use view::check_view;

use inspect::{Inspector, Spot};

/// Where blocks are shown; it decides which are allowed, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surface {
    Message,
    Modal,
    Home,
}

/// One mistake, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// A JSON pointer that begins at the list of blocks, or at the view.
    pub(crate) pointer: String,
    pub(crate) message: String,
}

/// Every mistake in a list of blocks; none: Slack takes it.
pub(crate) fn check(blocks: &Value, surface: Surface) -> Vec<Problem> {
    let mut inspector = Inspector::default();
    layout::blocks(&mut inspector, &Spot::root(blocks), surface);
    inspector.problems
}

/// The characters of text over all blocks.
pub(crate) fn text_length(blocks: &Value) -> usize {
    match blocks {
        Value::Array(items) => items.iter().map(text_length).sum(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| match value {
                Value::String(text) if key == "text" => text.chars().count(),
                Value::Array(_) | Value::Object(_) => text_length(value),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
            })
            .sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

#[cfg(test)]
mod tests;
