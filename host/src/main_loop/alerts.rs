//! Alerts: which incident one belongs to, and how many of them may declare one.
//!
//! An alert's key stands for the incident that it declared, in the core's state of the team. It is
//! written with the incident, and read with its version: two deliveries about one trouble never
//! declare two incidents, however they come in.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use tracing::{error, warn};

use super::{MainLoop, handle::STORE_WAIT, lanes::Waiting};
use crate::{
    alert::{AlertState, Alerted},
    clock::Moment,
    decide,
    event::{Event, What},
    ids::{Number, Owner, TeamId},
    inbox::IntakeError,
    store::{Commit, CommitError, StatePlace, StateRead, StateWrite, StoreError},
};

/// The hour within which a hook's incidents are counted.
const HOUR: Duration = Duration::from_hours(1);

/// What an alert's key stands for, as it is stored.
#[derive(Serialize, Deserialize)]
struct Bound {
    incident: Number,
}

/// Which hook: its team and its name.
type HookKey = (TeamId, String);

/// Incidents that hooks have declared within the last hour, or are about to.
#[derive(Default)]
pub(super) struct Floods(Mutex<HashMap<HookKey, Window>>);

/// One hook's incidents, oldest first, each with its alert's key; those of an earlier run without.
struct Window {
    declared: VecDeque<(Moment, String)>,
    /// The operator has been told that it is full.
    told: bool,
}

/// What an alert's key is stored by and what it will stand for: to be read again at the commit, and
/// written there.
pub(super) fn binding(
    team: &TeamId,
    alerted: &Alerted,
    version: u64,
    incident: Option<Number>,
) -> (StateRead, StateWrite) {
    let (place, key) = place_of(team, alerted);
    let read = StateRead {
        place: place.clone(),
        key: key.clone(),
        version,
    };
    let bound = incident.map(|incident| Bound { incident });
    let json = bound.and_then(|bound| serde_json::to_string(&bound).ok());
    (read, StateWrite { place, key, json })
}

fn place_of(team: &TeamId, alerted: &Alerted) -> (StatePlace, String) {
    let place = StatePlace {
        team: team.clone(),
        owner: Owner::core(),
        incident: None,
    };
    let key = format!("alert/{}/{}", alerted.through.hook, alerted.key);
    (place, key)
}

impl MainLoop {
    /// The incident that the alert's key stands for, and the version of what says so.
    pub(super) async fn bound(
        &self,
        team: &TeamId,
        alerted: &Alerted,
    ) -> Result<(Option<Number>, u64), StoreError> {
        let (place, key) = place_of(team, alerted);
        let stored = self.store().state(&place, &key).await?;
        let bound = stored.as_ref().map(|stored| &stored.json);
        let bound = bound.and_then(|json| serde_json::from_str::<Bound>(json).ok());
        Ok((
            bound.map(|bound| bound.incident),
            stored.map_or(0, |stored| stored.version),
        ))
    }

    /// The incident that the alert belongs to at this moment. `None`: it may declare one.
    pub(super) async fn incident_of_alert(
        &self,
        team: &TeamId,
        alerted: &Alerted,
    ) -> Result<Option<Number>, StoreError> {
        let (Some(number), _) = self.bound(team, alerted).await? else {
            return Ok(None);
        };
        let incident = self.store().incident(team, number).await?;
        let now = self.clock().now();
        let joined = incident.filter(|incident| decide::joins(incident, alerted.state, now));
        Ok(joined.map(|incident| incident.number))
    }

    /// An alert that waited in the team's lane while another delivery of its key declared the
    /// incident goes on in the lane of that one, where alone it may be changed. `None`: it went.
    pub(super) async fn in_its_lane(&self, waiting: Waiting) -> Option<Waiting> {
        loop {
            match self.moved(&waiting.event).await {
                Ok(None) => return Some(waiting),
                Ok(Some(number)) => {
                    let event = Event {
                        incident: Some(number),
                        ..waiting.event
                    };
                    self.queue(Waiting { event, ..waiting });
                    return None;
                }
                Err(problem) => {
                    let id = &waiting.event.id;
                    error!(event.id = %id, %problem, "Event `{id}` waits for the store");
                    let until = self.clock().now().plus(STORE_WAIT);
                    self.clock().sleep_until(until).await;
                }
            }
        }
    }

    async fn moved(&self, event: &Event) -> Result<Option<Number>, CommitError> {
        let What::Alerted(alerted) = &event.what else {
            return Ok(None);
        };
        if event.incident.is_some() {
            return Ok(None);
        }
        let number = self.incident_of_alert(&event.team, alerted).await?;
        if let Some(number) = number {
            let belongs = Commit {
                team: Some(event.team.clone()),
                belongs: Some((event.id.clone(), number)),
                ..Commit::default()
            };
            self.store().commit(belongs).await?;
        }
        Ok(number)
    }

    /// Whether an alert may come in: one that would declare an incident, only as long as its hook
    /// has not declared too many. Nothing of what is refused is stored, so that it is new again when
    /// its sender repeats it.
    pub(super) async fn admit(&self, event: &Event) -> Result<(), IntakeError> {
        let What::Alerted(alerted) = &event.what else {
            return Ok(());
        };
        if alerted.state == AlertState::Resolved {
            return Ok(());
        }
        let unavailable = |problem: StoreError| {
            error!(%problem, "An alert was not taken: the store failed");
            IntakeError::Unavailable
        };
        let theirs = self.incident_of_alert(&event.team, alerted).await;
        if theirs.map_err(unavailable)?.is_some() {
            return Ok(());
        }
        let hook = (event.team.clone(), alerted.through.hook.clone());
        if !self.0.floods.knows(&hook) {
            let before = self.declared_before(&hook).await.map_err(unavailable)?;
            self.0.floods.begin(&hook, before);
        }
        let now = self.clock().now();
        let admitted = self.0.floods.admit(&hook, alerted, now);
        admitted.map_err(|after| IntakeError::Flooded { after })
    }

    /// When an earlier run declared incidents through the hook, as far as it still counts.
    async fn declared_before(&self, hook: &HookKey) -> Result<Vec<Moment>, StoreError> {
        let since = self.clock().now().before(HOUR);
        let mut moments = VecDeque::new();
        // The newest first, as far as the hour goes: a team may have very many.
        for number in (1..=self.store().last_number(&hook.0).await?).rev() {
            let Some(incident) = self.store().incident(&hook.0, number).await? else {
                continue;
            };
            if incident.declared_at() <= since {
                break;
            }
            let through = incident.through.as_ref();
            if through.is_some_and(|through| through.hook == hook.1) {
                moments.push_front(incident.declared_at());
            }
        }
        Ok(moments.into())
    }
}

impl Floods {
    fn locked(&self) -> MutexGuard<'_, HashMap<HookKey, Window>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn knows(&self, hook: &HookKey) -> bool {
        self.locked().contains_key(hook)
    }

    /// Who came first has begun it.
    fn begin(&self, hook: &HookKey, before: Vec<Moment>) {
        self.locked().entry(hook.clone()).or_insert_with(|| Window {
            declared: before.into_iter().map(|at| (at, String::new())).collect(),
            told: false,
        });
    }

    /// `Err`: until when it must wait. Deliveries of one key count once.
    fn admit(&self, hook: &HookKey, alerted: &Alerted, now: Moment) -> Result<(), Duration> {
        let mut windows = self.locked();
        let Some(window) = windows.get_mut(hook) else {
            return Ok(());
        };
        let over = |at: &Moment| now.since(*at) >= HOUR;
        while window.declared.front().is_some_and(|(at, _)| over(at)) {
            window.declared.pop_front();
            window.told = false;
        }
        if window.declared.iter().any(|(_, key)| *key == alerted.key) {
            return Ok(());
        }
        let most = usize::try_from(alerted.per_hour).unwrap_or(usize::MAX);
        if let Some((oldest, _)) = window.declared.front()
            && window.declared.len() >= most
        {
            let again = oldest.plus(HOUR);
            if !window.told {
                window.told = true;
                warn!(
                    hook.name = hook.1,
                    team.id = %hook.0,
                    "The hook `{}` has declared {most} incidents within an hour: other alerts are \
                     refused until {again}",
                    hook.1
                );
            }
            return Err(again.since(now));
        }
        window.declared.push_back((now, alerted.key.clone()));
        Ok(())
    }
}
