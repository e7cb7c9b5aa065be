//! The store on SQLite: one file, one writer, readers beside it. SQL by family of tables.

use std::fs::File;

use async_trait::async_trait;
use rusqlite::Connection;

use super::{
    Accepted, CallRow, Commit, CommitError, EntryQuery, Gate, Person, Resource, Settlement,
    StatePlace, StateSize, StateValue, Store, StoreError, Timer,
};
use crate::{
    clock::{Moment, SharedClock},
    effect::Effect,
    event::Event,
    ids::{ChannelId, Number, Owner, TeamId, UserId},
    incident::{Entry, Incident},
};

mod commit;
mod effects;
mod events;
mod gates;
mod incidents;
mod open;
mod people;
mod readers;
mod resources;
mod row;
mod schema;
mod state;
mod timers;
mod writer;

#[cfg(test)]
mod tests;

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
}

/// What only the one that serves has.
struct Writing {
    writer: Writer,
    clock: SharedClock,
    /// Held until the writer is gone.
    _lock: File,
}

impl Sqlite {
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
        writing.writer.write(move |db| work(db, now)).await
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

    async fn teams(&self) -> Result<Vec<TeamId>, StoreError> {
        self.read(incidents::teams)
    }

    async fn entries(&self, query: EntryQuery<'_>) -> Result<Vec<Entry>, StoreError> {
        self.read(|db| incidents::entries(db, query))
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

    async fn sending(&self, team: &TeamId, key: &str) -> Result<bool, StoreError> {
        let (team, key) = (team.clone(), key.to_owned());
        self.write(move |db, _| effects::sending(db, &team, &key))
            .await
    }

    async fn settle(&self, settlement: Settlement) -> Result<(), StoreError> {
        self.write(move |db, now| commit::settle(db, &settlement, now))
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
            let dropped = events::tidy(db, now)? + effects::tidy(db, now)? + gates::tidy(db, now)?;
            Ok(dropped as u64)
        })
        .await
    }
}
