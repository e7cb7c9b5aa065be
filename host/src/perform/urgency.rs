//! Who goes first when Slack takes only so much: what people wait for, before what can wait. Pure.

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
}

impl<'a> Caller<'a> {
    pub(super) fn of(effect: &'a Effect) -> Self {
        Self {
            team: &effect.team,
            key: &effect.key,
            urgency: Urgency::of(&effect.act),
        }
    }

    pub(super) fn idle(team: &'a TeamId) -> Self {
        Self {
            team,
            key: "",
            urgency: Urgency::Idle,
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
            | Act::UpdateView { .. } => Self::Awaited,
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
            | Act::PublishHome { .. }
            | Act::Call { .. } => Self::Trimming,
        }
    }
}
