//! Remembers, before and after. The trait that everything durable goes through; SQL lives in the
//! backends below it and nowhere else. One conformance suite (`host/tests/store/`) runs on each.
//!
//! Every key begins with the team: what one team's commit says about another team is refused as
//! [`StoreError::Damaged`]. Whatever a method returns `Ok` for is on disk.

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{
    clock::Moment,
    effect::{Effect, State},
    event::Event,
    ids::{ChannelId, MessageId, Number, Owner, TeamId, UserId},
    incident::{Entry, Incident},
};

pub mod sqlite;

/// A store as everything holds it.
pub type SharedStore = Arc<dyn Store>;

/// What a backend does. Methods that change something are durable when they return.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    // --- events ---

    /// Takes an event in, once: the same `(team, id)` again is [`Accepted::Seen`].
    async fn accept(&self, event: &Event) -> Result<Accepted, StoreError>;

    /// Events that are not done, oldest first: at a start.
    async fn open_events(&self) -> Result<Vec<Event>, StoreError>;

    /// How far the steps are with an event.
    async fn calls(&self, team: &TeamId, event: &str) -> Result<Vec<CallRow>, StoreError>;

    /// Everything that handling an event came to, in one transaction, or nothing of it.
    async fn commit(&self, commit: Commit) -> Result<(), CommitError>;

    // --- incidents ---

    /// The highest number given so far; 0 when there is none.
    async fn last_number(&self, team: &TeamId) -> Result<Number, StoreError>;

    async fn incident(&self, team: &TeamId, number: Number)
    -> Result<Option<Incident>, StoreError>;

    /// Whose room this channel is.
    async fn incident_of_room(
        &self,
        team: &TeamId,
        channel: &ChannelId,
    ) -> Result<Option<Number>, StoreError>;

    /// Oldest first; without the closed ones unless `all`.
    async fn incidents(&self, team: &TeamId, all: bool) -> Result<Vec<Incident>, StoreError>;

    /// Teams that have incidents, in order.
    async fn teams(&self) -> Result<Vec<TeamId>, StoreError>;

    /// Entries above `after`, oldest first, at most `limit`; only of `kind` when given. With
    /// `current`, entries that a later one replaced or struck out are left out.
    async fn entries(&self, query: EntryQuery<'_>) -> Result<Vec<Entry>, StoreError>;

    // --- steps ---

    async fn state(&self, place: &StatePlace, key: &str) -> Result<Option<StateValue>, StoreError>;

    /// Keys that begin with `prefix`, above `after`, in order of their bytes.
    async fn state_keys(
        &self,
        place: &StatePlace,
        prefix: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<String>, StoreError>;

    /// How much is remembered there.
    async fn state_size(&self, place: &StatePlace) -> Result<StateSize, StoreError>;

    /// The timers of one owner in one scope.
    async fn timers(&self, place: &StatePlace) -> Result<Vec<Timer>, StoreError>;

    /// Turns the timers that are due at `now` into accepted events, each once, and returns them.
    async fn fire(&self, now: Moment) -> Result<Vec<Event>, StoreError>;

    /// When the next timer is due.
    async fn next_timer(&self) -> Result<Option<Moment>, StoreError>;

    // --- effects ---

    /// Effects that are not settled, in the order they were planned: at a start. Those in `sending`
    /// become `unknown`, durably.
    async fn unsettled(&self) -> Result<Vec<Effect>, StoreError>;

    /// All effects of one incident, in the order they were planned, those superseded included.
    async fn effects(&self, team: &TeamId, incident: Number) -> Result<Vec<Effect>, StoreError>;

    async fn effect(&self, team: &TeamId, key: &str) -> Result<Option<Effect>, StoreError>;

    /// Writes down that the request goes out now. False when it must not: the effect was
    /// superseded or settled meanwhile.
    async fn sending(&self, team: &TeamId, key: &str) -> Result<bool, StoreError>;

    /// What came of an effect, in one transaction with what that causes.
    async fn settle(&self, settlement: Settlement) -> Result<(), StoreError>;

    /// What a name stands for in Slack. `incident` `None`: in the team.
    async fn resource(
        &self,
        team: &TeamId,
        incident: Option<Number>,
        owner: &Owner,
        name: &str,
    ) -> Result<Option<Resource>, StoreError>;

    async fn resources(
        &self,
        team: &TeamId,
        incident: Option<Number>,
    ) -> Result<Vec<Resource>, StoreError>;

    /// Rate limits as they were set; some may be over.
    async fn gates(&self) -> Result<Vec<Gate>, StoreError>;
    /// A gate that is set already is never shortened.
    async fn set_gate(&self, gate: Gate) -> Result<(), StoreError>;

    // --- people ---

    async fn person(&self, team: &TeamId, user: &UserId) -> Result<Option<Person>, StoreError>;
    async fn put_people(&self, team: &TeamId, people: Vec<Person>) -> Result<(), StoreError>;

    /// Whether the store can be written to: a write that changes nothing.
    async fn healthy(&self) -> Result<(), StoreError>;

    /// Drops what nobody will ask for: events without an incident, done, and their effects, settled
    /// but not parked, [`KEPT`] after they came in; rate limits that are over. At most
    /// [`TIDY_LIMIT`] rows of a kind, so that nobody waits long; says how many it dropped.
    async fn tidy(&self, now: Moment) -> Result<u64, StoreError>;
}

/// How long the same delivery is recognised, at least: Slack repeats for up to a day.
pub const KEPT: Duration = Duration::from_hours(24);

/// How many rows of a kind one [`Store::tidy`] drops.
pub const TIDY_LIMIT: u32 = 1000;

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

/// How much one step remembers in one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateSize {
    pub keys: usize,
    /// Of keys and values.
    pub bytes: usize,
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

/// The store did not do it. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Disk full, locked, gone: may work again later.
    #[error("the store cannot be reached or written to: {0}")]
    Unavailable(String),
    /// What is stored cannot be read: a bug, or damage.
    #[error("the store holds something unreadable: {0}")]
    Damaged(String),
}

/// A commit was not done.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Another call changed what this one relied on, team state or an incident: run it again.
    #[error("changed meanwhile: {key}")]
    Conflict { key: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl fmt::Display for StatePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.incident {
            Some(number) => write!(f, "{}/{number}/{}", self.team, self.owner),
            None => write!(f, "{}/{}", self.team, self.owner),
        }
    }
}
