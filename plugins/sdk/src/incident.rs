//! Wishes that change the incident itself. Permission: `incident`.

#![expect(
    clippy::needless_pass_by_value,
    reason = "what is wished is made for the wish"
)]

use crate::bindings::iris::step::incident;
use crate::failure::{Refused, wish};
use iris_kit::blocks::to_json;
use serde::Serialize;

pub use incident::{Line, NewEntry};

impl NewEntry {
    /// Something to write down: `note` is what people mean by a timeline entry;
    /// the text is plain, at most 4,000 characters.
    pub fn new(kind: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            text: text.into(),
            at: None,
            by: None,
            key: None,
            message: None,
            data: None,
        }
    }

    /// When it happened, if not now.
    #[must_use]
    pub fn at(mut self, at: u64) -> Self {
        self.at = Some(at);
        self
    }

    /// Who did it, if not the person who caused the event.
    #[must_use]
    pub fn by(mut self, user: impl Into<String>) -> Self {
        self.by = Some(user.into());
        self
    }

    /// The step's own name for it: a later entry with the same key takes its place.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// The message it came from.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Whatever should come with it: an object, at most 16 KiB.
    #[must_use]
    pub fn data(mut self, data: &impl Serialize) -> Self {
        self.data = Some(to_json(data));
        self
    }
}

/// Writes something down.
pub fn append(entry: NewEntry) -> Result<(), Refused> {
    wish("incident.append", incident::append(&entry))
}

/// The lines that this step adds to the card of `status`, at most 3.
pub fn show(lines: &[Line]) -> Result<(), Refused> {
    wish("incident.show", incident::show(lines))
}

/// None: "not sure yet".
pub fn set_severity(severity: Option<&str>) -> Result<(), Refused> {
    wish("incident.set-severity", incident::set_severity(severity))
}

/// `note` is what the person said about it and may be empty.
pub fn set_status(status: &str, note: &str) -> Result<(), Refused> {
    wish("incident.set-status", incident::set_status(status, note))
}

/// None gives the role back.
pub fn set_role(role: &str, holder: Option<&str>) -> Result<(), Refused> {
    wish("incident.set-role", incident::set_role(role, holder))
}

/// At most 200 characters, never empty.
pub fn set_title(title: &str) -> Result<(), Refused> {
    wish("incident.set-title", incident::set_title(title))
}
