//! `status` (S10): one card with everything that counts.

use std::time::Duration;

use serde_json::json;

use super::{
    asked::Asked,
    command::reply,
    known::Decision,
    say::{self, Audience},
};
use crate::{
    clock::Moment,
    effect::{Place, Wish},
    incident::Incident,
};

/// When the card was last shown to the room.
const SHARED: &str = "shared";
const SHARED_EVERY: Duration = Duration::from_mins(1);

/// For who asked.
pub(super) fn card(asked: &Asked<'_>, incident: &Incident) -> Decision {
    reply(say::status(asked, incident, Audience::Asker))
}

/// For the room, once a minute at most: it has just seen it.
pub(super) fn share(asked: &Asked<'_>, incident: &Incident) -> Decision {
    let last: Option<Moment> = asked.memory(SHARED);
    if last.is_some_and(|last| asked.known.now.since(last) < SHARED_EVERY) {
        return Decision::default();
    }
    let content = say::status(asked, incident, Audience::Room);
    Decision::of(Wish::Say {
        place: Place::Room,
        content,
    })
    .keep(SHARED, &json!(asked.known.now))
}
