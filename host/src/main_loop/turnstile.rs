//! How many deliveries of one team are taken in at the same time, so that a team that floods Iris
//! stands in its own way: what others bring finds a machine on which little is waiting.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::ids::TeamId;

/// Enough to share a commit, and few for whoever comes after them.
const AT_ONCE: usize = 8;

/// All teams' places.
#[derive(Default)]
pub(super) struct Turnstile(Mutex<HashMap<TeamId, Arc<Semaphore>>>);

/// That a delivery is being taken in, until it is dropped.
pub(super) type Turn = OwnedSemaphorePermit;

impl Turnstile {
    /// Waits until fewer of this team are taken in; who has come first goes first.
    pub(super) async fn turn(&self, team: &TeamId) -> Turn {
        let places = {
            let mut teams = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let new = || Arc::new(Semaphore::new(AT_ONCE));
            teams.entry(team.clone()).or_insert_with(new).clone()
        };
        places.acquire_owned().await.expect("never closed")
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn a_team_that_has_all_its_places_keeps_nobody_else_out() {
        let (turnstile, bad, good) = (Turnstile::default(), "T1".into(), "T2".into());
        let mut taken = vec![];
        for _ in 0..AT_ONCE {
            taken.push(turnstile.turn(&bad).await);
        }
        assert!(turnstile.turn(&bad).now_or_never().is_none());
        assert!(turnstile.turn(&good).now_or_never().is_some());
        taken.pop();
        assert!(turnstile.turn(&bad).now_or_never().is_some());
    }
}
