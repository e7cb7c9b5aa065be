//! The store on SQLite: one file, one writer, readers beside it. SQL by family of tables.

use std::fs::File;

use async_trait::async_trait;
use rusqlite::Connection;

use super::{
    Accepted, CallRow, Called, Commit, CommitError, EntryQuery, Gate, Handled, HandledQuery, Line,
    LineQuery, LoggedLine, Person, Resource, Restored, Settlement, StatePlace, StateQuery,
    StateRow, StateSize, StateValue, Store, StoreError, Sweep, Timer, Word,
    audit::{AuditRow, Deed},
};
use crate::{
    clock::{Moment, SharedClock},
    effect::Effect,
    event::Event,
    failpoint::{Failpoints, Point},
    ids::{ChannelId, Number, Owner, TeamId, UserId},
    incident::{Entry, Incident, OpenQuery, Shown, Status},
};

mod audit;
mod backups;
mod commit;
mod effects;
mod events;
mod gates;
mod handled;
mod incidents;
mod installs;
mod log;
mod network;
mod open;
mod people;
mod readers;
mod resources;
mod row;
mod schema;
mod shown;
mod state;
mod sweeps;
mod timers;
mod words;
mod writer;

#[cfg(test)]
mod tests;

pub use backups::BackupError;
pub use open::OpenError;
pub use schema::schema_version;

use readers::Readers;
use writer::Writer;

/// An open database. Dropping it finishes what was asked for and lets go of the file.
pub struct Sqlite {
    // First, so that the writer closes last and leaves one tidy file.
    readers: Readers,
    /// `None`: opened for reading only.
    writing: Option<Writing>,
    failpoints: Failpoints,
}

/// What only those have that write.
struct Writing {
    writer: Writer,
    clock: SharedClock,
    /// Held until the writer is gone; an operator's word beside it needs none.
    _lock: Option<File>,
}

impl Sqlite {
    /// Stops where a test says so.
    #[must_use]
    pub fn stopping_at(self, failpoints: Failpoints) -> Self {
        Self { failpoints, ..self }
    }

    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.readers.read(work)
    }

    /// `work` is told the time.
    async fn write<T, E>(
        &self,
        work: impl FnOnce(&Connection, Moment) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let Some(writing) = &self.writing else {
            let why = "it was opened for reading only".to_owned();
            return Err(StoreError::Unavailable(why).into());
        };
        let now = writing.clock.now();
        self.failpoints.reach(Point::BeforeCommit).await;
        let done = writing.writer.write(move |db| work(db, now)).await;
        self.failpoints.reach(Point::AfterCommit).await;
        done
    }
}

#[async_trait]
impl Store for Sqlite {
    async fn accept(&self, event: &Event) -> Result<Accepted, StoreError> {
        let event = event.clone();
        self.write(move |db, now| events::accept(db, &event, now))
            .await
    }

    async fn open_events(&self) -> Result<Vec<Event>, StoreError> {
        self.read(events::open)
    }

    async fn calls(&self, team: &TeamId, event: &str) -> Result<Vec<CallRow>, StoreError> {
        self.read(|db| events::calls(db, team, event))
    }

    async fn commit(&self, commit: Commit) -> Result<(), CommitError> {
        self.write(move |db, now| commit::commit(db, &commit, now))
            .await
    }

    async fn last_number(&self, team: &TeamId) -> Result<Number, StoreError> {
        self.read(|db| incidents::last_number(db, team))
    }

    async fn incident(
        &self,
        team: &TeamId,
        number: Number,
    ) -> Result<Option<Incident>, StoreError> {
        self.read(|db| incidents::get(db, team, number))
    }

    async fn incident_of_room(
        &self,
        team: &TeamId,
        channel: &ChannelId,
    ) -> Result<Option<Number>, StoreError> {
        self.read(|db| incidents::of_room(db, team, channel))
    }

    async fn incidents(&self, team: &TeamId, all: bool) -> Result<Vec<Incident>, StoreError> {
        self.read(|db| incidents::list(db, team, all))
    }

    async fn open_incidents(&self, team: &TeamId, query: &OpenQuery) -> Result<Shown, StoreError> {
        self.read(|db| shown::open(db, team, query))
    }

    async fn incident_made(
        &self,
        team: &TeamId,
        channel: &ChannelId,
    ) -> Result<Option<Number>, StoreError> {
        self.read(|db| resources::room(db, team, channel))
    }

    async fn teams(&self) -> Result<Vec<TeamId>, StoreError> {
        self.read(incidents::teams)
    }

    async fn tally(&self) -> Result<Vec<(Status, u64)>, StoreError> {
        self.read(incidents::tally)
    }

    async fn entries(&self, query: EntryQuery<'_>) -> Result<Vec<Entry>, StoreError> {
        self.read(|db| incidents::entries(db, query))
    }

    async fn todos(
        &self,
        team: &TeamId,
        user: &UserId,
        limit: u32,
    ) -> Result<Vec<(Number, Entry)>, StoreError> {
        self.read(|db| incidents::todos(db, team, user, limit))
    }

    async fn state(&self, place: &StatePlace, key: &str) -> Result<Option<StateValue>, StoreError> {
        self.read(|db| state::get(db, place, key))
    }

    async fn state_keys(
        &self,
        place: &StatePlace,
        prefix: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        self.read(|db| state::keys(db, place, prefix, after, limit))
    }

    async fn states(&self, query: StateQuery<'_>) -> Result<Vec<StateRow>, StoreError> {
        self.read(|db| state::list(db, query))
    }

    async fn state_size(&self, place: &StatePlace) -> Result<StateSize, StoreError> {
        self.read(|db| state::size(db, place))
    }

    async fn timers(&self, place: &StatePlace) -> Result<Vec<Timer>, StoreError> {
        self.read(|db| timers::list(db, place))
    }

    async fn fire(&self, now: Moment) -> Result<Vec<Event>, StoreError> {
        self.write(move |db, _| timers::fire(db, now)).await
    }

    async fn next_timer(&self) -> Result<Option<Moment>, StoreError> {
        self.read(timers::next)
    }

    async fn unsettled(&self) -> Result<Vec<Effect>, StoreError> {
        self.write(|db, _| effects::unsettled(db)).await
    }

    async fn effects(&self, team: &TeamId, incident: Number) -> Result<Vec<Effect>, StoreError> {
        self.read(|db| effects::of_incident(db, team, incident))
    }

    async fn effect(&self, team: &TeamId, key: &str) -> Result<Option<Effect>, StoreError> {
        self.read(|db| effects::get(db, team, key))
    }

    async fn sending(&self, key: &str, call: Called) -> Result<bool, StoreError> {
        let key = key.to_owned();
        self.write(move |db, _| effects::sending(db, &key, &call))
            .await
    }

    async fn called(&self, since: Moment) -> Result<Vec<Called>, StoreError> {
        self.read(|db| gates::called(db, since))
    }

    async fn settle(&self, settlement: Settlement) -> Result<(), StoreError> {
        self.write(move |db, now| commit::settle(db, &settlement, now))
            .await
    }

    async fn put_sweep(&self, sweep: Sweep) -> Result<(), StoreError> {
        self.write(move |db, _| sweeps::put(db, &sweep)).await
    }

    async fn sweeps(&self) -> Result<Vec<Sweep>, StoreError> {
        self.read(sweeps::list)
    }

    async fn drop_sweep(&self, team: &TeamId, effect: &str) -> Result<(), StoreError> {
        let (team, effect) = (team.clone(), effect.to_owned());
        self.write(move |db, _| sweeps::drop(db, &team, &effect))
            .await
    }

    async fn resource(
        &self,
        team: &TeamId,
        incident: Option<Number>,
        owner: &Owner,
        name: &str,
    ) -> Result<Option<Resource>, StoreError> {
        self.read(|db| resources::get(db, team, incident, owner, name))
    }

    async fn resources(
        &self,
        team: &TeamId,
        incident: Option<Number>,
    ) -> Result<Vec<Resource>, StoreError> {
        self.read(|db| resources::list(db, team, incident))
    }

    async fn gates(&self) -> Result<Vec<Gate>, StoreError> {
        self.read(gates::list)
    }

    async fn set_gate(&self, gate: Gate) -> Result<(), StoreError> {
        self.write(move |db, _| gates::set(db, &gate)).await
    }

    async fn waiting(&self, team: Option<&TeamId>, open: bool) -> Result<Vec<Effect>, StoreError> {
        self.read(|db| effects::waiting(db, team, open))
    }

    async fn overrule(&self, settlement: Settlement) -> Result<bool, StoreError> {
        self.write(move |db, now| commit::overrule(db, &settlement, now))
            .await
    }

    async fn words(&self) -> Result<Vec<Word>, StoreError> {
        self.read(words::list)
    }

    async fn heard(&self, seq: u64) -> Result<(), StoreError> {
        self.write(move |db, _| words::heard(db, seq)).await
    }

    async fn audit(&self, deeds: Vec<Deed>) -> Result<(), StoreError> {
        self.write(move |db, _| audit::append(db, &deeds)).await
    }

    async fn audited(
        &self,
        team: &TeamId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<AuditRow>, StoreError> {
        self.read(|db| audit::list(db, team, after, limit))
    }

    async fn last_deed(&self, team: &TeamId, what: &str) -> Result<Option<Deed>, StoreError> {
        self.read(|db| audit::last(db, team, what))
    }

    async fn audited_teams(&self) -> Result<Vec<TeamId>, StoreError> {
        self.read(audit::teams)
    }

    async fn restored(&self) -> Result<Option<Restored>, StoreError> {
        self.write(backups::restored).await
    }

    async fn go_on(&self, deeds: Vec<Deed>) -> Result<bool, StoreError> {
        self.write(move |db, _| backups::go_on(db, &deeds)).await
    }

    async fn handled(&self, query: HandledQuery<'_>) -> Result<Vec<Handled>, StoreError> {
        self.read(|db| handled::list(db, &query))
    }

    async fn log(&self, lines: Vec<Line>) -> Result<(), StoreError> {
        self.write(move |db, _| log::append(db, &lines)).await
    }

    async fn logged(&self, query: LineQuery<'_>) -> Result<Vec<LoggedLine>, StoreError> {
        self.read(|db| log::list(db, &query))
    }

    async fn person(&self, team: &TeamId, user: &UserId) -> Result<Option<Person>, StoreError> {
        self.read(|db| people::get(db, team, user))
    }

    async fn put_people(&self, team: &TeamId, people: Vec<Person>) -> Result<(), StoreError> {
        let team = team.clone();
        self.write(move |db, _| people.iter().try_for_each(|p| people::put(db, &team, p)))
            .await
    }

    async fn healthy(&self) -> Result<(), StoreError> {
        self.write(|db, _| schema::touch(db)).await
    }

    async fn tidy(&self, now: Moment) -> Result<u64, StoreError> {
        self.write(move |db, _| {
            let dropped = events::tidy(db, now)?
                + effects::tidy(db, now)?
                + gates::tidy(db, now)?
                + installs::tidy(db, now)?
                + log::tidy(db)?;
            Ok(dropped as u64)
        })
        .await
    }
}
