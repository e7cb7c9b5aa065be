//! Modals: filling, submitting, closing.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::element::{Found, find};
use super::entry::{Entry, state_object};
use super::press::keep;
use super::submission::{answered, incomplete};
use super::{Person, Place, Pressed, Refused};
use crate::deliver::{Parcel, Reached};
use crate::state::State;
use crate::state::inputs::values;
use crate::state::view::{View, ViewKind};
use crate::story::{Deed, complaints, said};

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
            let mut filled = Vec::new();
            for (input, entry) in entries {
                let found = find(state, user, place, input)?;
                if found.element["type"] == "file_input" {
                    bring(state, user, entry);
                }
                let chosen = state_object(state, &found.element, entry)?;
                if shown_now(state, place, &found) != chosen {
                    let field = field_name(state, place, &found);
                    filled.push((field, said(state, &chosen)));
                }
                keep(state, user, place, &found, chosen);
            }
            if !filled.is_empty() && matches!(place, Place::View { .. }) {
                state.tell(|_| Deed::Fill { fields: filled });
            }
            Ok(())
        })
    }

    /// Cancels the modal in front of them; the app hears of it if it asked to.
    pub async fn close_view(&self) -> Result<(), Refused> {
        let payload = self.act(|state, user| {
            let view = state.top_modal(user).cloned().ok_or(Refused::NoSuchView)?;
            state.tell(|_| Deed::Close);
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

/// Files that nobody has uploaded are empty.
fn bring(state: &mut State, user: &str, entry: &Entry) {
    let named = match entry {
        Entry::One(one) => std::slice::from_ref(one),
        Entry::Many(many) => many,
    };
    for name in named.iter().filter(|name| !name.is_empty()) {
        if !state
            .files
            .iter()
            .any(|file| file.id == *name || file.name == *name)
        {
            state.bring(user, name, Vec::new());
        }
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
            state.tell(|_| Deed::Submit);
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
            Err(problems) => return Ok(person.told(SubmitOutcome::Errors(problems))),
        };
        let outcome = match person.sim.core().send(&Parcel::interaction(&payload)).await {
            Reached::Answered(answer) if answer.status == 200 => {
                person.act(|state, user| Ok(answered(state, user, &id, &answer)))
            }
            Reached::Answered(answer) => {
                Ok(SubmitOutcome::Failed(format!("HTTP {}", answer.status)))
            }
            Reached::Failed(reason) => Ok(SubmitOutcome::Failed(reason)),
            Reached::TimedOut => Ok(SubmitOutcome::Timeout),
        };
        outcome.map(|outcome| person.told(outcome))
    }
}

impl Person {
    /// Writes what the form says into the story, if anybody writes one.
    fn told(&self, outcome: SubmitOutcome) -> SubmitOutcome {
        let recorder = &self.sim.core().recorder;
        if recorder.is_on() {
            let name = self.sim.core().read(|state| {
                let user = state.find_user(&self.named);
                user.map_or_else(String::new, |user| format!("@{}", user.name))
            });
            recorder.told(&complaints(&name, &outcome));
        }
        outcome
    }
}

/// What stands in the input before it is filled in.
fn shown_now(state: &State, place: &Place, found: &Found) -> Value {
    let Place::View { id } = place else {
        return Value::Null;
    };
    let shown = state
        .view(id)
        .map(|view| values(view.blocks(), &view.entries));
    shown.map_or(Value::Null, |mut shown| {
        shown[found.block_id()][found.action_id()].take()
    })
}

/// What a story calls the input: its label, where no other has the same.
fn field_name(state: &State, place: &Place, found: &Found) -> String {
    let label = found.block["label"]["text"].as_str().unwrap_or_default();
    let Place::View { id } = place else {
        return found.action_id().to_owned();
    };
    let blocks = state.view(id).map_or(&[][..], View::blocks);
    let same = blocks
        .iter()
        .filter(|block| block["label"]["text"] == label);
    let misread = label.contains(": ") || label.contains(" | ") || label.trim() != label;
    if found.block["type"] != "input" {
        found.action_id().to_owned()
    } else if label.is_empty() || misread || same.count() > 1 {
        found.block_id().to_owned()
    } else {
        label.to_owned()
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
