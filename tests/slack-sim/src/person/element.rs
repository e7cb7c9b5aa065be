//! Finding what a person points at.

use serde_json::Value;

use super::{Place, Refused};
use crate::state::State;
use crate::state::inputs::elements;

/// An element and the block it stands in.
pub(super) struct Found {
    pub(super) block: Value,
    pub(super) element: Value,
}

impl Found {
    pub(super) fn pair(&self) -> (&Value, &Value) {
        (&self.block, &self.element)
    }

    pub(super) fn block_id(&self) -> &str {
        self.block["block_id"].as_str().unwrap_or_default()
    }

    pub(super) fn action_id(&self) -> &str {
        self.element["action_id"].as_str().unwrap_or_default()
    }

    pub(super) fn kind(&self) -> &str {
        self.element["type"].as_str().unwrap_or_default()
    }
}

/// The blocks at `place`, if `user` can see them.
pub(super) fn blocks_at(state: &State, user: &str, place: &Place) -> Result<Vec<Value>, Refused> {
    match place {
        Place::Message { channel, ts } => {
            let seen = state
                .channel(channel)
                .is_some_and(|channel| state.sees(user, channel));
            let message = state.message(channel, ts).filter(|_| seen);
            Ok(message.ok_or(Refused::NoSuchMessage)?.blocks.clone())
        }
        Place::Ephemeral { ts } => {
            let shown = state.ephemeral(ts).filter(|shown| shown.user == user);
            Ok(shown.ok_or(Refused::NoSuchMessage)?.blocks.clone())
        }
        Place::View { id } => {
            let view = state.view(id).filter(|view| view.user == user);
            Ok(view.ok_or(Refused::NoSuchView)?.blocks().to_vec())
        }
    }
}

/// The element with this action id, block id or label; `block/action` where an action id stands
/// in several blocks.
pub(super) fn find(state: &State, user: &str, place: &Place, what: &str) -> Result<Found, Refused> {
    let blocks = blocks_at(state, user, place)?;
    let by = |fits: &dyn Fn(&Value, &Value) -> bool| -> Vec<(&Value, &Value)> {
        elements(&blocks)
            .filter(|(block, element)| fits(block, element))
            .collect()
    };
    let in_inputs =
        |block: &Value, _: &Value| block["type"] == "input" && block["block_id"] == what;
    let exactly = |block: &Value, element: &Value| {
        let ids = (block["block_id"].as_str(), element["action_id"].as_str());
        matches!(ids, (Some(block), Some(action)) if what.strip_prefix(block).and_then(|rest| rest.strip_prefix('/')) == Some(action))
    };
    let mut found = by(&exactly);
    if found.is_empty() {
        found = by(&|_, element| element["action_id"] == what);
    }
    if found.len() != 1 {
        let inputs = by(&in_inputs);
        found = if inputs.is_empty() { found } else { inputs };
    }
    if found.is_empty() {
        found = by(&|block, element| labels(block, element).contains(&what));
    }
    match found.as_slice() {
        [(block, element)] => Ok(Found {
            block: (*block).clone(),
            element: (*element).clone(),
        }),
        [] => Err(Refused::NoSuchElement {
            what: what.to_owned(),
            there: elements(&blocks)
                .filter_map(|(block, element)| {
                    labels(block, element).first().map(ToString::to_string)
                })
                .collect(),
        }),
        _ => Err(Refused::Ambiguous(what.to_owned())),
    }
}

/// What a person would call this element.
fn labels<'a>(block: &'a Value, element: &'a Value) -> Vec<&'a str> {
    [
        &element["text"]["text"],
        &element["accessibility_label"],
        &block["label"]["text"],
        &element["placeholder"]["text"],
    ]
    .into_iter()
    .filter_map(Value::as_str)
    .filter(|label| !label.is_empty())
    .collect()
}
