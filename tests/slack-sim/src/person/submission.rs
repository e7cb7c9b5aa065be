//! A form's submission: what Slack's client says before it, and what follows the app's answer.

use std::collections::BTreeMap;

use serde_json::Value;

use super::SubmitOutcome;
use crate::api::refuse_bad_view;
use crate::deliver::Answered;
use crate::state::State;
use crate::state::inputs::{fields, is_many, values};
use crate::state::view::View;

/// Does what the app answered to a submission.
pub(super) fn answered(
    state: &mut State,
    user: &str,
    id: &str,
    answer: &Answered,
) -> SubmitOutcome {
    if answer.body.trim().is_empty() {
        state.close_modal(id);
        return SubmitOutcome::Closed;
    }
    let Ok(body) = serde_json::from_str::<Value>(&answer.body) else {
        return SubmitOutcome::Failed("the answer is not JSON".into());
    };
    match body["response_action"].as_str() {
        Some("clear") => {
            state.close_all_modals(user);
            SubmitOutcome::Cleared
        }
        Some("errors") => errors(state, id, &body["errors"]),
        Some("update") => match refuse_bad_view(&body["view"], "modal") {
            Err(refusal) => SubmitOutcome::Failed(refusal.into_json().to_string()),
            Ok(()) => match state.replace_view(id, body["view"].clone()) {
                Some(view) => SubmitOutcome::Updated(view),
                None => SubmitOutcome::Failed("not_found".into()),
            },
        },
        Some("push") => match refuse_bad_view(&body["view"], "modal") {
            Err(refusal) => SubmitOutcome::Failed(refusal.into_json().to_string()),
            Ok(()) => match state.push_modal(user, body["view"].clone()) {
                Ok(view) => SubmitOutcome::Pushed(view),
                Err(code) => SubmitOutcome::Failed(code.into()),
            },
        },
        Some(other) => SubmitOutcome::Failed(format!("unknown response_action {other:?}")),
        None if body.as_object().is_some_and(serde_json::Map::is_empty) => {
            state.close_modal(id);
            SubmitOutcome::Closed
        }
        None => SubmitOutcome::Failed("the answer has no response_action".into()),
    }
}

/// Field errors; each must name an input block of the view.
fn errors(state: &State, id: &str, errors: &Value) -> SubmitOutcome {
    let errors: BTreeMap<String, String> = errors
        .as_object()
        .into_iter()
        .flatten()
        .map(|(block, text)| (block.clone(), text.as_str().unwrap_or_default().to_owned()))
        .collect();
    let blocks = state
        .view(id)
        .map(|view| view.blocks().to_vec())
        .unwrap_or_default();
    let is_input = |id: &String| {
        blocks
            .iter()
            .any(|block| block["type"] == "input" && block["block_id"] == **id)
    };
    if errors.is_empty() || !errors.keys().all(is_input) {
        return SubmitOutcome::Failed("errors must name input blocks of the view".into());
    }
    SubmitOutcome::Errors(errors)
}

/// What Slack's client itself says about a form before it sends it.
pub(super) fn incomplete(view: &View) -> BTreeMap<String, String> {
    let values = values(view.blocks(), &view.entries);
    let mut problems = BTreeMap::new();
    for block in view
        .blocks()
        .iter()
        .filter(|block| block["type"] == "input")
    {
        let element = &block["element"];
        let (Some(block_id), Some(action_id), Some(kind)) = (
            block["block_id"].as_str(),
            element["action_id"].as_str(),
            element["type"].as_str(),
        ) else {
            continue;
        };
        let Some((field, _)) = fields(kind) else {
            continue;
        };
        let value = &values[block_id][action_id][field];
        let empty = if is_many(kind) {
            value.as_array().is_none_or(Vec::is_empty)
        } else {
            value.is_null() || value.as_str().is_some_and(str::is_empty)
        };
        if empty {
            if block["optional"] != true {
                problems.insert(
                    block_id.into(),
                    "Please complete this required field.".into(),
                );
            }
            continue;
        }
        if let Some(problem) = value.as_str().and_then(|text| wrong_length(element, text)) {
            problems.insert(block_id.to_owned(), problem);
        }
    }
    problems
}

fn wrong_length(element: &Value, text: &str) -> Option<String> {
    let length = text.chars().count() as u64;
    let most = element["max_length"].as_u64().unwrap_or(3000);
    let least = element["min_length"].as_u64().unwrap_or(0);
    if length > most {
        return Some(format!(
            "This entry must be no more than {most} characters."
        ));
    }
    (length < least).then(|| format!("This entry must be at least {least} characters."))
}
