//! What an incident is, and how it changes. Pure: no clock, no I/O, no `async`.
//!
//! An incident is the sum of its entries; the record here is kept beside them so that nobody has to
//! add them up.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

mod change;
mod declare;
mod entry;
mod open;
mod refusal;

pub use change::{Cause, Change, Changed, apply};
pub use declare::declare;
pub use entry::{Entry, NewEntry};
pub use open::{OpenQuery, Shown, Which};
pub use refusal::{Refusal, RefusalKind};

use crate::{
    alert::Through,
    clock::Moment,
    ids::{ChannelId, Number, Owner, UserId},
};

/// An incident as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    pub number: Number,
    /// Plain text, at most 150 UTF-16 units.
    pub title: String,
    /// "What is happening", from the form; may be empty.
    pub situation: String,
    pub product: Option<String>,
    /// `None`: "not sure yet".
    pub severity: Option<String>,
    pub status: Status,
    /// Iris itself where no person did, see `through`.
    pub declared_by: UserId,
    /// What it was declared through, where no person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Through>,
    /// When each status was entered, oldest first; the first is the declaration.
    pub times: Vec<Milestone>,
    /// By role id; roles without a holder are left out.
    pub roles: BTreeMap<String, Assignment>,
    /// `None` until Slack has made it.
    pub room: Option<Room>,
    /// Where it is announced. `None`: nowhere.
    pub origin: Option<ChannelId>,
    pub drill: bool,
    pub private: bool,
    /// Called besides the people of the product.
    pub also: Vec<UserId>,
    /// Who is in the room, as far as Slack has told.
    pub people: BTreeSet<UserId>,
    /// What steps add to the status card.
    pub lines: BTreeMap<Owner, Vec<Line>>,
    /// The newest update.
    pub latest: Option<Latest>,
    /// How many entries there are; the last one's `seq`.
    pub entries: u32,
}

impl Incident {
    pub fn declared_at(&self) -> Moment {
        self.times.first().map_or(Moment(0), |m| m.at)
    }

    /// When the present status was entered.
    pub fn since(&self) -> Moment {
        self.times.last().map_or(Moment(0), |m| m.at)
    }

    /// When `status` was last entered.
    pub fn entered(&self, status: Status) -> Option<Moment> {
        self.times
            .iter()
            .rev()
            .find(|m| m.status == status)
            .map(|m| m.at)
    }

    /// The person who declared it, if one did.
    pub fn declarer(&self) -> Option<&UserId> {
        self.through.is_none().then_some(&self.declared_by)
    }

    /// Whether this person may know of it: everybody, unless it is private.
    pub fn known_to(&self, user: &UserId) -> bool {
        !self.private || self.people.contains(user) || self.declared_by == *user
    }
}

/// Where an incident stands. `resolved` may go back to `declared` (reopened); so may `closed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Declared,
    Resolved,
    Closed,
}

impl Status {
    pub const ALL: [Self; 3] = [Self::Declared, Self::Resolved, Self::Closed];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }

    /// Which statuses may follow.
    pub fn leads_to(self, next: Self) -> bool {
        match self {
            Self::Declared => next == Self::Resolved,
            Self::Resolved => matches!(next, Self::Declared | Self::Closed),
            Self::Closed => next == Self::Declared,
        }
    }
}

/// A status and when it was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    pub status: Status,
    pub at: Moment,
}

/// Who holds a role, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    pub user: UserId,
    pub since: Moment,
}

/// The incident's channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    pub channel: ChannelId,
    /// Without `#`.
    pub name: String,
}

/// What was last said about the situation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latest {
    pub at: Moment,
    pub by: Option<UserId>,
    pub text: String,
}

/// A line that a step adds to the status card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub label: String,
    pub value: String,
}

/// What the declaration's form came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    pub title: String,
    pub situation: String,
    pub product: Option<String>,
    pub severity: Option<String>,
    pub origin: Option<ChannelId>,
    pub drill: bool,
    pub private: bool,
    pub also: Vec<UserId>,
    /// What was filled into the fields of steps.
    pub answers: BTreeMap<Owner, Vec<crate::event::Answer>>,
    /// What declares it, where no person does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Through>,
}
