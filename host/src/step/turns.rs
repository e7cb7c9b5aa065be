//! Who may compute when, so that no team's steps slow another's.
//!
//! The calls of one team have half of the machine at most, and so have all calls together that
//! compute longer than a slice. After each slice a call stands in line again behind its team's
//! other calls; standing in line is not computing.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit as Place, Semaphore, SemaphorePermit};

use crate::ids::TeamId;

/// All places that there are.
pub(super) struct Turns {
    /// For calls, however long they take: each holds an instance.
    all: Semaphore,
    /// For calls that compute longer than a slice.
    long: Arc<Semaphore>,
    teams: Mutex<HashMap<TeamId, Arc<Semaphore>>>,
}

/// That a call may run, until it is dropped.
pub(super) struct Turn<'a> {
    slices: Slices,
    _of_all: SemaphorePermit<'a>,
}

/// The slices of one call.
#[derive(Clone)]
pub(super) struct Slices {
    long: Arc<Semaphore>,
    team: Arc<Semaphore>,
    has: Arc<Mutex<Has>>,
}

/// What a call holds while it computes.
struct Has {
    of_team: Option<Place>,
    /// From its second slice on.
    of_long: Option<Place>,
}

impl Turns {
    /// `calls`: how many may run at once.
    pub(super) fn new(calls: u16) -> Self {
        Self {
            all: Semaphore::new(usize::from(calls)),
            long: Arc::new(Semaphore::new(half_of_the_machine())),
            teams: Mutex::default(),
        }
    }

    /// Waits until fewer calls than allowed run, of this team and in all.
    pub(super) async fn take(&self, team: &TeamId) -> Turn<'_> {
        let team = {
            let mut teams = self.teams.lock().unwrap_or_else(PoisonError::into_inner);
            let new = || Arc::new(Semaphore::new(half_of_the_machine()));
            teams.entry(team.clone()).or_insert_with(new).clone()
        };
        // Always in this order, here and in `Slices::next`, so that nobody waits in a ring: a place
        // among all, one among the long ones, the team's.
        let of_all = self.all.acquire().await.expect("never closed");
        let of_team = place(&team).await;
        let slices = Slices {
            long: self.long.clone(),
            team,
            has: Arc::new(Mutex::new(Has {
                of_team: Some(of_team),
                of_long: None,
            })),
        };
        Turn {
            slices,
            _of_all: of_all,
        }
    }
}

impl Turn<'_> {
    pub(super) fn slices(&self) -> Slices {
        self.slices.clone()
    }
}

impl Slices {
    /// Ends a slice, and waits for the next. A place among the long ones is kept to the end.
    pub(super) async fn next(self) {
        let held = {
            let mut has = self.has.lock().unwrap_or_else(PoisonError::into_inner);
            drop(has.of_team.take());
            has.of_long.is_some()
        };
        tokio::task::yield_now().await;
        let of_long = if held {
            None
        } else {
            Some(place(&self.long).await)
        };
        // Last: whoever holds a team's place computes, and waits for nobody.
        let of_team = place(&self.team).await;
        let mut has = self.has.lock().unwrap_or_else(PoisonError::into_inner);
        has.of_team = Some(of_team);
        if of_long.is_some() {
            has.of_long = of_long;
        }
    }
}

async fn place(places: &Arc<Semaphore>) -> Place {
    let place = places.clone().acquire_owned().await;
    place.expect("never closed")
}

fn half_of_the_machine() -> usize {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    (cores / 2).max(1)
}
