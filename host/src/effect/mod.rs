//! What a step may wish for, and what becomes of a wish. Pure: no clock, no I/O, no `async`.
//!
//! A [`Wish`] is what a step says while it runs: it names things (`room`, `panel`). An [`Effect`] is
//! what is to be done about it: a row of its own in the store, which knows whether it may have
//! been sent.

use serde::{Deserialize, Serialize};

mod act;
mod channel_name;
pub mod plan;
pub mod view;
mod wish;

pub use act::{Act, Target};
pub use channel_name::{channel_name, latin_name, with_suffix};
pub use wish::{Content, File, MessageRef, Place, Request, Scope, Wish};

use crate::{
    clock::Moment,
    event::Lineage,
    ids::{Number, Owner, TeamId, UserId},
};

/// One thing to be done in the world outside, once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// Unique and unguessable; goes into a message's metadata, so that an unknown outcome can be
    /// looked up.
    pub key: String,
    pub team: TeamId,
    pub incident: Option<Number>,
    /// Who acted, to be told when it cannot be done.
    #[serde(default)]
    pub by: Option<UserId>,
    pub owner: Owner,
    /// Interface and function of the wish, such as `messages.post`.
    pub wish: String,
    /// How far from the person or clock that began it.
    pub chain: u8,
    /// The event that wished it, and what began that. `None`: it was planned by an older Iris.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineage: Option<Lineage>,
    pub act: Act,
    /// Whether the team lets it stand where other organisations read it too.
    #[serde(default)]
    pub outside: bool,
    /// What must stand in Slack before it can be sent.
    pub needs: Vec<Need>,
    /// Effects of one incident with the same order are sent one after the other, as planned.
    pub order: Option<String>,
    /// Planned effects with the same slot replace each other: only the newest is sent.
    pub slot: Option<String>,
    pub state: State,
    /// How often it was sent.
    pub attempts: u32,
    /// Not to be sent earlier.
    pub not_before: Moment,
    pub planned_at: Moment,
    /// Not to be sent later: what nobody waits for any more.
    pub until: Option<Moment>,
}

/// Something that must stand in Slack before an effect can be sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// The incident's room.
    Room,
    /// A message that is known by name.
    Message { owner: Owner, name: String },
}

/// Where an effect stands. Written before the request goes out and after the answer came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum State {
    /// Committed; not sent.
    Planned,
    /// May have been sent. Found at a start, it is [`State::Unknown`].
    Sending,
    /// Done. `answer` is what Slack said, cut to what is worth keeping.
    Applied { answer: serde_json::Value },
    /// Slack will not have it, and said so.
    Refused { code: String },
    /// Sent, and nobody knows whether it arrived: to be looked up.
    Unknown,
    /// Nobody could find out: an operator decides.
    Parked { why: String },
    /// A newer effect says the same better; never sent.
    Superseded,
}

impl State {
    /// Nothing more will happen by itself.
    pub fn settled(&self) -> bool {
        match self {
            Self::Planned | Self::Sending | Self::Unknown => false,
            Self::Applied { .. }
            | Self::Refused { .. }
            | Self::Parked { .. }
            | Self::Superseded => true,
        }
    }

    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Sending => "sending",
            Self::Applied { .. } => "applied",
            Self::Refused { .. } => "refused",
            Self::Unknown => "unknown",
            Self::Parked { .. } => "parked",
            Self::Superseded => "superseded",
        }
    }
}
