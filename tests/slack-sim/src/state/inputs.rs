//! What people typed and chose: Slack's `state.values`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

/// State objects by block id and action id.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Entries(BTreeMap<String, BTreeMap<String, Value>>);

impl Entries {
    pub(crate) fn set(&mut self, block_id: &str, action_id: &str, state: Value) {
        self.0
            .entry(block_id.to_owned())
            .or_default()
            .insert(action_id.to_owned(), state);
    }

    pub(crate) fn get(&self, block_id: &str, action_id: &str) -> Option<&Value> {
        self.0.get(block_id)?.get(action_id)
    }

    /// Forgets what belongs to none of these blocks.
    pub(crate) fn retain_in(&mut self, blocks: &[Value]) {
        self.0.retain(|block_id, actions| {
            actions.retain(|action_id, state| {
                elements(blocks).any(|(block, element)| {
                    block["block_id"] == **block_id
                        && element["action_id"] == **action_id
                        && element["type"] == state["type"]
                })
            });
            !actions.is_empty()
        });
    }
}

/// Every interactive element with the block it stands in.
pub(crate) fn elements(blocks: &[Value]) -> impl Iterator<Item = (&Value, &Value)> {
    blocks.iter().flat_map(|block| {
        let listed = match block["type"].as_str() {
            Some("actions") => block["elements"].as_array().map_or(&[][..], Vec::as_slice),
            _ => &[],
        };
        let single = ["element", "accessory"]
            .into_iter()
            .filter_map(|place| block.get(place));
        listed
            .iter()
            .chain(single)
            .map(move |element| (block, element))
    })
}

/// `state.values` of these blocks: what was entered, else the initial values.
pub(crate) fn values(blocks: &[Value], entries: &Entries) -> Value {
    let mut values = json!({});
    for (block, element) in elements(blocks) {
        let (Some(block_id), Some(action_id)) =
            (block["block_id"].as_str(), element["action_id"].as_str())
        else {
            continue;
        };
        let entered = entries.get(block_id, action_id).cloned();
        if let Some(state) = entered.or_else(|| initial(element)) {
            values[block_id][action_id] = state;
        }
    }
    values
}

/// The field of an element's state object that holds the choice, and the one it starts from;
/// `None` for elements without state.
pub(crate) fn fields(kind: &str) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        "plain_text_input" | "email_text_input" | "url_text_input" | "number_input" => {
            ("value", "initial_value")
        }
        "rich_text_input" => ("rich_text_value", "initial_value"),
        "file_input" => ("files", "initial_files"),
        "static_select" | "external_select" | "radio_buttons" => {
            ("selected_option", "initial_option")
        }
        "multi_static_select" | "multi_external_select" | "checkboxes" => {
            ("selected_options", "initial_options")
        }
        "users_select" => ("selected_user", "initial_user"),
        "multi_users_select" => ("selected_users", "initial_users"),
        "conversations_select" => ("selected_conversation", "initial_conversation"),
        "multi_conversations_select" => ("selected_conversations", "initial_conversations"),
        "channels_select" => ("selected_channel", "initial_channel"),
        "multi_channels_select" => ("selected_channels", "initial_channels"),
        "datepicker" => ("selected_date", "initial_date"),
        "timepicker" => ("selected_time", "initial_time"),
        "datetimepicker" => ("selected_date_time", "initial_date_time"),
        _ => return None,
    })
}

/// Whether the element takes several values.
pub(crate) fn is_many(kind: &str) -> bool {
    matches!(kind, "checkboxes" | "file_input") || kind.starts_with("multi_")
}

fn initial(element: &Value) -> Option<Value> {
    let kind = element["type"].as_str()?;
    let (field, initial) = fields(kind)?;
    let empty = if is_many(kind) {
        json!([])
    } else {
        Value::Null
    };
    Some(json!({ "type": kind, field: element.get(initial).cloned().unwrap_or(empty) }))
}
