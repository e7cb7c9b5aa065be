//! Wishes about the incident's room. Permission: `room`.
//!
//! Except for [`open`], they wait until the room is open.

use crate::bindings::iris::step::room;
use crate::failure::{Refused, wish};

/// Opens the room, a private channel if `hidden`. What it is called in the end
/// comes with `room-opened`.
pub fn open(name: &str, hidden: bool) -> Result<(), Refused> {
    wish("room.open", room::open(name, hidden))
}

/// Brings people in: ids, user groups, handles, e-mail addresses; at most 1,000.
/// What came of it comes with `invited`.
pub fn invite(people: &[String]) -> Result<(), Refused> {
    wish("room.invite", room::invite(people))
}

/// The topic, at most 250 characters.
pub fn topic(text: &str) -> Result<(), Refused> {
    wish("room.topic", room::topic(text))
}

/// A link at the head of the room; one with the same title is replaced.
pub fn bookmark(title: &str, link: &str, emoji: Option<&str>) -> Result<(), Refused> {
    wish("room.bookmark", room::bookmark(title, link, emoji))
}

/// Another name, treated as in [`open`].
pub fn rename(name: &str) -> Result<(), Refused> {
    wish("room.rename", room::rename(name))
}

/// Puts the room away; nothing can be posted in it afterwards.
pub fn archive() -> Result<(), Refused> {
    wish("room.archive", room::archive())
}
