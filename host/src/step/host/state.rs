//! What the step remembers. A call sees its own writes; the versions of team state that it read are
//! kept, so that a change by another incident is noticed at the commit.

use super::check::{self, not_now, too_large};
use crate::{
    effect::Scope,
    incident::Refusal,
    step::{
        bindings::iris::step::{state::Host, types},
        keep,
        running::{Answer, Running, Stop},
        weigh,
    },
    store::{StatePlace, StateRead, StateWrite},
};

/// Keys that one listing returns.
const LIST: u32 = 1_000;

impl Host for Running {
    async fn get(&mut self, scope: types::Scope, key: String) -> wasmtime::Result<Option<String>> {
        let Some(place) = self.place(check::scope(scope)) else {
            return Ok(None);
        };
        if let Some(write) = self.written(&place, &key) {
            return Ok(write.json.clone());
        }
        Ok(self.read(&place, &key).await?)
    }

    async fn put(&mut self, scope: types::Scope, key: String, value: String) -> Answer {
        let scope = check::scope(scope);
        let place = match self.storable(scope, &key, &value) {
            Ok(place) => place,
            Err(refusal) => return Ok(Err(self.refused(refusal))),
        };
        if !self.remember(&place, &key, Some(&value)).await? {
            let sentence = "The step remembers as much as it may.".to_owned();
            return Ok(Err(self.refused(too_large("state-full", sentence))));
        }
        self.write(place, key, Some(value))?;
        Ok(Ok(()))
    }

    async fn remove(&mut self, scope: types::Scope, key: String) -> wasmtime::Result<()> {
        let Some(place) = self.place(check::scope(scope)) else {
            return Ok(());
        };
        self.remember(&place, &key, None).await?;
        Ok(self.write(place, key, None)?)
    }

    async fn keys(
        &mut self,
        scope: types::Scope,
        prefix: String,
        after: Option<String>,
        limit: u32,
    ) -> wasmtime::Result<Vec<String>> {
        let limit = limit.min(LIST);
        let (Some(place), Some(store)) = (self.place(check::scope(scope)), &self.store) else {
            return Ok(vec![]);
        };
        let written = self.recorded.writes.iter().filter(|write| {
            write.place == place
                && write.key.starts_with(&prefix)
                && after.as_ref().is_none_or(|after| write.key > *after)
        });
        let (mut put, mut gone) = (vec![], vec![]);
        for write in written {
            if write.json.is_some() {
                &mut put
            } else {
                &mut gone
            }
            .push(write.key.clone());
        }
        // Those that are gone may be among the first.
        let more = limit.saturating_add(u32::try_from(gone.len()).unwrap_or(u32::MAX));
        let mut keys = store
            .state_keys(&place, &prefix, after.as_deref(), more)
            .await
            .map_err(Stop::from)?;
        keys.retain(|key| !gone.contains(key));
        keys.append(&mut put);
        keys.sort_unstable();
        keys.dedup();
        keys.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(keys)
    }
}

impl Running {
    fn written(&self, place: &StatePlace, key: &str) -> Option<&StateWrite> {
        self.recorded
            .writes
            .iter()
            .find(|write| write.key == key && write.place == *place)
    }

    async fn read(&mut self, place: &StatePlace, key: &str) -> Result<Option<String>, Stop> {
        let Some(store) = &self.store else {
            return Ok(None);
        };
        let value = store.state(place, key).await?;
        let length = value.as_ref().map(|value| value.json.len());
        self.lengths
            .insert((place.incident, key.to_owned()), length);
        let known = self.recorded.reads.iter().any(|read| read.key == key);
        if place.incident.is_none() && !known {
            self.weigh(weigh::state(key, None))?;
            let version = value.as_ref().map_or(0, |value| value.version);
            let read = StateRead {
                place: place.clone(),
                key: key.to_owned(),
                version,
            };
            self.recorded.reads.push(read);
        }
        Ok(value.map(|value| value.json))
    }

    fn storable(&self, scope: Scope, key: &str, value: &str) -> Result<StatePlace, Refusal> {
        let place = self.place(scope);
        let place = place.ok_or_else(|| not_now("no-incident", "This event has no incident."))?;
        if self.store.is_none() {
            return Err(not_now(
                "describing",
                "Nothing is remembered while a step describes itself.",
            ));
        }
        keep::storable(key, value)?;
        Ok(place)
    }

    /// Counts what the step would remember then. False when that is more than it may.
    async fn remember(
        &mut self,
        place: &StatePlace,
        key: &str,
        value: Option<&str>,
    ) -> Result<bool, Stop> {
        let Some(store) = self.store.clone() else {
            return Ok(true);
        };
        let size = match self.remembered.get(&place.incident) {
            Some(size) => *size,
            None => store.state_size(place).await?,
        };
        let old = match self.written(place, key) {
            Some(write) => write.json.as_ref().map(String::len),
            None => match self.lengths.get(&(place.incident, key.to_owned())) {
                Some(length) => *length,
                None => store.state(place, key).await?.map(|old| old.json.len()),
            },
        };
        let size = size.with(key, old, value.map(str::len));
        if value.is_some() && !keep::fits(&self.limits, place.incident, size) {
            return Ok(false);
        }
        self.remembered.insert(place.incident, size);
        Ok(true)
    }

    fn write(&mut self, place: StatePlace, key: String, json: Option<String>) -> Result<(), Stop> {
        self.weigh(weigh::state(&key, json.as_deref()))?;
        let writes = &mut self.recorded.writes;
        match writes
            .iter_mut()
            .find(|write| write.key == key && write.place == place)
        {
            Some(write) => write.json = json,
            None => writes.push(StateWrite { place, key, json }),
        }
        Ok(())
    }
}
