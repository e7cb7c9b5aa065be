//! Stores to test, a clock that is moved by hand, and rows that say no more than a test needs.

use std::{
    future::{Future, pending},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use iris::{
    clock::{Clock, Moment},
    effect::{Act, Effect, State},
    event::{Event, What},
    ids::{Number, Owner, TeamId, UserId},
    incident::{Cause, Declaration, Entry, Incident, declare},
    store::{
        Called, Commit, Settlement, SharedStore, StatePlace, StateWrite,
        audit::{Deed, Who},
    },
};
use serde_json::json;
use tokio::task::JoinSet;

/// When tests begin.
pub(crate) const START: Moment = Moment(1_795_000_000_000);

/// Where a store lives while it is closed.
pub(crate) trait Home: Send + Sync {
    /// Opens it, as a start of the program does. The one opened before must be dropped.
    fn open(&self) -> SharedStore;

    /// The clock of all its openings.
    fn clock(&self) -> Arc<HandClock>;
}

/// Stands still until it is moved.
#[derive(Debug)]
pub(crate) struct HandClock(AtomicU64);

impl HandClock {
    pub(crate) fn at(start: Moment) -> Arc<Self> {
        Arc::new(Self(AtomicU64::new(start.0)))
    }

    pub(crate) fn pass(&self, time: Duration) {
        self.0
            .fetch_add(u64::try_from(time.as_millis()).unwrap(), Ordering::Relaxed);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Moment {
        Moment(self.0.load(Ordering::Relaxed))
    }

    fn sleep_until(&self, _: Moment) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(pending())
    }
}

pub(crate) fn team() -> TeamId {
    "T1".into()
}

pub(crate) fn event(id: &str) -> Event {
    Event {
        id: id.to_owned(),
        team: team(),
        at: START,
        by: Some("U1".into()),
        incident: None,
        chain: 0,
        lineage: None,
        what: What::HomeOpened,
    }
}

/// A commit of the team, to be filled.
pub(crate) fn commit() -> Commit {
    Commit {
        team: Some(team()),
        ..Commit::default()
    }
}

/// A new incident, not stored yet, with its first entry.
pub(crate) fn incident(number: Number) -> (Incident, Vec<Entry>) {
    let wish = Declaration {
        title: format!("Incident {number}"),
        ..Declaration::default()
    };
    let by = UserId::from("U1");
    let cause = Cause {
        owner: &Owner::core(),
        by: Some(&by),
        now: START,
    };
    let (incident, changed) = declare(number, &wish, cause);
    (incident, changed.entries)
}

/// Stores a new incident.
pub(crate) async fn declared(store: &SharedStore, number: Number) -> Incident {
    let (incident, entries) = incident(number);
    let commit = Commit {
        incident: Some(incident.clone()),
        entries,
        ..commit()
    };
    store.commit(commit).await.unwrap();
    incident
}

pub(crate) fn note(seq: u32, key: Option<&str>, text: &str) -> Entry {
    Entry {
        seq,
        at: START,
        kind: "note".to_owned(),
        owner: "timeline".into(),
        by: None,
        text: text.to_owned(),
        data: None,
        message: None,
        key: key.map(str::to_owned),
    }
}

pub(crate) fn effect(key: &str, incident: Option<Number>) -> Effect {
    Effect {
        key: key.to_owned(),
        team: team(),
        incident,
        by: None,
        owner: "guide".into(),
        wish: "room.topic".to_owned(),
        chain: 1,
        lineage: None,
        act: Act::SetTopic {
            text: key.to_owned(),
        },
        needs: Vec::new(),
        outside: false,
        order: Some("topic".to_owned()),
        slot: Some("topic".to_owned()),
        state: State::Planned,
        attempts: 0,
        not_before: START,
        planned_at: START,
        until: None,
    }
}

/// Plans effects.
pub(crate) async fn planned(store: &SharedStore, effects: Vec<Effect>) {
    store
        .commit(Commit {
            effects,
            ..commit()
        })
        .await
        .unwrap();
}

/// A call of the team's.
pub(crate) fn called(method: &str, channel: Option<&str>, at: Moment) -> Called {
    Called {
        team: team(),
        method: method.to_owned(),
        channel: channel.map(Into::into),
        at,
    }
}

/// Whether this effect may be sent: it is being sent then.
pub(crate) async fn goes(store: &SharedStore, key: &str) -> bool {
    let call = called("conversations.setTopic", None, START);
    store.sending(key, call).await.unwrap()
}

/// How an effect came out, at the first attempt.
pub(crate) fn settlement(key: &str, state: State) -> Settlement {
    Settlement {
        team: team(),
        key: key.to_owned(),
        state,
        attempts: 1,
        not_before: START,
        resources: Vec::new(),
        forgotten: Vec::new(),
        events: Vec::new(),
        deeds: Vec::new(),
    }
}

/// The `n`th deed of the team.
pub(crate) fn deed(n: u32) -> Deed {
    Deed {
        team: team(),
        at: START,
        who: Who::person(&"U1".into()),
        what: "incident.severity".to_owned(),
        incident: Some(n),
        subject: format!("entry {n}"),
        detail: json!({ "now": "sev1" }),
    }
}

pub(crate) fn place(incident: Option<Number>) -> StatePlace {
    StatePlace {
        team: team(),
        owner: "guide".into(),
        incident,
    }
}

pub(crate) fn write(place: StatePlace, key: &str, json: Option<&str>) -> StateWrite {
    StateWrite {
        place,
        key: key.to_owned(),
        json: json.map(str::to_owned),
    }
}

/// Runs `count` at the same time and gathers what they came to.
pub(crate) async fn at_once<F, T>(count: usize, one: impl Fn(usize) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut all = JoinSet::new();
    for n in 0..count {
        all.spawn(one(n));
    }
    all.join_all().await
}
