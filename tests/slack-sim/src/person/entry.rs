//! What a person types or chooses in one input.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Refused;
use crate::blocks::all_options;
use crate::state::State;
use crate::state::inputs::{fields, is_many};

/// One text, one choice, or several; options by value or label, people and channels by id or
/// name, files by id or the name of the newest.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum Entry {
    One(String),
    Many(Vec<String>),
}

impl From<&str> for Entry {
    fn from(one: &str) -> Self {
        Self::One(one.to_owned())
    }
}

impl From<String> for Entry {
    fn from(one: String) -> Self {
        Self::One(one)
    }
}

impl From<Vec<String>> for Entry {
    fn from(many: Vec<String>) -> Self {
        Self::Many(many)
    }
}

impl From<&[&str]> for Entry {
    fn from(many: &[&str]) -> Self {
        Self::Many(many.iter().map(ToString::to_string).collect())
    }
}

impl<const N: usize> From<[&str; N]> for Entry {
    fn from(many: [&str; N]) -> Self {
        Self::from(&many[..])
    }
}

/// Slack's state object for this entry in this element; an empty one clears it.
pub(super) fn state_object(
    state: &State,
    element: &Value,
    entry: &Entry,
) -> Result<Value, Refused> {
    let kind = element["type"].as_str().unwrap_or_default();
    let (field, _) = fields(kind).ok_or_else(|| Refused::WrongElement(kind.to_owned()))?;
    let entries: Vec<&str> = match entry {
        Entry::One(one) if one.is_empty() => Vec::new(),
        Entry::One(one) => vec![one],
        Entry::Many(many) => many.iter().map(String::as_str).collect(),
    };
    let values = entries
        .into_iter()
        .map(|one| value(state, element, kind, one))
        .collect::<Result<Vec<_>, _>>()?;
    let value = if is_many(kind) {
        json!(values)
    } else {
        match values.as_slice() {
            [] => Value::Null,
            [one] => one.clone(),
            _ => return Err(Refused::WrongElement(kind.to_owned())),
        }
    };
    Ok(json!({ "type": kind, field: value }))
}

/// The option of this element with that value or label.
pub(super) fn option(element: &Value, what: &str) -> Result<Value, Refused> {
    among(&all_options(element), what)
}

fn among(options: &[&Value], what: &str) -> Result<Value, Refused> {
    let found = options
        .iter()
        .find(|option| option["value"] == what)
        .or_else(|| options.iter().find(|option| option["text"]["text"] == what));
    found
        .map(|option| (*option).clone())
        .ok_or_else(|| Refused::NoSuchOption {
            what: what.to_owned(),
            there: options
                .iter()
                .filter_map(|option| option["text"]["text"].as_str().map(str::to_owned))
                .collect(),
        })
}

fn value(state: &State, element: &Value, kind: &str, one: &str) -> Result<Value, Refused> {
    let none = || Refused::NoSuchOption {
        what: one.to_owned(),
        there: Vec::new(),
    };
    match kind.trim_start_matches("multi_") {
        "static_select" | "radio_buttons" | "checkboxes" | "overflow" => option(element, one),
        "external_select" => {
            let action = element["action_id"].as_str().unwrap_or_default();
            let suggested = state.suggested.get(action).map_or(&[][..], Vec::as_slice);
            let initial = element.get("initial_option");
            let options: Vec<&Value> = suggested.iter().chain(initial).collect();
            among(&options, one)
        }
        "users_select" => Ok(json!(state.find_user(one).ok_or_else(none)?.id)),
        "conversations_select" | "channels_select" => {
            Ok(json!(state.find_channel(one).ok_or_else(none)?.id))
        }
        "rich_text_input" => Ok(rich(one)),
        "file_input" => {
            let mut newest = state.files.iter().rev();
            let file = newest.find(|file| file.id == one || file.name == one);
            Ok(state.file_json(&file.ok_or_else(none)?.id))
        }
        "datetimepicker" => Ok(json!(one.parse::<u64>().map_err(|_| none())?)),
        _ => Ok(json!(one)),
    }
}

/// What is typed, without marks, as Slack's rich text.
fn rich(typed: &str) -> Value {
    let text = json!({ "type": "text", "text": typed });
    let section = json!({ "type": "rich_text_section", "elements": [text] });
    json!({ "type": "rich_text", "elements": [section] })
}
