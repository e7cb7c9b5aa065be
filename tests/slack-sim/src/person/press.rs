//! Pressing buttons and choosing in menus: `block_actions`.

use serde::Serialize;
use serde_json::{Value, json};

use super::element::{Found, find};
use super::entry::{Entry, option, state_object};
use super::payload::{add_container, add_response_url};
use super::{Person, Place, Refused};
use crate::deliver::{Parcel, Reached};
use crate::state::State;
use crate::state::inputs::fields;
use crate::story::{Deed, said, spot_of};

/// What a person sees of a press.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Pressed {
    /// The app acknowledged it.
    Ok,
    /// Chosen, and sent only with the form it is in.
    Kept,
    /// A warning sign: the app took longer than three seconds.
    Timeout,
    /// A warning sign: the app was not reached, or did not answer 200.
    Failed,
}

impl Person {
    /// Presses the button with this action id or label.
    pub async fn press(&self, place: impl Into<Place>, what: &str) -> Result<Pressed, Refused> {
        let place = place.into();
        let payload = self.act(|state, user| {
            let found = find(state, user, &place, what)?;
            if found.kind() != "button" {
                return Err(Refused::WrongElement(what.to_owned()));
            }
            state.tell(|state| {
                let (place, button) = spot_of(state, user, &place, found.pair());
                Deed::Press { place, button }
            });
            let mut action = json!({ "text": found.element["text"] });
            for field in ["value", "style", "url"] {
                if let Some(given) = found.element.get(field) {
                    action[field] = given.clone();
                }
            }
            Ok(payload(state, user, &place, &found, action))
        })?;
        Ok(self.deliver(payload).await)
    }

    /// Chooses in the menu, date picker, checkboxes or overflow with this action id, block id or
    /// label.
    pub async fn select(
        &self,
        place: impl Into<Place>,
        what: &str,
        choice: impl Into<Entry>,
    ) -> Result<Pressed, Refused> {
        let (place, choice) = (place.into(), choice.into());
        let payload = self.act(|state, user| {
            let found = find(state, user, &place, what)?;
            if found.kind() == "overflow" {
                let Entry::One(choice) = &choice else {
                    return Err(Refused::WrongElement(what.to_owned()));
                };
                let chosen = option(&found.element, choice)?;
                state.tell(|state| {
                    let chosen = json!({ "type": "static_select", "selected_option": chosen });
                    let entry = said(state, &chosen);
                    choice_of(state, user, &place, &found, entry)
                });
                let action = json!({ "selected_option": chosen });
                return Ok(Some(payload(state, user, &place, &found, action)));
            }
            let chosen = state_object(state, &found.element, &choice)?;
            state.tell(|state| {
                let entry = said(state, &chosen);
                choice_of(state, user, &place, &found, entry)
            });
            keep(state, user, &place, &found, chosen.clone());
            let quiet = found.block["type"] == "input" && found.block["dispatch_action"] != true;
            Ok((!quiet).then(|| payload(state, user, &place, &found, chosen)))
        })?;
        match payload {
            Some(payload) => Ok(self.deliver(payload).await),
            None => Ok(Pressed::Kept),
        }
    }

    pub(super) async fn deliver(&self, payload: Value) -> Pressed {
        match self.sim.core().send(&Parcel::interaction(&payload)).await {
            Reached::Answered(answer) if answer.status == 200 => Pressed::Ok,
            Reached::Answered(_) | Reached::Failed(_) => Pressed::Failed,
            Reached::TimedOut => Pressed::Timeout,
        }
    }
}

fn choice_of(state: &State, user: &str, place: &Place, found: &Found, entry: String) -> Deed {
    let (place, menu) = spot_of(state, user, place, found.pair());
    Deed::Choose { place, entry, menu }
}

/// Keeps what was chosen, in the view or beside the message.
pub(super) fn keep(state: &mut State, user: &str, place: &Place, found: &Found, chosen: Value) {
    let entries = match place {
        Place::View { id } => match state.view_mut(id) {
            Some(view) => &mut view.entries,
            None => return,
        },
        Place::Message { ts, .. } | Place::Ephemeral { ts } => state
            .entries
            .entry((ts.clone(), user.to_owned()))
            .or_default(),
    };
    entries.set(found.block_id(), found.action_id(), chosen);
}

fn payload(
    state: &mut State,
    user: &str,
    place: &Place,
    found: &Found,
    mut action: Value,
) -> Value {
    action["type"] = json!(found.kind());
    action["action_id"] = json!(found.action_id());
    action["block_id"] = json!(found.block_id());
    action["action_ts"] = json!(state.next_ts());
    for shown in ["placeholder", "confirm"] {
        if let Some(given) = found.element.get(shown) {
            action[shown] = given.clone();
        }
    }
    if let Some((_, initial)) = fields(found.kind())
        && let Some(given) = found.element.get(initial)
    {
        action[initial] = given.clone();
    }
    let mut payload = state.interaction("block_actions", user);
    payload["actions"] = json!([action]);
    add_container(state, place, &mut payload);
    add_response_url(state, user, place, &mut payload);
    payload
}
