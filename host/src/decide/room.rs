//! What Slack tells about a room: who is in it, what it is called, whether it is still there.

use iris_kit::{args, blocks::button, words::inc};
use serde_json::{Value, json};

use super::{
    asked::{self, Asked},
    known::{Decision, Route},
    say,
};
use crate::{
    effect::{Place, Wish},
    event::Presence,
    ids::ChannelId,
    incident::{Change, Incident, NewEntry, Room, Status},
};

/// Where the core remembers which message says that the room is gone.
const GONE: &str = "room-gone";

/// Whom Iris brought in is written down with all whom it brought (`Invited`).
pub(super) fn joined(asked: &Asked<'_>, presence: &Presence) -> Decision {
    let Some((incident, _)) = here(asked, &presence.channel) else {
        return nobody();
    };
    let bot = asked.known.bot;
    if Some(&presence.user) == bot {
        return Decision::default();
    }
    let decision = Decision::route(Route::All);
    let is_called = bot.is_some() && presence.inviter.as_ref() == bot;
    // Another app takes part in nothing.
    let is_app = asked.known.bots.contains(&presence.user);
    if is_called || is_app || incident.people.contains(&presence.user) {
        return decision;
    }
    let change = Change::Joined {
        user: presence.user.clone(),
        inviter: presence.inviter.clone(),
    };
    decision.and(Wish::Change(change))
}

pub(super) fn left(asked: &Asked<'_>, presence: &Presence) -> Decision {
    if here(asked, &presence.channel).is_none() || Some(&presence.user) == asked.known.bot {
        return nobody();
    }
    let change = Change::Left {
        user: presence.user.clone(),
    };
    Decision::route(Route::All).and(Wish::Change(change))
}

pub(super) fn renamed(asked: &Asked<'_>, channel: &ChannelId, name: &str) -> Decision {
    if here(asked, channel).is_none() {
        return nobody();
    }
    Decision::of(Wish::Change(Change::RoomRenamed {
        name: name.to_owned(),
    }))
}

/// Nothing more can be posted there: whoever leads is told.
pub(super) fn gone(asked: &Asked<'_>, channel: &ChannelId, deleted: bool) -> Decision {
    let Some((incident, room)) = here(asked, channel) else {
        return nobody();
    };
    let how = if deleted { "deleted" } else { "archived" };
    let decision = noted(
        room,
        &json!({ "channel": channel, "name": room.name, "gone": how }),
    );
    if incident.status != Status::Declared {
        return decision;
    }
    let lead = asked.lead().and_then(|role| incident.roles.get(&role.id));
    let to = lead.map(|held| Place::Person(held.user.clone()));
    let Some(place) = to.or_else(|| asked::declarer(incident)) else {
        return decision;
    };
    let resolve =
        button("core:resolve", &asked.say("core-resolve-title")).value(incident.number.to_string());
    let args = args![inc = inc(incident.number), how];
    let content = say::sentence_with(asked, "room-gone", args, vec![resolve]);
    // Each time is a message of its own, which says so when it is over.
    let name = format!("room-gone-{}", incident.entries);
    let decision = decision.keep(GONE, &json!(name));
    decision.and(Wish::Post {
        name,
        place,
        content,
    })
}

/// People can write there again. The steps hear of it as of an entry, and draw anew what they could
/// not meanwhile.
pub(super) fn back(asked: &Asked<'_>, channel: &ChannelId) -> Decision {
    let Some((incident, room)) = here(asked, channel) else {
        return nobody();
    };
    let data = json!({ "channel": channel, "name": room.name, "back": true });
    let decision = noted(room, &data);
    let Some(name) = asked.memory::<String>(GONE) else {
        return decision;
    };
    let content = say::sentence(asked, "room-back", args![inc = inc(incident.number)]);
    decision.forget(GONE).and(Wish::Update { name, content })
}

/// Written down as something that became of the room.
fn noted(room: &Room, data: &Value) -> Decision {
    let entry = NewEntry {
        kind: "room".to_owned(),
        text: room.name.clone(),
        data: Some(data.clone()),
        ..NewEntry::default()
    };
    Decision::of(Wish::Change(Change::Append { entry }))
}

/// The event's incident, if this is its room.
fn here<'a>(asked: &Asked<'a>, channel: &ChannelId) -> Option<(&'a Incident, &'a Room)> {
    let incident = asked.known.incident?;
    let room = incident
        .room
        .as_ref()
        .filter(|room| room.channel == *channel)?;
    Some((incident, room))
}

fn nobody() -> Decision {
    Decision::route(Route::Nobody)
}
