//! What one person sees of the workspace.

use serde_json::{Map, Value, json};

use crate::settings::UserKind;
use crate::state::State;
use crate::state::channel::{Channel, ChannelKind};
use crate::state::message::Message;

/// Everything that `user` sees; `None` where there is no such person.
pub(super) fn of(state: &State, user: &str) -> Option<Value> {
    let me = state.find_user(user)?.id.clone();
    let mut seen = head(state, &me)?;
    let messages: Map<String, Value> = channels(state, &me)
        .map(|channel| (channel.id.clone(), messages(state, &channel.id)))
        .collect();
    seen.insert("messages".into(), Value::Object(messages));
    Some(Value::Object(seen))
}

/// The same without messages: people, channels by id, forms, what only they see.
pub(super) fn head(state: &State, user: &str) -> Option<Map<String, Value>> {
    let me = state.find_user(user)?;
    let heads: Map<String, Value> = channels(state, &me.id)
        .map(|channel| (channel.id.clone(), header(state, channel, &me.id)))
        .collect();
    let people: Vec<Value> = state
        .people
        .iter()
        .map(|user| {
            json!({
                "id": user.id,
                "name": user.name,
                "shown": user.shown(),
                "real_name": user.real_name,
                "deleted": user.deleted,
                "guest": matches!(user.kind, UserKind::Guest | UserKind::SingleChannelGuest),
                "bot": user.kind == UserKind::Bot || user.id == "USLACKBOT",
            })
        })
        .collect();
    let ephemerals = state.ephemerals.iter().filter(|shown| shown.user == me.id);
    let modals = state.modals.iter().filter(|view| view.user == me.id);
    let seen = json!({
        "me": me.id,
        "team": state.settings.team,
        "app": state.settings.app,
        "commands": state.settings.commands,
        "shortcuts": state.settings.shortcuts,
        "people": people,
        "groups": state.groups,
        "channels": heads,
        "ephemerals": ephemerals.collect::<Vec<_>>(),
        "modals": modals.map(|view| state.view_json(view)).collect::<Vec<_>>(),
        "home": state.homes.get(&me.id).map(|view| state.view_json(view)),
    });
    seen.as_object().cloned()
}

/// What stands in a channel, oldest first, answers in threads included.
pub(super) fn messages(state: &State, channel: &str) -> Value {
    let all = state.messages.get(channel).into_iter().flatten();
    all.map(|one| message(state, one)).collect()
}

pub(super) fn message(state: &State, message: &Message) -> Value {
    let mut json = state.message_json(message);
    json["channel"] = json!(message.channel);
    json["reply"] = json!(message.is_reply());
    json["broadcast"] = json!(message.broadcast);
    json
}

fn channels<'a>(state: &'a State, user: &'a str) -> impl Iterator<Item = &'a Channel> {
    let all = state.channels.iter();
    all.filter(move |channel| state.sees(user, channel))
}

fn header(state: &State, channel: &Channel, user: &str) -> Value {
    let with = match &channel.kind {
        ChannelKind::Direct(person) => Some(person),
        ChannelKind::Public | ChannelKind::Private | ChannelKind::Group => None,
    };
    json!({
        "id": channel.id,
        "name": channel.name,
        "kind": channel.list_type(),
        "with": with,
        "member": channel.has(user),
        "members": channel.members,
        "archived": channel.archived,
        "external": channel.external,
        "topic": channel.topic.value,
        "purpose": channel.purpose.value,
        "bookmarks": channel.bookmarks,
        "pins": channel.pins,
        "unread": state.unread(user, channel),
    })
}
