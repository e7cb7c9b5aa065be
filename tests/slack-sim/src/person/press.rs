//! Pressing buttons and choosing in menus: `block_actions`.

use serde::Serialize;
use serde_json::{Value, json};

use super::element::{Found, find};
use super::entry::{Entry, option, state_object};
use super::{Person, Place, Refused};
use crate::deliver::{Parcel, Reached};
use crate::state::State;
use crate::state::inputs::{Entries, fields, values};
use crate::state::ticket::Original;

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
                let action = json!({ "selected_option": option(&found.element, choice)? });
                return Ok(Some(payload(state, user, &place, &found, action)));
            }
            let chosen = state_object(state, &found.element, &choice)?;
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
        match self
            .sim
            .core()
            .courier
            .send(&Parcel::interaction(&payload))
            .await
        {
            Reached::Answered(answer) if answer.status == 200 => Pressed::Ok,
            Reached::Answered(_) | Reached::Failed(_) => Pressed::Failed,
            Reached::TimedOut => Pressed::Timeout,
        }
    }
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
    add_place(state, user, place, &mut payload);
    payload
}

fn add_place(state: &mut State, user: &str, place: &Place, payload: &mut Value) {
    match place {
        Place::View { id } => {
            if let Some(view) = state.view(id) {
                payload["container"] = json!({ "type": "view", "view_id": id });
                payload["view"] = state.view_json(view);
            }
        }
        Place::Message { channel, ts } => {
            let Some(message) = state.message(channel, ts).cloned() else {
                return;
            };
            payload["container"] = json!({
                "type": "message",
                "message_ts": ts,
                "channel_id": channel,
                "is_ephemeral": false,
            });
            if message.is_reply() {
                payload["container"]["thread_ts"] = json!(message.thread_ts);
            }
            payload["message"] = state.message_json(&message);
            let original = Original::Message(ts.clone());
            add_channel(state, user, channel, ts, &message.blocks, original, payload);
        }
        Place::Ephemeral { ts } => {
            let Some(shown) = state.ephemeral(ts).cloned() else {
                return;
            };
            payload["container"] = json!({
                "type": "message",
                "message_ts": ts,
                "channel_id": shown.channel,
                "is_ephemeral": true,
            });
            let original = Original::Ephemeral(ts.clone());
            add_channel(
                state,
                user,
                &shown.channel,
                ts,
                &shown.blocks,
                original,
                payload,
            );
        }
    }
}

fn add_channel(
    state: &mut State,
    user: &str,
    channel: &str,
    ts: &str,
    blocks: &[Value],
    original: Original,
    payload: &mut Value,
) {
    let none = Entries::default();
    let entries = state
        .entries
        .get(&(ts.to_owned(), user.to_owned()))
        .unwrap_or(&none);
    payload["state"] = json!({ "values": values(blocks, entries) });
    let (_, response_url) = state.new_response_url(user, channel, Some(original));
    payload["response_url"] = json!(response_url);
    if let Some(channel) = state.channel(channel) {
        payload["channel"] = json!({ "id": channel.id, "name": channel.command_name() });
    }
}

impl State {
    /// What every interaction carries.
    pub(super) fn interaction(&mut self, kind: &str, user: &str) -> Value {
        let name = self
            .user(user)
            .map(|user| user.name.clone())
            .unwrap_or_default();
        let trigger = self.new_trigger(user);
        let settings = &self.settings;
        json!({
            "type": kind,
            "token": "simulated-verification-token",
            "api_app_id": settings.app.id,
            "trigger_id": trigger,
            "team": { "id": settings.team.id, "domain": settings.team.domain },
            "enterprise": null,
            "is_enterprise_install": false,
            "user": {
                "id": user,
                "username": name,
                "name": name,
                "team_id": settings.team.id,
            },
        })
    }
}
