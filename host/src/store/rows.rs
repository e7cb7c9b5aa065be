//! Rows as the rest of Iris sees them: what is committed together, and what is looked up.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::audit::Deed;
use crate::{
    clock::Moment,
    effect::{Effect, State},
    event::Event,
    ids::{ChannelId, MessageId, Number, Owner, TeamId, UserId},
    incident::{Entry, Incident},
};

/// What became of an event that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// New, and durable now.
    Fresh,
    /// Known already. `answer` is what its acknowledgement said, if it is done and said anything.
    Seen { answer: Option<String> },
}

/// Everything that handling an event came to.
#[derive(Clone, Debug, Default)]
pub struct Commit {
    pub team: Option<TeamId>,
    /// How far the steps are with their events.
    pub calls: Vec<CallRow>,
    /// The event is handled by all: never to be handled again.
    pub done: Option<String>,
    /// The event's incident, once it is known: `(event, incident)`.
    pub belongs: Option<(String, Number)>,
    /// What the acknowledgement of the event `done` says; nothing without `done`.
    pub answer: Option<String>,
    /// The incident as it is now: replaces the stored one. One writer an incident.
    pub incident: Option<Incident>,
    /// A `seq` that is taken is a conflict: somebody else wrote to the incident, or gave the same
    /// number to another one.
    pub entries: Vec<Entry>,
    /// Newly planned, in order.
    pub effects: Vec<Effect>,
    /// Keys of effects that are not to be sent any more, if they have not been.
    pub superseded: Vec<String>,
    /// Versions of team state that were read; another version now is a conflict.
    pub reads: Vec<StateRead>,
    pub writes: Vec<StateWrite>,
    pub timers: Vec<TimerChange>,
    /// What this caused, to be handled next.
    pub events: Vec<Event>,
    /// Who did what, for the audit.
    pub deeds: Vec<Deed>,
}

impl Commit {
    /// The event that all this came of; `None` for what came of none.
    pub fn event(&self) -> Option<&str> {
        let belongs = self.belongs.as_ref().map(|(event, _)| event);
        let called = self.calls.first().map(|call| &call.event);
        let event = self.done.as_ref().or(belongs).or(called);
        event.map(String::as_str)
    }
}

/// One event for one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRow {
    pub event: String,
    pub step: Owner,
    pub state: CallState,
    pub attempts: u32,
}

/// How far a step is with an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum CallState {
    /// It failed; it is to be tried again then.
    Waiting {
        until: Moment,
    },
    Done,
    /// The step refused it with a sentence.
    Refused,
    /// It failed too often: for an operator.
    SetAside {
        why: String,
    },
}

/// What to read of the entries.
#[derive(Clone, Copy, Debug)]
pub struct EntryQuery<'a> {
    pub team: &'a TeamId,
    pub incident: Number,
    pub kind: Option<&'a str>,
    pub after: u32,
    pub limit: u32,
    pub current: bool,
}

/// Whose state: one step's, in one incident or in the team.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StatePlace {
    pub team: TeamId,
    pub owner: Owner,
    /// `None`: the team's.
    pub incident: Option<Number>,
}

/// A value as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateValue {
    pub json: String,
    /// Grows with each write and is never given twice. Above 0.
    pub version: u64,
}

/// What to read of what steps remember.
#[derive(Clone, Copy, Debug)]
pub struct StateQuery<'a> {
    pub team: &'a TeamId,
    /// `None`: of every step.
    pub owner: Option<&'a Owner>,
    pub within: Within,
    /// Keys that begin so.
    pub prefix: &'a str,
    /// What follows this one.
    pub after: Option<&'a StateRow>,
    pub limit: u32,
}

/// Which of a team's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// Those of every incident, and the team's.
    All,
    /// The team's, which belong to no incident.
    Team,
    Incident(Number),
}

/// A value in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateRow {
    pub place: StatePlace,
    pub key: String,
    pub value: StateValue,
}

/// How much one step remembers in one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateSize {
    pub keys: usize,
    /// Of keys and values.
    pub bytes: usize,
}

impl StateSize {
    /// As it is once the value under `key`, of `was` bytes, has `now`; `None`: there is none.
    #[must_use]
    pub fn with(self, key: &str, was: Option<usize>, now: Option<usize>) -> Self {
        let of = |value: Option<usize>| value.map_or((0, 0), |value| (1, key.len() + value));
        let ((gone, freed), (come, taken)) = (of(was), of(now));
        Self {
            keys: self.keys.saturating_sub(gone) + come,
            bytes: self.bytes.saturating_sub(freed) + taken,
        }
    }
}

/// A version that a call relied on; 0: nothing was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateRead {
    pub place: StatePlace,
    pub key: String,
    pub version: u64,
}

/// A value to be stored; `None` removes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateWrite {
    pub place: StatePlace,
    pub key: String,
    pub json: Option<String>,
}

/// What to read of what came in.
#[derive(Clone, Copy, Debug)]
pub struct HandledQuery<'a> {
    pub team: &'a TeamId,
    pub incident: Option<Number>,
    /// So many of the newest.
    pub newest: u32,
}

/// What came in, and what it led to.
#[derive(Clone, Debug)]
pub struct Handled {
    pub event: Event,
    pub accepted: Moment,
    /// By everybody whom it concerns.
    pub done: bool,
    pub calls: Vec<CallRow>,
    /// What was wished then.
    pub effects: Vec<Effect>,
}

/// What a step had to say to operators, or what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    pub team: TeamId,
    pub at: Moment,
    /// `debug`, `info`, `warn`, `error`.
    pub level: String,
    pub step: Owner,
    pub event: Option<String>,
    pub incident: Option<Number>,
    pub line: String,
}

/// A line in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LoggedLine {
    pub seq: u64,
    #[serde(flatten)]
    pub line: Line,
}

/// What to read of the lines.
#[derive(Clone, Copy, Debug)]
pub struct LineQuery<'a> {
    pub team: Option<&'a TeamId>,
    pub step: Option<&'a Owner>,
    pub incident: Option<Number>,
    pub after: u64,
    /// So many of the newest.
    pub newest: u32,
}

/// A wish to be woken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    pub place: StatePlace,
    pub name: String,
    pub due: Moment,
}

/// A change of the timers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimerChange {
    /// Sets it anew or moves it.
    Set(Timer),
    /// Also when it has fired but its event is not done: then the event is done.
    Cancel { place: StatePlace, name: String },
    /// All of an incident's, when it is closed.
    Drop { team: TeamId, incident: Number },
}

/// What came of an effect.
#[derive(Clone, Debug)]
pub struct Settlement {
    pub team: TeamId,
    pub key: String,
    /// `Planned` or `Unknown`: to be tried again at `not_before`.
    pub state: State,
    pub attempts: u32,
    pub not_before: Moment,
    /// What stands in Slack now.
    pub resources: Vec<Resource>,
    /// Names that stand for nothing any more: `(incident, owner, name)`; `None` for the team's.
    pub forgotten: Vec<(Option<Number>, Owner, String)>,
    /// What this causes.
    pub events: Vec<Event>,
    /// Who did what, for the audit.
    pub deeds: Vec<Deed>,
}

/// An operator's word on a parked effect, to be taken up by the one who serves.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    pub seq: u64,
    pub team: TeamId,
    pub effect: String,
    /// What the word caused: stored with it.
    pub events: Vec<Event>,
}

/// A call that counts towards Slack's rate limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    pub team: TeamId,
    pub method: String,
    /// `None`: about no channel.
    pub channel: Option<ChannelId>,
    pub at: Moment,
}

/// A message that was sent again after an unknown outcome: looked for once more, to remove its twin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sweep {
    pub team: TeamId,
    pub effect: String,
    pub at: Moment,
    pub channel: ChannelId,
    pub thread: Option<String>,
}

/// A backup was put in the place of what there was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Nothing that happened later is known.
    pub made_at: Moment,
    /// How many events were open in it and timers due since: they are not handled again, since they
    /// were handled then.
    pub dropped: u32,
    /// How many effects were open: they may have been sent since, and are looked up.
    pub unknown: u32,
}

/// What a name stands for in Slack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    pub team: TeamId,
    pub incident: Option<Number>,
    pub owner: Owner,
    /// A message's name; `room` of the core is the incident's room.
    pub name: String,
    /// For a room, `ts` is empty.
    pub id: MessageId,
    /// Link to it, when known.
    pub permalink: Option<String>,
}

/// A rate limit in force: nothing of this kind is sent before `until`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    pub team: TeamId,
    pub method: String,
    /// `None`: in any channel.
    pub channel: Option<ChannelId>,
    pub until: Moment,
}

/// What Slack said about a person when Iris last asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: UserId,
    /// The name that Slack shows.
    pub name: String,
    pub email: Option<String>,
    /// IANA name.
    pub zone: Option<String>,
    pub deactivated: bool,
    pub bot: bool,
    pub seen: Moment,
}

impl fmt::Display for StatePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.incident {
            Some(number) => write!(f, "{}/{number}/{}", self.team, self.owner),
            None => write!(f, "{}/{}", self.team, self.owner),
        }
    }
}
