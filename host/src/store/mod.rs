//! Remembers, before and after. The trait that everything durable goes through; SQL lives in the
//! backends below it and nowhere else. One conformance suite (`host/tests/store/`) runs on each.
//!
//! Every key begins with the team: what one team's commit says about another team is refused as
//! [`StoreError::Damaged`]. Whatever a method returns `Ok` for is on disk.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;

use crate::{
    clock::Moment,
    effect::Effect,
    event::Event,
    ids::{ChannelId, Number, Owner, TeamId, UserId},
    incident::{Entry, Incident, OpenQuery, Shown, Status},
};

pub mod audit;
mod installs;
mod rows;
pub mod sqlite;

pub use installs::{
    Facts, Granted, Granting, How, Installation, Installing, Installs, Removing, SealedTokens,
    TokenState,
};
pub use rows::{
    Accepted, CallRow, CallState, Called, Commit, EntryQuery, Gate, Handled, HandledQuery, Line,
    LineQuery, LoggedLine, Person, Resource, Restored, Settlement, StatePlace, StateQuery,
    StateRead, StateRow, StateSize, StateValue, StateWrite, Sweep, Timer, TimerChange, Within,
    Word,
};

use audit::{AuditRow, Deed};

/// A store as everything holds it.
pub type SharedStore = Arc<dyn Store>;

/// What a backend does. Methods that change something are durable when they return.
#[async_trait]
pub trait Store: Installs + 'static {
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

    /// For which incident this channel was made as its room, which is stored before the incident
    /// says so.
    async fn incident_made(
        &self,
        team: &TeamId,
        channel: &ChannelId,
    ) -> Result<Option<Number>, StoreError>;

    /// What is shown of the incidents that are not closed, however many there are: what
    /// [`OpenQuery::of`] says of all of them.
    async fn open_incidents(&self, team: &TeamId, query: &OpenQuery) -> Result<Shown, StoreError>;

    /// For operators, who may ask for all. Oldest first; without the closed ones unless `all`.
    async fn incidents(&self, team: &TeamId, all: bool) -> Result<Vec<Incident>, StoreError>;

    /// Teams that have incidents, in order.
    async fn teams(&self) -> Result<Vec<TeamId>, StoreError>;

    /// How many incidents of all teams are in each status, without drills.
    async fn tally(&self) -> Result<Vec<(Status, u64)>, StoreError>;

    /// Entries above `after`, oldest first, at most `limit`; only of `kind` when given. With
    /// `current`, entries that a later one replaced or struck out are left out.
    async fn entries(&self, query: EntryQuery<'_>) -> Result<Vec<Entry>, StoreError>;

    /// The newest entry of each todo of this person that is not done, by incident, at most `limit`:
    /// entries of the kind `todo`, whose `data` names the todo's `n`, its `owner` and when it was
    /// done, `done_at`.
    async fn todos(
        &self,
        team: &TeamId,
        user: &UserId,
        limit: u32,
    ) -> Result<Vec<(Number, Entry)>, StoreError>;

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

    /// Values of any step, those of the team first, then by incident, step and key.
    async fn states(&self, query: StateQuery<'_>) -> Result<Vec<StateRow>, StoreError>;

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

    /// Writes down that the effect's request goes out now, as `call`. False when it must not: the
    /// effect was superseded or settled meanwhile, and nothing is written.
    async fn sending(&self, key: &str, call: Called) -> Result<bool, StoreError>;

    /// What was sent since that moment, oldest first; what is older than [`CALLED_KEPT`] may be
    /// gone.
    async fn called(&self, since: Moment) -> Result<Vec<Called>, StoreError>;

    /// What came of an effect, in one transaction with what that causes.
    async fn settle(&self, settlement: Settlement) -> Result<(), StoreError>;

    /// A message is about to be sent again: to be looked for once more at that time.
    async fn put_sweep(&self, sweep: Sweep) -> Result<(), StoreError>;
    async fn sweeps(&self) -> Result<Vec<Sweep>, StoreError>;
    async fn drop_sweep(&self, team: &TeamId, effect: &str) -> Result<(), StoreError>;

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

    // --- operators ---

    /// What waits for an operator, in the order it was planned; with `open`, also what is not
    /// settled yet. Of one team, or of all.
    async fn waiting(&self, team: Option<&TeamId>, open: bool) -> Result<Vec<Effect>, StoreError>;

    /// An operator's word on an effect, if it is still parked; else nothing is changed, and false.
    async fn overrule(&self, settlement: Settlement) -> Result<bool, StoreError>;

    /// Operators' words that were not taken up yet, oldest first.
    async fn words(&self) -> Result<Vec<Word>, StoreError>;
    /// Words up to this one are taken up.
    async fn heard(&self, seq: u64) -> Result<(), StoreError>;

    /// Writes down what is done outside of commits and settlements.
    async fn audit(&self, deeds: Vec<Deed>) -> Result<(), StoreError>;
    /// The audit of a team above `after`, in its order, at most `limit` rows.
    async fn audited(
        &self,
        team: &TeamId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<AuditRow>, StoreError>;
    /// The team's last deed of that kind.
    async fn last_deed(&self, team: &TeamId, what: &str) -> Result<Option<Deed>, StoreError>;
    /// Teams that have an audit, in order.
    async fn audited_teams(&self) -> Result<Vec<TeamId>, StoreError>;

    /// Whether this is a backup that nobody has said may go on. At a start, before anything else:
    /// the first time, what was open in it is set to be looked up, and what was to be handled is
    /// dropped.
    async fn restored(&self) -> Result<Option<Restored>, StoreError>;
    /// An operator said that it may go on; false when it was no backup.
    async fn go_on(&self, deeds: Vec<Deed>) -> Result<bool, StoreError>;

    /// What came in and what it led to: the newest, oldest of them first.
    async fn handled(&self, query: HandledQuery<'_>) -> Result<Vec<Handled>, StoreError>;

    /// Writes down what steps had to say. The newest [`LINES_KEPT`] are kept.
    async fn log(&self, lines: Vec<Line>) -> Result<(), StoreError>;
    /// The newest lines, oldest of them first.
    async fn logged(&self, query: LineQuery<'_>) -> Result<Vec<LoggedLine>, StoreError>;

    // --- people ---

    async fn person(&self, team: &TeamId, user: &UserId) -> Result<Option<Person>, StoreError>;
    async fn put_people(&self, team: &TeamId, people: Vec<Person>) -> Result<(), StoreError>;

    /// Whether the store can be written to: a write that changes nothing.
    async fn healthy(&self) -> Result<(), StoreError>;

    /// Drops what nobody will ask for: events without an incident, done, and their effects, settled
    /// but not parked, [`KEPT`] after they came in; rate limits that are over, calls
    /// older than [`CALLED_KEPT`], and states whose time is over. At most
    /// [`TIDY_LIMIT`] rows of a kind, so that nobody waits long; says how many it dropped.
    async fn tidy(&self, now: Moment) -> Result<u64, StoreError>;
}

/// How long the same delivery is recognised, at least: Slack repeats for up to a day.
pub const KEPT: Duration = Duration::from_hours(24);

/// How long a call counts towards a limit of Slack's, at most: its tiers are by the minute.
pub const CALLED_KEPT: Duration = Duration::from_mins(1);

/// How many lines of steps are kept, at least.
pub const LINES_KEPT: u32 = 100_000;

/// How many rows of a kind one [`Store::tidy`] drops.
pub const TIDY_LIMIT: u32 = 1000;

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
