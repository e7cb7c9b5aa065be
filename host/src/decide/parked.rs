//! What nobody could find out (S20): the room is told in one sentence, once, and the same message
//! says so when it is settled.

use serde_json::json;

use super::{
    asked::{self, Asked},
    failures,
    known::{Decision, Route},
};
use crate::{
    effect::{Place, Wish},
    event::Parked,
};

/// Names of the messages that tell it, and what is remembered of them, begin so.
const TOLD: &str = "parked-";

pub(super) fn parked(asked: &Asked<'_>, it: &Parked) -> Decision {
    let Some(incident) = asked.known.incident else {
        return Decision::route(Route::Nobody);
    };
    // What tells of trouble is in trouble itself: the operator knows, and nobody is told for ever.
    let telling = it.name.as_ref().is_some_and(|name| name.starts_with(TOLD));
    let name = format!("{TOLD}{}", it.effect);
    if telling || asked.memory::<bool>(&name).is_some() {
        return Decision::default();
    }
    let in_room = incident.room.as_ref().map(|_| Place::Room);
    let Some(place) = in_room.or_else(|| asked::declarer(incident)) else {
        return Decision::default();
    };
    let content = failures::effect_parked(asked.locale(), &what(asked, &it.method));
    Decision::of(Wish::Post {
        name: name.clone(),
        place,
        content,
    })
    .keep(&name, &json!(true))
}

pub(super) fn settled(asked: &Asked<'_>, it: &Parked) -> Decision {
    let name = format!("{TOLD}{}", it.effect);
    if asked.memory::<bool>(&name).is_none() {
        return Decision::default();
    }
    let content = failures::effect_settled(asked.locale(), &what(asked, &it.method));
    Decision::of(Wish::Update {
        name: name.clone(),
        content,
    })
    .forget(&name)
}

/// What was to be done, in a few words.
fn what(asked: &Asked<'_>, method: &str) -> String {
    let key = match method {
        "conversations.create" => "did-room-open",
        "conversations.invite" => "did-room-invite",
        "conversations.setTopic" => "did-room-topic",
        "conversations.rename" => "did-room-rename",
        "conversations.archive" => "did-room-archive",
        "bookmarks.add" => "did-room-bookmark",
        "chat.postMessage" | "chat.postEphemeral" | "response_url" => "did-message-post",
        "chat.update" => "did-message-update",
        "chat.delete" => "did-message-delete",
        "pins.add" => "did-message-pin",
        "pins.remove" => "did-message-unpin",
        "reactions.add" => "did-message-react",
        "reactions.remove" => "did-message-unreact",
        "files.completeUploadExternal" => "did-file-share",
        "http" => "did-http",
        _ => "did-slack",
    };
    asked.texts.say(key, &[])
}
