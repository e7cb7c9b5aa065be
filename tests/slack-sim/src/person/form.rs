//! Modals: filling, submitting, closing.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::element::find;
use super::entry::{Entry, state_object};
use super::{Person, Place, Refused};
use crate::api::refuse_bad_view;
use crate::deliver::{Answered, Parcel, Reached};
use crate::state::State;
use crate::state::inputs::{fields, is_many, values};
use crate::state::view::{View, ViewKind};

/// A modal being filled in.
#[must_use = "a form does nothing until it is submitted"]
pub struct Form<'a> {
    person: &'a Person,
    view: String,
    entries: Vec<(String, Entry)>,
}

/// What a person sees after pressing submit.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmitOutcome {
    /// This view is gone; one below it is seen again.
    Closed,
    /// The whole stack is gone.
    Cleared,
    /// By block id: from the app, or from Slack where a required field is empty.
    Errors(BTreeMap<String, String>),
    Updated(View),
    Pushed(View),
    /// "We had some trouble connecting. Try again?" The view stays.
    Timeout,
    /// The same sentence: the app was not reached, or what it answered makes no sense.
    Failed(String),
}

impl Person {
    /// Begins to fill in `view`.
    pub fn fill(&self, view: &View) -> Form<'_> {
        Form {
            person: self,
            view: view.id.clone(),
            entries: Vec::new(),
        }
    }

    /// Cancels the modal in front of them; the app hears of it if it asked to.
    pub async fn close_view(&self) -> Result<(), Refused> {
        let payload = self.act(|state, user| {
            let view = state.top_modal(user).cloned().ok_or(Refused::NoSuchView)?;
            state.close_modal(&view.id);
            if view.body["notify_on_close"] != true {
                return Ok(None);
            }
            let mut payload = state.interaction("view_closed", user);
            if let Some(fields) = payload.as_object_mut() {
                fields.remove("trigger_id");
            }
            payload["view"] = state.view_json(&view);
            payload["is_cleared"] = json!(false);
            Ok(Some(payload))
        })?;
        if let Some(payload) = payload {
            self.deliver(payload).await;
        }
        Ok(())
    }
}

impl Form<'_> {
    /// Types or chooses in the input with this block id or label.
    pub fn set(mut self, input: &str, entry: impl Into<Entry>) -> Self {
        self.entries.push((input.to_owned(), entry.into()));
        self
    }

    /// Presses submit.
    pub async fn submit(self) -> Result<SubmitOutcome, Refused> {
        let Self {
            person,
            view: id,
            entries,
        } = self;
        let place = Place::View { id: id.clone() };
        let prepared = person.act(|state, user| {
            for (input, entry) in &entries {
                let found = find(state, user, &place, input)?;
                let object = state_object(state, &found.element, entry)?;
                if let Some(view) = state.view_mut(&id) {
                    view.entries
                        .set(found.block_id(), found.action_id(), object);
                }
            }
            let view = state
                .view(&id)
                .filter(|view| view.user == user && view.kind == ViewKind::Modal)
                .cloned()
                .ok_or(Refused::NoSuchView)?;
            let problems = incomplete(&view);
            if !problems.is_empty() {
                return Ok(Err(problems));
            }
            let mut payload = state.interaction("view_submission", user);
            payload["view"] = state.view_json(&view);
            payload["response_urls"] = response_urls(state, user, &view);
            Ok(Ok(payload))
        })?;
        let payload = match prepared {
            Ok(payload) => payload,
            Err(problems) => return Ok(SubmitOutcome::Errors(problems)),
        };
        match person
            .sim
            .core()
            .courier
            .send(&Parcel::interaction(&payload))
            .await
        {
            Reached::Answered(answer) if answer.status == 200 => {
                person.act(|state, user| Ok(answered(state, user, &id, &answer)))
            }
            Reached::Answered(answer) => {
                Ok(SubmitOutcome::Failed(format!("HTTP {}", answer.status)))
            }
            Reached::Failed(reason) => Ok(SubmitOutcome::Failed(reason)),
            Reached::TimedOut => Ok(SubmitOutcome::Timeout),
        }
    }
}

/// Does what the app answered to a submission.
fn answered(state: &mut State, user: &str, id: &str, answer: &Answered) -> SubmitOutcome {
    if answer.body.trim().is_empty() {
        state.close_modal(id);
        return SubmitOutcome::Closed;
    }
    let Ok(body) = serde_json::from_str::<Value>(&answer.body) else {
        return SubmitOutcome::Failed("the answer is not JSON".into());
    };
    match body["response_action"].as_str() {
        Some("clear") => {
            state.modals.retain(|view| view.user != user);
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
fn incomplete(view: &View) -> BTreeMap<String, String> {
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

/// A response url for each `conversations_select` that asked for one.
fn response_urls(state: &mut State, user: &str, view: &View) -> Value {
    let values = values(view.blocks(), &view.entries);
    let mut urls = Vec::new();
    for block in view.blocks() {
        let element = &block["element"];
        if element["response_url_enabled"] != true {
            continue;
        }
        let (Some(block_id), Some(action_id)) =
            (block["block_id"].as_str(), element["action_id"].as_str())
        else {
            continue;
        };
        let chosen = &values[block_id][action_id];
        let channel = chosen["selected_conversation"]
            .as_str()
            .or(chosen["selected_channel"].as_str());
        if let Some(channel) = channel {
            let (_, url) = state.new_response_url(user, channel, None);
            urls.push(json!({
                "block_id": block_id,
                "action_id": action_id,
                "channel_id": channel,
                "response_url": url,
            }));
        }
    }
    json!(urls)
}
