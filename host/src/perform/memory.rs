//! What is remembered about an effect from one try to the next. Lost at a restart, and then found
//! out again.

use std::collections::BTreeMap;

use super::directory::{Groups, Said};
use crate::{effect::Act, event::Missing, ids::UserId, store::Sweep};

/// One effect's memory.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Tries that failed, whatever the reason.
    pub(super) failures: u32,
    /// Tries that Slack itself answered with trouble.
    pub(super) answered: u32,
    /// The last try ended because of a rate limit.
    pub(super) limited: bool,
    /// How often it was looked for.
    pub(super) looks: u32,
    /// It is sent again after an unknown outcome: there may be two.
    pub(super) again: Option<Sweep>,
    /// Slack took it, and shows it later.
    pub(super) taken: bool,
    pub(super) prepared: Option<Prepared>,
    /// What Slack has answered of what is to be prepared.
    pub(super) found: Found,
    /// Whom earlier tries brought into the room.
    pub(super) came: Vec<UserId>,
}

/// What was found out before the effect could be sent.
#[derive(Clone, Debug)]
pub(super) enum Prepared {
    Guests(Guests),
    /// A file's id: its bytes are in Slack, nobody sees it.
    File(String),
}

/// Slack's answers about whom an invitation means.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// All groups with their members, once they were asked for.
    pub(super) groups: Option<Said<Groups>>,
    /// Who has an e-mail address.
    pub(super) addresses: BTreeMap<String, Said<UserId>>,
}

/// Whom an invitation means.
#[derive(Clone, Debug, Default)]
pub(super) struct Guests {
    /// Each once, with how they were wished.
    pub(super) people: Vec<(UserId, String)>,
    pub(super) missing: Vec<Missing>,
}

impl Memory {
    /// Whether a try had no answer at all.
    pub(super) fn unanswered(&self) -> bool {
        self.failures > self.answered
    }

    /// Whether there is something to find out before the effect can be sent.
    pub(super) fn unprepared(&self, act: &Act) -> bool {
        self.prepared.is_none() && matches!(act, Act::Invite { .. } | Act::Upload { .. })
    }
}
