//! What one person sees of the workspace.

use serde_json::{Map, Value, json};

use crate::settings::UserKind;
use crate::state::State;
use crate::state::channel::{Channel, ChannelKind};

/// Everything the page draws for `user`; `None` where there is no such person.
pub(super) fn of(state: &State, user: &str) -> Option<Value> {
    let me = state.find_user(user)?;
    let seen: Vec<&Channel> = state
        .channels
        .iter()
        .filter(|channel| state.sees(&me.id, channel))
        .collect();
    let channels: Vec<Value> = seen.iter().map(|channel| header(channel, &me.id)).collect();
    let messages: Map<String, Value> = seen
        .iter()
        .map(|channel| (channel.id.clone(), messages(state, &channel.id)))
        .collect();
    let people: Vec<Value> = state
        .people
        .iter()
        .map(|user| {
            json!({
                "id": user.id,
                "name": user.name,
                "shown": user.shown(),
                "deleted": user.deleted,
                "bot": user.kind == UserKind::Bot || user.id == "USLACKBOT",
            })
        })
        .collect();
    let ephemerals = state.ephemerals.iter().filter(|shown| shown.user == me.id);
    let modals = state.modals.iter().filter(|view| view.user == me.id);
    Some(json!({
        "me": me.id,
        "team": state.settings.team,
        "app": state.settings.app,
        "commands": state.settings.commands,
        "shortcuts": state.settings.shortcuts,
        "people": people,
        "groups": state.groups,
        "channels": channels,
        "messages": messages,
        "ephemerals": ephemerals.collect::<Vec<_>>(),
        "modals": modals.map(|view| state.view_json(view)).collect::<Vec<_>>(),
        "home": state.homes.get(&me.id).map(|view| state.view_json(view)),
    }))
}

fn header(channel: &Channel, user: &str) -> Value {
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
        "topic": channel.topic.value,
        "purpose": channel.purpose.value,
        "bookmarks": channel.bookmarks,
        "pins": channel.pins,
    })
}

fn messages(state: &State, channel: &str) -> Value {
    let all = state.messages.get(channel).into_iter().flatten();
    all.map(|message| {
        let mut json = state.message_json(message);
        json["channel"] = json!(message.channel);
        json["reply"] = json!(message.is_reply());
        json["broadcast"] = json!(message.broadcast);
        json
    })
    .collect()
}
