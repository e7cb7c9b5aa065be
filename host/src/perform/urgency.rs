//! Who goes first when Slack takes only so much: what people wait for, before what can wait. Pure.

use std::fmt;

use crate::{
    effect::{Act, Effect},
    ids::TeamId,
};

/// The more urgent, the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Urgency {
    /// Somebody looks at the screen until it is there: forms, the room and who is called into it,
    /// answers to what was typed.
    Awaited,
    /// News.
    News,
    /// Trimmings, which nobody misses for a minute.
    Trimming,
    /// What Iris wants to know for later.
    Idle,
}

/// Who calls Slack.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller<'a> {
    pub(super) team: &'a TeamId,
    /// The effect's key; empty for who does not stand in line.
    pub(super) key: &'a str,
    pub(super) urgency: Urgency,
    pub(super) why: Why<'a>,
}

/// What a call is for, in a few words for whoever watches a simulated Slack.
#[derive(Clone, Copy, Debug)]
pub(super) enum Why<'a> {
    Effect(&'a Effect),
    /// Iris itself wants to know, or to clear away.
    Upkeep(&'static str),
}

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Effect(effect) => {
                if let Some(number) = effect.incident {
                    write!(f, "INC-{number} ")?;
                }
                write!(f, "{} {}", effect.owner, effect.wish)
            }
            Self::Upkeep(what) => f.write_str(what),
        }
    }
}

impl<'a> Caller<'a> {
    pub(super) fn of(effect: &'a Effect) -> Self {
        Self {
            team: &effect.team,
            key: &effect.key,
            urgency: Urgency::of(&effect.act),
            why: Why::Effect(effect),
        }
    }

    pub(super) fn idle(team: &'a TeamId, what: &'static str) -> Self {
        Self {
            team,
            key: "",
            urgency: Urgency::Idle,
            why: Why::Upkeep(what),
        }
    }
}

impl Urgency {
    pub(super) fn of(act: &Act) -> Self {
        match act {
            Act::CreateRoom { .. }
            | Act::Invite { .. }
            | Act::Whisper { .. }
            | Act::Respond { .. }
            | Act::OpenView { .. }
            | Act::PushView { .. }
            | Act::FillView { .. }
            | Act::UpdateView { .. }
            | Act::PublishHome { .. } => Self::Awaited,
            Act::Post { .. }
            | Act::Update { .. }
            | Act::Delete { .. }
            | Act::Upload { .. }
            | Act::RenameRoom { .. }
            | Act::ArchiveRoom
            | Act::Fetch { .. } => Self::News,
            Act::SetTopic { .. }
            | Act::Bookmark { .. }
            | Act::Pin { .. }
            | Act::Unpin { .. }
            | Act::React { .. }
            | Act::Unreact { .. }
            | Act::Call { .. } => Self::Trimming,
        }
    }
}
