//! What telling needs to know of the world: the language, the clock on the wall, names, labels.

use crate::texts::Speaker;
use crate::time::{Wall, time_on};
use crate::{Locale, Texts};

/// A team, as of one moment.
pub struct Scene<'a> {
    /// See [`texts`].
    pub texts: Texts,
    /// Milliseconds since 1970.
    pub now: u64,
    /// The IANA name of the team's zone.
    pub zone: String,
    /// What people type, such as `/incident`.
    pub command: String,
    /// The gravest first.
    pub severities: Vec<Label>,
    /// In the order of the team's file.
    pub roles: Vec<Label>,
    /// In the order of the team's file.
    pub products: Vec<Label>,
    /// Whom to ask.
    pub world: &'a dyn World,
}

/// Something of the team's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What entries name it by.
    pub id: String,
    /// What people read.
    pub label: String,
    /// Of a severity; else empty.
    pub meaning: String,
}

/// What is asked while telling.
pub trait World {
    /// What the clock on the team's wall shows at that moment.
    fn wall(&self, at: u64) -> Wall;
    /// The short name of the team's zone at that moment.
    fn zone_label(&self, at: u64) -> String;
    /// A person's name; none where nobody knows it.
    fn name(&self, user: &str) -> Option<String>;
    /// A link to a message: to one that was seen, by its opaque id, or to one that was posted, by
    /// `owner/name`. `core/room` is the room.
    fn link(&self, message: &str) -> Option<String>;
}

/// The sentences in which an incident is told.
pub fn texts(locale: Locale) -> Texts {
    Texts::new(locale, &TEXTS)
}

static TEXTS: Speaker = crate::speaker!("src/story/texts");

impl Scene<'_> {
    pub(super) fn wall(&self, at: u64) -> Wall {
        self.world.wall(at)
    }

    /// `14:05` today, `Tue 1 Dec 14:05` on another day.
    pub(super) fn time(&self, at: u64) -> String {
        time_on(self.texts.locale(), &self.wall(at), &self.wall(self.now))
    }

    /// The label of a severity; of an unknown one too.
    pub(super) fn severity(&self, id: Option<&str>) -> String {
        match id {
            None => self.texts.say("sev-unknown", &[]),
            Some(id) => label(id, &self.severities),
        }
    }

    pub(super) fn role(&self, id: &str) -> String {
        label(id, &self.roles)
    }

    pub(super) fn product(&self, id: &str) -> String {
        label(id, &self.products)
    }
}

/// What has gone from the team's file is shown by its id.
fn label(id: &str, labels: &[Label]) -> String {
    let found = labels.iter().find(|known| known.id == id);
    found.map_or_else(|| id.to_owned(), |found| found.label.clone())
}
