//! What a step may keep: the same for a step that writes and for an operator who does it by hand.

use super::{Limits, host::check, json};
use crate::{
    ids::Number,
    incident::{Refusal, RefusalKind},
    store::StateSize,
};

/// Bytes of one value.
const VALUE: usize = 64 << 10;

/// How many values a step may keep of an incident, and of the team.
const INCIDENT: usize = 1_000;
const TEAM: usize = 10_000;

/// Whether this can be kept: a key of 1 to 128 bytes, and JSON of at most 64 KiB.
pub fn storable(key: &str, value: &str) -> Result<(), Refusal> {
    check::key(key)?;
    if value.len() > VALUE {
        let sentence = "A value is larger than 64 KiB.";
        return Err(Refusal::new(RefusalKind::TooLarge, "value", sentence));
    }
    json::any(value, "value-json")
}

/// Whether one step may keep that much of this incident, or of the team.
pub fn fits(limits: &Limits, incident: Option<Number>, size: StateSize) -> bool {
    let (keys, bytes) = if incident.is_some() {
        (INCIDENT, limits.state)
    } else {
        (TEAM, limits.team_state)
    };
    size.keys <= keys && size.bytes <= bytes
}
