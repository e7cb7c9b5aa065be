//! What happened in an incident, told: in a message and in a file, in the same sentences.
//!
//! * [`sentence`]  an entry as a sentence, in a [`scene`], from its [`data`]
//! * [`message`], [`mod@file`]  all of them in Slack and in Markdown

mod scene;
mod data;
mod sentence;
mod message;
mod file;

#[cfg(test)]
mod example;

pub use data::{Data, MessageData, Missing};
pub use file::{file, name as file_name, title as file_title};
pub use message::{Told, message, with_file};
pub use scene::{Label, Scene, World, texts};

use crate::words::Brief;

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    /// 1, 2, 3, … within the incident.
    pub seq: u32,
    /// Milliseconds since 1970.
    pub at: u64,
    /// What it is, such as `note`.
    pub kind: String,
    /// Who did it.
    pub by: Option<String>,
    /// People's words.
    pub text: String,
    /// What else is known of it.
    pub data: Data,
    /// The message it came from, by its opaque id.
    pub message: Option<String>,
}

/// The incident as it stands.
#[derive(Clone, Debug)]
pub struct Incident {
    /// 1, 2, 3, … within the team.
    pub number: u32,
    /// People's words.
    pub title: String,
    /// People's words; may be empty.
    pub situation: String,
    /// The product's name.
    pub product: Option<String>,
    /// The severity's id.
    pub severity: Option<String>,
    /// The status's id: `declared`, `resolved` or `closed`.
    pub status: String,
    /// The person's id.
    pub declared_by: String,
    /// When each status was entered, oldest first, in milliseconds since 1970.
    pub times: Vec<(String, u64)>,
    /// Marked wherever it is shown.
    pub drill: bool,
    /// Known only to those in its room.
    pub private: bool,
}

/// What one person answered, without their name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// 1 (very badly) to 5 (very well).
    pub response: u8,
    /// `yes`, `partly` or `no`.
    pub iris: String,
    /// What should change; may be empty.
    pub change: String,
}

/// Entries that are shown, by the time of the happening, then by when they were written down.
/// What people answered afterwards is no part of what happened.
pub fn in_order(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.retain(|entry| entry.kind != "feedback");
    entries.sort_by_key(|entry| (entry.at, entry.seq));
    entries
}

impl Entry {
    /// A link to the message it came from, or in which Iris told the room.
    fn link(&self, scene: &Scene<'_>) -> Option<String> {
        match (&self.message, self.kind.as_str()) {
            (Some(message), _) => scene.world.link(message),
            (None, "update") => scene.world.link(&format!("core/update-{}", self.seq)),
            (None, _) => None,
        }
    }
}

impl Incident {
    /// When a status was last entered.
    fn entered(&self, status: &str) -> Option<u64> {
        self.times
            .iter()
            .rfind(|(entered, _)| entered == status)
            .map(|(_, at)| *at)
    }

    /// When it was resolved; none while it is ongoing.
    fn over_at(&self) -> Option<u64> {
        let entered = || {
            self.entered("resolved")
                .or_else(|| self.entered(&self.status))
        };
        if self.status == "declared" {
            None
        } else {
            entered()
        }
    }

    /// For marks.
    fn brief(&self) -> Brief<'_> {
        Brief {
            number: self.number,
            title: &self.title,
            product: self.product.as_deref(),
            severity: None,
            status: &self.status,
            drill: self.drill,
            private: self.private,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, in_order};
    use crate::story::example::entry;

    #[test]
    fn what_happened_first_is_told_first() {
        let entry = |seq, at, kind: &str| Entry {
            seq,
            ..entry(at, kind, "", "", "")
        };
        let told = in_order(vec![
            entry(1, 5, "note"),
            entry(2, 3, "message"),
            entry(3, 3, "note"),
            entry(4, 1, "feedback"),
        ]);
        assert_eq!(
            told.iter().map(|entry| entry.seq).collect::<Vec<_>>(),
            [2, 3, 1]
        );
    }
}
