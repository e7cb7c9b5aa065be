//! Every method: its scopes, its tier, whether it takes JSON, and who does it.

use std::time::Duration;

use super::{
    Answer, Call, apps, auth, bookmarks, canvases, chat, conversations, files, pins, reactions,
    usergroups, users, views,
};
use crate::limits::Tier;

pub(super) struct Method {
    pub(super) name: &'static str,
    /// One of them is needed; none: no scope is.
    pub(super) scopes: &'static [&'static str],
    pub(super) tier: Tier,
    pub(super) body: Body,
    pub(super) token: Token,
    pub(super) run: fn(&mut Call<'_>) -> Answer,
}

/// Whose token a method takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    None,
    /// `xoxb-…`
    Bot,
    /// `xapp-…`
    App,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// A JSON body is ignored.
    Form,
    FormOrJson,
}

use Body::{Form, FormOrJson};

const CREATE: &[&str] = &["channels:manage", "groups:write", "im:write", "mpim:write"];
const READ: &[&str] = &["channels:read", "groups:read", "im:read", "mpim:read"];
const HISTORY: &[&str] = &[
    "channels:history",
    "groups:history",
    "im:history",
    "mpim:history",
];
const INVITE: &[&str] = &[
    "channels:write.invites",
    "groups:write.invites",
    "channels:manage",
    "groups:write",
];
const TOPIC: &[&str] = &[
    "channels:write.topic",
    "groups:write.topic",
    "channels:manage",
    "groups:write",
];

#[rustfmt::skip]
const METHODS: &[Method] = &[
    Method { token: Token::None, ..method("api.test", &[], Tier::Four, FormOrJson, auth::api_test) },
    Method { token: Token::App, ..method("apps.connections.open", &[], Tier::Three, FormOrJson, apps::connections_open) },
    method("auth.revoke", &[], Tier::Three, Form, auth::auth_revoke),
    method("auth.test", &[], Tier::Generous, FormOrJson, auth::auth_test),
    method("blocks.validate", &[], Tier::Four, FormOrJson, auth::blocks_validate),
    method("bookmarks.add", &["bookmarks:write"], Tier::Two, FormOrJson, bookmarks::add),
    method("bookmarks.edit", &["bookmarks:write"], Tier::Two, FormOrJson, bookmarks::edit),
    method("bookmarks.list", &["bookmarks:read"], Tier::Three, FormOrJson, bookmarks::list),
    method("bookmarks.remove", &["bookmarks:write"], Tier::Two, FormOrJson, bookmarks::remove),
    method("canvases.create", &["canvases:write"], Tier::Two, FormOrJson, canvases::create),
    method("chat.delete", &["chat:write"], Tier::Three, FormOrJson, chat::delete),
    method("chat.getPermalink", &[], Tier::Generous, Form, chat::get_permalink),
    method("chat.postEphemeral", &["chat:write"], Tier::Four, FormOrJson, chat::post_ephemeral),
    method("chat.postMessage", &["chat:write"], Tier::Posting, FormOrJson, chat::post_message),
    method("chat.update", &["chat:write"], Tier::Three, FormOrJson, chat::update),
    method("conversations.archive", CREATE, Tier::Two, FormOrJson, conversations::archive),
    method("conversations.canvases.create", &["canvases:write"], Tier::Two, FormOrJson, canvases::create_for_channel),
    method("conversations.create", CREATE, Tier::Two, FormOrJson, conversations::create),
    method("conversations.history", HISTORY, Tier::Three, FormOrJson, conversations::read::history),
    method("conversations.info", READ, Tier::Three, Form, conversations::read::info),
    method("conversations.invite", INVITE, Tier::Three, FormOrJson, conversations::invite::invite),
    method("conversations.join", &["channels:join"], Tier::Three, FormOrJson, conversations::join),
    method("conversations.kick", CREATE, Tier::Three, FormOrJson, conversations::kick::kick),
    method("conversations.leave", CREATE, Tier::Three, FormOrJson, conversations::kick::leave),
    method("conversations.list", READ, Tier::Two, Form, conversations::read::list),
    method("conversations.members", READ, Tier::Four, Form, conversations::read::members),
    method("conversations.open", CREATE, Tier::Three, FormOrJson, conversations::open::open),
    method("conversations.rename", CREATE, Tier::Two, FormOrJson, conversations::rename),
    method("conversations.replies", HISTORY, Tier::Three, Form, conversations::read::replies),
    method("conversations.setPurpose", TOPIC, Tier::Two, FormOrJson, conversations::set_purpose),
    method("conversations.setTopic", TOPIC, Tier::Two, FormOrJson, conversations::set_topic),
    method("conversations.unarchive", CREATE, Tier::Two, FormOrJson, conversations::kick::unarchive),
    method("files.completeUploadExternal", &["files:write"], Tier::Four, FormOrJson, files::complete_upload_external),
    method("files.getUploadURLExternal", &["files:write"], Tier::Four, Form, files::get_upload_url_external),
    method("files.info", &["files:read"], Tier::Four, Form, files::info),
    method("pins.add", &["pins:write"], Tier::Two, FormOrJson, pins::add),
    method("pins.list", &["pins:read"], Tier::Two, Form, pins::list),
    method("pins.remove", &["pins:write"], Tier::Two, FormOrJson, pins::remove),
    method("reactions.add", &["reactions:write"], Tier::Three, FormOrJson, reactions::add),
    method("reactions.get", &["reactions:read"], Tier::Three, Form, reactions::get),
    method("reactions.remove", &["reactions:write"], Tier::Two, FormOrJson, reactions::remove),
    method("team.info", &["team:read"], Tier::Three, FormOrJson, auth::team_info),
    method("usergroups.list", &["usergroups:read"], Tier::Two, Form, usergroups::list),
    method("usergroups.users.list", &["usergroups:read"], Tier::Two, Form, usergroups::users_list),
    method("users.info", &["users:read"], Tier::Four, Form, users::info),
    method("users.list", &["users:read"], Tier::Two, Form, users::list),
    method("users.lookupByEmail", &["users:read.email"], Tier::Three, Form, users::lookup_by_email),
    method("views.open", &[], Tier::Four, FormOrJson, views::open),
    method("views.publish", &[], Tier::Four, FormOrJson, views::publish),
    method("views.push", &[], Tier::Four, FormOrJson, views::push),
    method("views.update", &[], Tier::Four, FormOrJson, views::update),
];

pub(super) fn find(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name == name)
}

/// How many calls of a method Slack takes in how long; of `chat.postMessage` in each channel. `None`:
/// there is no such method.
pub fn allowance(method: &str) -> Option<(usize, Duration)> {
    let (most, window) = find(method)?.tier.window();
    Some((most, Duration::from_micros(window)))
}

pub(super) fn takes_json(name: &str) -> bool {
    find(name).is_some_and(|method| method.body == FormOrJson)
}

const fn method(
    name: &'static str,
    scopes: &'static [&'static str],
    tier: Tier,
    body: Body,
    run: fn(&mut Call<'_>) -> Answer,
) -> Method {
    Method {
        name,
        scopes,
        tier,
        body,
        token: Token::Bot,
        run,
    }
}
