//! Whom groups and e-mail addresses mean, as Slack said of late. Each is asked for once, however
//! many invitations wait for it at the same time. Lost at a restart, and then asked for again.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde_json::Value;

use super::stop::Stop;
use crate::{
    clock::{Clock, Moment},
    ids::{TeamId, UserId},
};

/// How long what Slack does not know is not asked for again: somebody may have mended it, but not
/// between a hundred invitations at once.
const UNKNOWN: Duration = Duration::from_secs(10);

/// As many addresses are kept at most; then all of them are asked for anew.
const ADDRESSES: usize = 10_000;

/// What Slack was asked. `Err`: the code by which it refused.
pub(super) type Said<T> = Result<T, String>;

/// All groups of a workspace with their members, as Slack lists them.
pub(super) type Groups = Arc<Vec<Value>>;

#[derive(Debug, Default)]
pub(super) struct Directory {
    groups: Kept<TeamId, Groups>,
    addresses: Kept<(TeamId, String), UserId>,
}

impl Directory {
    /// The team's groups, asked for unless that was less than `age` ago.
    pub(super) async fn groups(
        &self,
        team: &TeamId,
        clock: &dyn Clock,
        age: Duration,
        ask: impl Future<Output = Result<Said<Groups>, Stop>>,
    ) -> Result<Said<Groups>, Stop> {
        self.groups.get(team.clone(), clock, age, ask).await
    }

    /// Who has the address, asked for unless that was less than `age` ago.
    pub(super) async fn address(
        &self,
        (team, address): (&TeamId, &str),
        clock: &dyn Clock,
        age: Duration,
        ask: impl Future<Output = Result<Said<UserId>, Stop>>,
    ) -> Result<Said<UserId>, Stop> {
        let key = (team.clone(), address.to_owned());
        self.addresses.get(key, clock, age, ask).await
    }

    /// Slack refused somebody who was found in a group.
    pub(super) fn forget_groups(&self, team: &TeamId) {
        self.groups.slots().remove(team);
    }

    /// Slack refused who was said to have the address.
    pub(super) fn forget_address(&self, team: &TeamId, address: &str) {
        let key = (team.clone(), address.to_owned());
        self.addresses.slots().remove(&key);
    }
}

/// What was said, and when; whoever holds it is asking.
type Slot<V> = Arc<tokio::sync::Mutex<Option<(Moment, Said<V>)>>>;

/// Answers by what they are about.
#[derive(Debug)]
struct Kept<K, V>(Mutex<HashMap<K, Slot<V>>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Kept<K, V> {
    fn slots(&self) -> MutexGuard<'_, HashMap<K, Slot<V>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn slot(&self, key: K) -> Slot<V> {
        let mut slots = self.slots();
        if slots.len() >= ADDRESSES && !slots.contains_key(&key) {
            slots.clear();
        }
        slots.entry(key).or_default().clone()
    }

    async fn get(
        &self,
        key: K,
        clock: &dyn Clock,
        age: Duration,
        ask: impl Future<Output = Result<Said<V>, Stop>>,
    ) -> Result<Said<V>, Stop> {
        let slot = self.slot(key);
        let mut known = slot.lock().await;
        if let Some((since, said)) = &*known {
            let age = if said.is_ok() { age } else { UNKNOWN };
            if clock.now().since(*since) < age {
                return Ok(said.clone());
            }
        }
        *known = None;
        // What was true when it was asked may not be when the answer comes.
        let asked = clock.now();
        let said = ask.await?;
        *known = Some((asked, said.clone()));
        Ok(said)
    }
}
