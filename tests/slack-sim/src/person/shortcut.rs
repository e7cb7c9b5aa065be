//! Shortcuts, and opening the app's home.

use serde_json::json;

use super::{Person, Pressed, Refused, seen_channel};
use crate::settings::ShortcutKind;
use crate::state::State;
use crate::state::message::Message;
use crate::state::ticket::Original;
use crate::story::{Deed, place_of, words_of};

impl Person {
    /// Starts a global shortcut.
    pub async fn global_shortcut(&self, callback_id: &str) -> Result<Pressed, Refused> {
        let payload = self.act(|state, user| {
            known(state, callback_id, ShortcutKind::Global)?;
            let callback = callback_id.to_owned();
            state.tell(|_| Deed::Shortcut { callback });
            let mut payload = state.interaction("shortcut", user);
            payload["callback_id"] = json!(callback_id);
            payload["action_ts"] = json!(state.next_ts());
            Ok(payload)
        })?;
        Ok(self.deliver(payload).await)
    }

    /// Starts a shortcut from a message's menu.
    pub async fn shortcut(&self, callback_id: &str, message: &Message) -> Result<Pressed, Refused> {
        let payload = self.act(|state, user| {
            known(state, callback_id, ShortcutKind::Message)?;
            let channel = seen_channel(state, user, &message.channel)?;
            let message = state
                .message(&channel.id, &message.ts)
                .ok_or(Refused::NoSuchMessage)?;
            let message = message.clone();
            state.tell(|state| Deed::MessageShortcut {
                place: place_of(state, &channel.id),
                callback: callback_id.to_owned(),
                message: words_of(state, &channel.id, &message.ts),
            });
            let mut payload = state.interaction("message_action", user);
            payload["callback_id"] = json!(callback_id);
            payload["action_ts"] = json!(state.next_ts());
            payload["channel"] = json!({ "id": channel.id, "name": channel.command_name() });
            payload["message_ts"] = json!(message.ts);
            payload["message"] = state.message_json(&message);
            let original = Original::Message(message.ts);
            let (_, url) = state.new_response_url(user, &channel.id, Some(original));
            payload["response_url"] = json!(url);
            Ok(payload)
        })?;
        Ok(self.deliver(payload).await)
    }

    /// Opens the app's home tab; the app hears `app_home_opened`.
    pub fn open_home(&self) -> Result<(), Refused> {
        self.act(|state, user| {
            state.tell(|_| Deed::Home);
            let channel = state.direct_channel(user);
            let mut event = json!({
                "type": "app_home_opened",
                "user": user,
                "channel": channel,
                "tab": "home",
                "event_ts": state.next_ts(),
            });
            if let Some(home) = state.homes.get(user) {
                event["view"] = state.view_json(home);
            }
            state.emit("app_home_opened", None, &event);
            Ok(())
        })
    }
}

fn known(state: &State, callback_id: &str, kind: ShortcutKind) -> Result<(), Refused> {
    let mut shortcuts = state.settings.shortcuts.iter();
    if shortcuts.any(|shortcut| shortcut.callback_id == callback_id && shortcut.kind == kind) {
        return Ok(());
    }
    Err(Refused::NoSuchShortcut(callback_id.to_owned()))
}
