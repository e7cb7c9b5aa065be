//! Wishes about messages. Permission: `messages`.
//!
//! A message is posted under a name and later changed, pinned or answered by
//! that name; it never needs Slack's id.

#![expect(
    clippy::needless_pass_by_value,
    reason = "what is wished is made for the wish"
)]

use crate::bindings::iris::step::messages;
use crate::failure::{Refused, wish};
use crate::{Content, Place};

pub use messages::File;

/// Sees that the message `name` stands at `place` and says this: posted the
/// first time, afterwards changed in place, silently.
pub fn post(name: &str, place: Place, content: Content) -> Result<(), Refused> {
    wish("messages.post", messages::post(name, &place, &content))
}

/// Changes a message of this step, wherever it stands.
pub fn update(name: &str, content: Content) -> Result<(), Refused> {
    wish("messages.update", messages::update(name, &content))
}

/// Posts a message that will never be changed.
pub fn say(place: Place, content: Content) -> Result<(), Refused> {
    wish("messages.say", messages::say(&place, &content))
}

/// Deletes a message of this step; its name is free again.
pub fn remove(name: &str) -> Result<(), Refused> {
    wish("messages.remove", messages::remove(name))
}

/// Pins; pinning what is pinned does nothing.
pub fn pin(message: &str) -> Result<(), Refused> {
    wish("messages.pin", messages::pin(message))
}

/// Unpins; unpinning what is not pinned does nothing.
pub fn unpin(message: &str) -> Result<(), Refused> {
    wish("messages.unpin", messages::unpin(message))
}

/// Adds Iris's reaction; `emoji` without colons.
pub fn react(message: &str, emoji: &str) -> Result<(), Refused> {
    wish("messages.react", messages::react(message, emoji))
}

/// Takes Iris's reaction back.
pub fn unreact(message: &str, emoji: &str) -> Result<(), Refused> {
    wish("messages.unreact", messages::unreact(message, emoji))
}

/// Answers the person who caused this event so that only they see it. At most
/// 5 a call; refused when nobody asked.
pub fn reply(content: Content) -> Result<(), Refused> {
    wish("messages.reply", messages::reply(&content))
}

/// In `pressed`: puts this in place of the message that held the button.
pub fn reply_instead(content: Content) -> Result<(), Refused> {
    wish("messages.reply-instead", messages::reply_instead(&content))
}

/// Tells one person in a channel so that only they see it.
pub fn whisper(to: &str, place: Place, content: Content) -> Result<(), Refused> {
    wish("messages.whisper", messages::whisper(to, &place, &content))
}

/// Uploads a file.
pub fn upload(name: &str, place: Place, file: File) -> Result<(), Refused> {
    wish("messages.upload", messages::upload(name, &place, &file))
}
