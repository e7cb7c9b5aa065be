//! Looking up people and groups, and their JSON in the Web API.

use serde_json::{Value, json};

use super::State;
use crate::settings::{User, UserGroup, UserKind};

impl State {
    pub(crate) fn user(&self, id: &str) -> Option<&User> {
        self.people.iter().find(|user| user.id == id)
    }

    /// By id, `@handle` or the name that is shown.
    pub(crate) fn find_user(&self, named: &str) -> Option<&User> {
        let name = named.strip_prefix('@').unwrap_or(named);
        self.people.iter().find(|user| {
            user.id == name || user.name == name || user.shown() == name || user.real_name == name
        })
    }

    pub(crate) fn set_group(&mut self, handle: &str, users: &[&str]) {
        let handle = handle.strip_prefix('@').unwrap_or(handle);
        for group in self.groups.iter_mut().filter(|g| g.handle == handle) {
            group.users = users.iter().map(ToString::to_string).collect();
        }
    }

    pub(crate) fn deactivate(&mut self, id: &str) {
        for user in self.people.iter_mut().filter(|user| user.id == id) {
            user.deleted = true;
        }
    }

    /// The bot of another app than the one that is connected here.
    pub(crate) fn other_bot(&self, id: &str) -> Option<&User> {
        let user = self.user(id).filter(|user| user.kind == UserKind::Bot);
        user.filter(|user| user.id != self.bot_user_id())
    }

    pub(crate) fn user_json(&self, user: &User) -> Value {
        let guest = matches!(user.kind, UserKind::Guest | UserKind::SingleChannelGuest);
        let mut profile = json!({
            "real_name": user.real_name,
            "real_name_normalized": user.real_name,
            "display_name": user.display_name,
            "display_name_normalized": user.display_name,
            "status_text": "",
            "status_emoji": "",
            "team": self.settings.team.id,
        });
        if let Some(email) = user
            .email
            .as_ref()
            .filter(|_| self.has_scope("users:read.email"))
        {
            profile["email"] = json!(email);
        }
        let mut json = json!({
            "id": user.id,
            "team_id": self.settings.team.id,
            "name": user.name,
            "deleted": user.deleted,
            "profile": profile,
            "is_bot": user.kind == UserKind::Bot,
            "is_app_user": false,
            "updated": 0,
        });
        if !user.deleted {
            json["real_name"] = json!(user.real_name);
            json["tz"] = json!("Asia/Tokyo");
            json["tz_label"] = json!("Japan Standard Time");
            json["tz_offset"] = json!(32_400);
            json["is_admin"] = json!(false);
            json["is_owner"] = json!(false);
            json["is_restricted"] = json!(guest);
            json["is_ultra_restricted"] = json!(user.kind == UserKind::SingleChannelGuest);
        }
        json
    }

    pub(crate) fn group_json(&self, group: &UserGroup, with_users: bool) -> Value {
        let mut json = json!({
            "id": group.id,
            "team_id": self.settings.team.id,
            "is_usergroup": true,
            "is_subteam": true,
            "name": group.name,
            "description": "",
            "handle": group.handle,
            "is_external": false,
            "date_create": 0,
            "date_update": 0,
            "date_delete": u8::from(group.disabled),
            "auto_type": null,
            "prefs": { "channels": [], "groups": [] },
            "user_count": group.users.len(),
        });
        if with_users {
            json["users"] = json!(group.users);
        }
        json
    }

    /// Whether this person can see the channel in their Slack.
    pub(crate) fn sees(&self, user: &str, channel: &super::Channel) -> bool {
        let full_member = self
            .user(user)
            .is_some_and(|user| user.kind == UserKind::Member);
        channel.has(user) || (channel.is_public() && full_member)
    }
}
