//! Modals: filling, submitting, closing.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::element::find;
use super::entry::{Entry, state_object};
use super::press::keep;
use super::submission::{answered, incomplete};
use super::{Person, Place, Pressed, Refused};
use crate::deliver::{Parcel, Reached};
use crate::state::State;
use crate::state::inputs::values;
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

    /// Types or chooses, without sending anything.
    pub(crate) fn keep<'a>(
        &self,
        place: &Place,
        entries: impl IntoIterator<Item = (&'a String, &'a Entry)>,
    ) -> Result<(), Refused> {
        self.act(|state, user| {
            for (input, entry) in entries {
                let found = find(state, user, place, input)?;
                let chosen = state_object(state, &found.element, entry)?;
                keep(state, user, place, &found, chosen);
            }
            Ok(())
        })
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

    /// Presses a button of the view; what was typed goes along and stays.
    pub async fn press(self, what: &str) -> Result<Pressed, Refused> {
        let place = Place::View { id: self.view };
        self.person.keep(&place, pairs(&self.entries))?;
        self.person.press(place, what).await
    }

    /// Presses submit.
    pub async fn submit(self) -> Result<SubmitOutcome, Refused> {
        let Self {
            person,
            view: id,
            entries,
        } = self;
        person.keep(&Place::View { id: id.clone() }, pairs(&entries))?;
        let prepared = person.act(|state, user| {
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

fn pairs(entries: &[(String, Entry)]) -> impl Iterator<Item = (&String, &Entry)> {
    entries.iter().map(|(input, entry)| (input, entry))
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
