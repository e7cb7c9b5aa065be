//! What changed when, so that whoever looks again need not look at everything.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

/// Something that people see. It may be gone by the time somebody looks.
#[derive(Clone, Debug, Serialize, PartialEq, Eq, Hash)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Message {
        channel: String,
        ts: String,
    },
    /// A channel's name, members, topic, pins, bookmarks.
    Channel(String),
    /// By its timestamp.
    Ephemeral(String),
    /// This person's stack of modals.
    Modals(String),
    /// This person's home tab.
    Home(String),
    /// How far this person has read.
    Read(String),
}

/// Every subject at the place of its last change.
#[derive(Default)]
pub(crate) struct Changes {
    last: u64,
    places: HashMap<Subject, u64>,
    order: BTreeMap<u64, Subject>,
}

impl Changes {
    pub(crate) fn touch(&mut self, subject: Subject) {
        self.last += 1;
        if let Some(before) = self.places.insert(subject.clone(), self.last) {
            self.order.remove(&before);
        }
        self.order.insert(self.last, subject);
    }

    /// The number of the last change: give it to [`Changes::since`] the next time.
    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    /// What changed after the change of this number, each once, the latest last.
    pub(crate) fn since(&self, seen: u64) -> impl Iterator<Item = &Subject> {
        self.order
            .range(seen.saturating_add(1)..)
            .map(|(_, subject)| subject)
    }
}

#[cfg(test)]
mod tests {
    use super::{Changes, Subject};

    #[test]
    fn each_subject_is_told_once_at_its_last_change() {
        let channel = |id: &str| Subject::Channel(id.into());
        let mut changes = Changes::default();
        changes.touch(channel("C1"));
        changes.touch(channel("C2"));
        let seen = changes.last();
        assert_eq!(changes.since(seen).count(), 0);
        changes.touch(channel("C1"));
        assert_eq!(changes.since(seen).collect::<Vec<_>>(), [&channel("C1")]);
        assert_eq!(
            changes.since(0).collect::<Vec<_>>(),
            [&channel("C2"), &channel("C1")]
        );
    }
}
