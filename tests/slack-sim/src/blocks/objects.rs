//! Composition objects: text, options, confirmation dialogs.

use serde_json::Value;

use super::Problem;
use super::inspect::{Inspector, Spot};

/// Which text objects may stand somewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    Plain,
    PlainOrMarkdown,
}

pub(super) fn text(inspector: &mut Inspector, spot: &Spot<'_>, allowed: Text, most: usize) {
    match (spot.kind(), allowed) {
        ("plain_text", _) => {
            inspector.only(spot, &["text", "emoji"]);
            inspector.flags(spot, &["emoji"]);
        }
        ("mrkdwn", Text::PlainOrMarkdown) => {
            inspector.only(spot, &["text", "verbatim"]);
            inspector.flags(spot, &["verbatim"]);
        }
        (kind, _) => inspector.note(spot, format!("unsupported type: {kind}")),
    }
    inspector.required_text(spot, "text", 1, most);
}

/// A text field that may be absent.
pub(super) fn optional_text(
    inspector: &mut Inspector,
    spot: &Spot<'_>,
    name: &str,
    allowed: Text,
    most: usize,
) {
    if let Some(field) = spot.field(name) {
        text(inspector, &field, allowed, most);
    }
}

pub(super) fn required_text(
    inspector: &mut Inspector,
    spot: &Spot<'_>,
    name: &str,
    allowed: Text,
    most: usize,
) {
    if let Some(field) = inspector.require(spot, name) {
        text(inspector, &field, allowed, most);
    }
}

pub(super) fn confirm(inspector: &mut Inspector, element: &Spot<'_>) {
    let Some(spot) = element.field("confirm") else {
        return;
    };
    inspector.only(&spot, &["title", "text", "confirm", "deny", "style"]);
    required_text(inspector, &spot, "title", Text::Plain, 100);
    required_text(inspector, &spot, "text", Text::PlainOrMarkdown, 300);
    required_text(inspector, &spot, "confirm", Text::Plain, 30);
    required_text(inspector, &spot, "deny", Text::Plain, 30);
    style(inspector, &spot);
}

pub(super) fn style(inspector: &mut Inspector, spot: &Spot<'_>) {
    if let Some(style) = spot.field("style") {
        inspector.one_of(&style, &["primary", "danger"]);
    }
}

/// Every mistake in the options that an app answers to a `block_suggestion`.
pub(crate) fn check_options(answer: &Value) -> Vec<Problem> {
    let mut inspector = Inspector::default();
    let shape = Options {
        least: 0,
        most: 100,
        text: Text::Plain,
        groups: true,
        urls: false,
    };
    options(&mut inspector, &Spot::root(answer), shape);
    inspector.problems
}

/// What an element's options may look like.
#[derive(Clone, Copy)]
pub(super) struct Options {
    pub(super) least: usize,
    pub(super) most: usize,
    pub(super) text: Text,
    pub(super) groups: bool,
    pub(super) urls: bool,
}

/// `options`, or `option_groups` where an element may have them.
pub(super) fn options(inspector: &mut Inspector, element: &Spot<'_>, shape: Options) {
    match (
        element.field("options"),
        element.field("option_groups").filter(|_| shape.groups),
    ) {
        (Some(_), Some(groups)) => {
            inspector.note(&groups, "cannot be used together with options");
        }
        (Some(options), None) => option_list(inspector, &options, shape),
        (None, Some(groups)) => {
            for group in inspector.list(&groups, 1, 100) {
                inspector.only(&group, &["label", "options"]);
                required_text(inspector, &group, "label", Text::Plain, 75);
                if let Some(options) = inspector.require(&group, "options") {
                    option_list(inspector, &options, shape);
                }
            }
        }
        (None, None) => inspector.note(element, "missing required field: options"),
    }
    initial(inspector, element);
}

fn option_list(inspector: &mut Inspector, options: &Spot<'_>, shape: Options) {
    let options = inspector.list(options, shape.least, shape.most);
    for option in &options {
        option_object(inspector, option, shape);
    }
}

fn option_object(inspector: &mut Inspector, option: &Spot<'_>, shape: Options) {
    let fields: &[&str] = if shape.urls {
        &["text", "value", "description", "url"]
    } else {
        &["text", "value", "description"]
    };
    inspector.only(option, fields);
    required_text(inspector, option, "text", shape.text, 75);
    inspector.required_text(option, "value", 1, 150);
    optional_text(inspector, option, "description", shape.text, 75);
    inspector.text(option, "url", 1, 3000);
}

/// What is chosen from the start must be one of the options, to the letter.
fn initial(inspector: &mut Inspector, element: &Spot<'_>) {
    let offered = all_options(element.value);
    if let Some(chosen) = element.field("initial_option")
        && !offered.contains(&chosen.value)
    {
        inspector.note(&chosen, "must match one of the provided options");
    }
    if let Some(chosen) = element.field("initial_options") {
        for one in inspector.list(&chosen, 1, offered.len()) {
            if !offered.contains(&one.value) {
                inspector.note(&one, "must match one of the provided options");
            }
        }
    }
}

/// The options of an element, those of its groups included.
pub(crate) fn all_options(element: &Value) -> Vec<&Value> {
    let mut options: Vec<&Value> = Vec::new();
    if let Some(Value::Array(own)) = element.get("options") {
        options.extend(own);
    }
    if let Some(Value::Array(groups)) = element.get("option_groups") {
        for group in groups {
            if let Some(Value::Array(own)) = group.get("options") {
                options.extend(own);
            }
        }
    }
    options
}
