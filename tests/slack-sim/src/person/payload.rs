//! What interactions carry: who, where, and how to answer.

use serde_json::{Value, json};

use super::Place;
use crate::state::State;
use crate::state::inputs::{Entries, values};
use crate::state::ticket::Original;

/// Says where it happened: `container`, and the view, message and channel of it.
pub(super) fn add_container(state: &State, place: &Place, payload: &mut Value) {
    let (channel, ts) = match place {
        Place::View { id } => {
            payload["container"] = json!({ "type": "view", "view_id": id });
            payload["view"] = state
                .view(id)
                .map_or(Value::Null, |view| state.view_json(view));
            return;
        }
        Place::Message { channel, ts } => {
            if let Some(message) = state.message(channel, ts) {
                payload["message"] = state.message_json(message);
            }
            (channel, ts)
        }
        // An ephemeral message is never sent back: Slack does not keep it.
        Place::Ephemeral { ts } => match state.ephemeral(ts) {
            Some(shown) => (&shown.channel, ts),
            None => return,
        },
    };
    payload["container"] = json!({
        "type": "message",
        "message_ts": ts,
        "channel_id": channel,
        "is_ephemeral": matches!(place, Place::Ephemeral { .. }),
    });
    let root = payload["message"]
        .get("thread_ts")
        .filter(|root| **root != json!(ts))
        .cloned();
    if let Some(root) = root {
        payload["container"]["thread_ts"] = root;
    }
    if let Some(channel) = state.channel(channel) {
        payload["channel"] = json!({ "id": channel.id, "name": channel.command_name() });
    }
}

/// Messages come with what was chosen in them, and an address for the answer.
pub(super) fn add_response_url(state: &mut State, user: &str, place: &Place, payload: &mut Value) {
    let (ts, channel, blocks, original) = match place {
        Place::View { .. } => return,
        Place::Message { channel, ts } => {
            let Some(message) = state.message(channel, ts) else {
                return;
            };
            (
                ts,
                channel.clone(),
                &message.blocks,
                Original::Message(ts.clone()),
            )
        }
        Place::Ephemeral { ts } => {
            let Some(shown) = state.ephemeral(ts) else {
                return;
            };
            (
                ts,
                shown.channel.clone(),
                &shown.blocks,
                Original::Ephemeral(ts.clone()),
            )
        }
    };
    let none = Entries::default();
    let entries = state
        .entries
        .get(&(ts.clone(), user.to_owned()))
        .unwrap_or(&none);
    payload["state"] = json!({ "values": values(blocks, entries) });
    let (_, response_url) = state.new_response_url(user, &channel, Some(original));
    payload["response_url"] = json!(response_url);
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
            "enterprise": settings.team.enterprise,
            "is_enterprise_install": self.access.by_org(),
            "user": {
                "id": user,
                "username": name,
                "name": name,
                "team_id": settings.team.id,
            },
        })
    }
}
