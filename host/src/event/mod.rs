//! What can happen. A closed vocabulary: the edge turns Slack's deliveries into it, and what Iris
//! itself causes (an answer of Slack, a timer, a change of an incident) comes in the same way.

mod acts;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    alert::Alerted,
    clock::Moment,
    ids::{ChannelId, MessageId, Number, Owner, TeamId, UserId},
    incident::{Entry, Status},
};

pub use acts::{
    Answer, Command, FormClosed, MenuAsked, Presence, Pressed, PressedMessage, Reacted, Reply,
    SeenMessage, Shortcut, Submitted, View,
};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Unique within the team. For what Slack delivered, made from what Slack repeats when it
    /// delivers again (`event_id`, `trigger_id`, …), so that the same delivery is the same event.
    pub id: String,
    pub team: TeamId,
    /// When it happened, as far as Slack tells; else when it came in.
    pub at: Moment,
    /// Who caused it; of a failed wish, who acted. `None` for timers, answers, and what Iris does
    /// by itself.
    pub by: Option<UserId>,
    /// The incident it belongs to, once that is known.
    pub incident: Option<Number>,
    /// How many links it is away from the person or clock that began it.
    pub chain: u8,
    /// What led to it; `None` for what began by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineage: Option<Lineage>,
    pub what: What,
}

/// What led to an event or an effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lineage {
    /// The event that began it all.
    pub root: String,
    pub parent: Parent,
}

/// What led to something directly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parent {
    /// By its id.
    Event(String),
    /// By its key.
    Effect(String),
}

/// The kinds of events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum What {
    // What people do in Slack.
    Command(Command),
    Pressed(Pressed),
    Submitted(Submitted),
    FormClosed(FormClosed),
    Shortcut(Shortcut),
    Mentioned(SeenMessage),
    HomeOpened,
    /// Answered at once and never stored: nothing comes of it.
    MenuAsked(MenuAsked),

    /// A monitoring system said something, through one of the team's hooks.
    Alerted(Alerted),

    // What happens in channels.
    Joined(Presence),
    Left(Presence),
    Reacted(Reacted),
    Said(SeenMessage),
    Edited(SeenMessage),
    Deleted {
        message: MessageId,
    },
    ChannelRenamed {
        channel: ChannelId,
        name: String,
    },
    /// Nobody can write there any more.
    ChannelArchived {
        channel: ChannelId,
        /// Gone for good, with all that was said in it.
        #[serde(default)]
        deleted: bool,
    },
    ChannelUnarchived {
        channel: ChannelId,
    },

    // What Iris causes. Always with an incident, but for timers and answers.
    Declared(Declared),
    RoomOpened {
        channel: ChannelId,
        name: String,
    },
    SeverityChanged {
        was: Option<String>,
        now: Option<String>,
        why: String,
    },
    StatusChanged {
        was: Status,
        now: Status,
        note: String,
    },
    RoleChanged {
        role: String,
        was: Option<UserId>,
        now: Option<UserId>,
    },
    TitleChanged {
        was: String,
        now: String,
    },
    EntryAdded {
        entry: Box<Entry>,
    },
    Timer {
        owner: Owner,
        name: String,
        due: Moment,
    },
    Answered {
        owner: Owner,
        key: String,
        outcome: Outcome,
    },
    Invited {
        owner: Owner,
        came: Vec<UserId>,
        missing: Vec<Missing>,
    },
    WishFailed(WishFailed),
    /// Nobody could find out whether it was done: an operator is asked to look. The core's alone.
    Parked(Parked),
    /// What was parked is settled. The core's alone.
    Settled(Parked),
    /// Slack's rate limit holds up what a declarer waits for.
    Held {
        wish: String,
        until: Moment,
    },
    /// Slack did not answer since then; now it does, and the incident has caught up.
    CaughtUp {
        since: Moment,
    },
    /// Somebody, `by`, installed Iris here for the first time. The core's alone.
    Installed(crate::installer::Welcome),

    /// What this version does not know: kept, handed to steps that ask for `name`.
    Other {
        name: String,
        data: serde_json::Value,
    },
}

impl Event {
    /// The event that began it all; itself, where nothing led to it.
    pub fn root(&self) -> &str {
        let root = self.lineage.as_ref().map(|lineage| &lineage.root);
        root.unwrap_or(&self.id)
    }

    /// What it leads to has this lineage.
    pub fn leads(&self) -> Lineage {
        Lineage {
            root: self.root().to_owned(),
            parent: Parent::Event(self.id.clone()),
        }
    }
}

impl What {
    /// How to answer the person who acted.
    pub fn reply(&self) -> Option<&Reply> {
        if let Self::Command(Command { reply, .. })
        | Self::Pressed(Pressed { reply, .. })
        | Self::Submitted(Submitted { reply, .. })
        | Self::Shortcut(Shortcut { reply, .. })
        | Self::WishFailed(WishFailed { reply, .. }) = self
        {
            Some(reply)
        } else {
            None
        }
    }
}

/// The first event of every incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// What was filled into the fields that steps added to the form, by step.
    pub answers: BTreeMap<Owner, Vec<Answer>>,
}

/// What came of `slack.call` or `http.fetch`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Slack's answer as it came.
    Slack(Box<serde_json::Value>),
    Http {
        status: u16,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    },
    /// There is no answer and there will be none.
    Failed(Trouble),
}

/// Why something could not be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// `timeout`, `unreachable`, `given-up`, or Slack's own error code.
    pub code: String,
    /// For the operator, in English.
    pub sentence: String,
    /// The permission that Iris lacks in Slack, with `missing_scope`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

/// Somebody who was wished for and could not come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// As it was wished: `U…`, `S…`, `@handle` or an e-mail address.
    pub who: String,
    /// `not-found`, `deactivated`, `empty-group`, or Slack's own error code.
    pub code: String,
}

/// A wish that cannot be done: refused for good, or given up by an operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishFailed {
    pub owner: Owner,
    /// Interface and function, such as `messages.post`.
    pub wish: String,
    /// The message's or timer's name, where there is one.
    pub name: Option<String>,
    pub trouble: Trouble,
    /// The effect's key.
    #[serde(default)]
    pub effect: String,
    /// How the person who asked can still be answered, of a form that did not open.
    #[serde(default)]
    pub reply: Reply,
}

/// A wish that is, or was, parked for an operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parked {
    /// The effect's key.
    pub effect: String,
    /// Slack's method, or `http`.
    pub method: String,
    /// The message's name, where there is one.
    pub name: Option<String>,
}
