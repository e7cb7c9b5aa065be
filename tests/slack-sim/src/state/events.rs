//! Which events reach the app, and the envelope they come in.

use serde_json::{Value, json};

use super::State;
use super::message::Message;

impl State {
    /// Sends `event` to the app if it subscribed to `name`, has the scope and may see the channel.
    pub(crate) fn emit(&mut self, name: &str, channel: Option<&str>, event: &Value) {
        let subscribed = self.subscribed(name);
        let seen = channel.is_none_or(|channel| self.app_hears(name, channel));
        let allowed =
            scope_of(name).is_none_or(|scopes| scopes.iter().any(|scope| self.has_scope(scope)));
        if self.access.installed() && subscribed && seen && allowed {
            let envelope = self.envelope(event, channel);
            self.outbox.push(envelope);
        }
    }

    /// Sends `event` about the organisation's installation, which is no workspace's.
    pub(super) fn emit_of_org(&mut self, name: &str, event: &Value) {
        let enterprise = self.settings.team.enterprise.as_ref();
        let Some(enterprise) = enterprise.map(|enterprise| enterprise.id.clone()) else {
            return;
        };
        if self.subscribed(name) {
            let mut envelope = self.envelope(event, None);
            for workspace in ["team_id", "context_team_id"] {
                envelope[workspace] = Value::Null;
            }
            envelope["authorizations"] = json!([{
                "enterprise_id": enterprise,
                "team_id": null,
                "user_id": self.bot_user_id(),
                "is_bot": true,
                "is_enterprise_install": true,
            }]);
            self.outbox.push(envelope);
        }
    }

    fn subscribed(&self, name: &str) -> bool {
        self.settings.events.iter().any(|wanted| wanted == name)
    }

    /// A `message` event of any subtype, under the subscription of its kind of channel.
    pub(super) fn emit_message(&mut self, channel: &str, mut event: Value) {
        let Some(kind) = self.channel(channel).map(super::Channel::event_type) else {
            return;
        };
        event["channel_type"] = json!(kind);
        let name = match kind {
            "channel" => "message.channels",
            "group" => "message.groups",
            "im" => "message.im",
            _ => "message.mpim",
        };
        self.emit(name, Some(channel), &event);
    }

    pub(super) fn emit_changed(&mut self, message: &Message, before: &Value) {
        let now = self.next_ts();
        let event = json!({
            "type": "message",
            "subtype": "message_changed",
            "hidden": true,
            "channel": message.channel,
            "message": self.message_json(message),
            "previous_message": before,
            "ts": now,
            "event_ts": now,
        });
        self.emit_message(&message.channel, event);
    }

    pub(super) fn emit_reaction(
        &mut self,
        kind: &'static str,
        (channel, ts): (&str, &str),
        user: &str,
        name: &str,
        author: &str,
    ) {
        let event = json!({
            "type": kind,
            "user": user,
            "reaction": name,
            "item": { "type": "message", "channel": channel, "ts": ts },
            "item_user": author,
            "event_ts": self.next_ts(),
        });
        self.emit(kind, Some(channel), &event);
    }

    /// Public channels' life is heard by every app, what is said in them by members only.
    fn app_hears(&self, name: &str, channel: &str) -> bool {
        let Some(channel) = self.channel(channel) else {
            return false;
        };
        let life = matches!(
            name,
            "channel_created"
                | "channel_rename"
                | "channel_archive"
                | "channel_unarchive"
                | "channel_deleted"
        );
        channel.has(self.bot_user_id()) || (life && channel.is_public())
    }

    fn envelope(&mut self, event: &Value, channel: Option<&str>) -> Value {
        let channel = channel.and_then(|channel| self.channel(channel));
        let external = channel.is_some_and(|channel| channel.external);
        let (team, app) = (self.settings.team.id.clone(), self.settings.app.clone());
        let enterprise = self.settings.team.enterprise.as_ref();
        let enterprise = enterprise.map(|enterprise| enterprise.id.clone());
        let whole = self.access.by_org();
        json!({
            "token": "simulated-verification-token",
            "team_id": team,
            "enterprise_id": enterprise,
            "context_team_id": team,
            "context_enterprise_id": enterprise,
            "api_app_id": app.id,
            "event_context": format!("4-{}", self.next_secret()),
            "event_id": self.next_id("Ev"),
            "event_time": self.clock.seconds(),
            "type": "event_callback",
            "is_ext_shared_channel": external,
            "authorizations": [{
                "enterprise_id": enterprise,
                "team_id": (!whole).then_some(&team),
                "user_id": app.bot_user_id,
                "is_bot": true,
                "is_enterprise_install": whole,
            }],
            "event": event,
        })
    }
}

/// The scopes of which one is needed to hear of this; `None` where none is.
fn scope_of(name: &str) -> Option<&'static [&'static str]> {
    Some(match name {
        "message.channels" => &["channels:history"],
        "message.groups" => &["groups:history"],
        "message.im" => &["im:history"],
        "message.mpim" => &["mpim:history"],
        "reaction_added" | "reaction_removed" => &["reactions:read"],
        "member_joined_channel" | "member_left_channel" => &["channels:read", "groups:read"],
        "group_rename" | "group_archive" | "group_unarchive" | "group_deleted" => &["groups:read"],
        "app_mention" => &["app_mentions:read"],
        "app_home_opened"
        | "app_uninstalled"
        | "tokens_revoked"
        | "team_access_granted"
        | "team_access_revoked" => return None,
        _ => &["channels:read"],
    })
}
