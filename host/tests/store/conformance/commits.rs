//! A commit is done whole or not at all, and stays within its team.

use iris::store::{
    Commit, CommitError, StatePlace, StateRead, Store, StoreError, Timer, TimerChange,
};

use crate::support::{
    Home, START, commit, declared, effect, event, incident, note, place, team, write,
};

/// A commit with a bit of everything, which relies on `key` being at `version`.
fn of_everything(version: u64) -> Commit {
    let (incident, entries) = incident(1);
    let timer = Timer {
        place: place(Some(1)),
        name: "nudge".to_owned(),
        due: START,
    };
    Commit {
        done: Some("a".to_owned()),
        incident: Some(incident),
        entries,
        effects: vec![effect("e", Some(1))],
        reads: vec![StateRead {
            place: place(None),
            key: "key".to_owned(),
            version,
        }],
        writes: vec![write(place(None), "other", Some("2"))],
        timers: vec![TimerChange::Set(timer)],
        events: vec![event("caused")],
        ..commit()
    }
}

async fn nothing_came_of_it(store: &dyn Store) {
    assert_eq!(store.open_events().await.unwrap(), [event("a")]);
    assert_eq!(store.last_number(&team()).await.unwrap(), 0);
    assert_eq!(store.effect(&team(), "e").await.unwrap(), None);
    assert_eq!(store.state(&place(None), "other").await.unwrap(), None);
    assert_eq!(store.next_timer().await.unwrap(), None);
}

pub(crate) async fn all_or_nothing(home: &impl Home) {
    let store = home.open();
    store.accept(&event("a")).await.unwrap();
    let mut twice = of_everything(0);
    twice.effects.push(effect("e", Some(1)));
    let refused = store.commit(twice).await.unwrap_err();
    assert!(
        matches!(refused, CommitError::Store(StoreError::Damaged(_))),
        "{refused}"
    );
    nothing_came_of_it(&*store).await;

    store.commit(of_everything(0)).await.unwrap();
    drop(store);
    let store = home.open();
    assert_eq!(store.open_events().await.unwrap(), [event("caused")]);
    assert_eq!(store.last_number(&team()).await.unwrap(), 1);
    assert_eq!(
        store.effect(&team(), "e").await.unwrap(),
        Some(effect("e", Some(1)))
    );
    assert_eq!(
        store
            .state(&place(None), "other")
            .await
            .unwrap()
            .unwrap()
            .json,
        "2"
    );
    assert_eq!(store.next_timer().await.unwrap(), Some(START));
}

pub(crate) async fn conflicts_when_what_was_read_changed(home: &impl Home) {
    let store = home.open();
    store.accept(&event("a")).await.unwrap();
    let put = |json| Commit {
        writes: vec![write(place(None), "key", json)],
        ..commit()
    };
    store.commit(put(Some("1"))).await.unwrap();
    let read = store
        .state(&place(None), "key")
        .await
        .unwrap()
        .unwrap()
        .version;
    for another in [Some("1"), None] {
        store.commit(put(another)).await.unwrap();
        let refused = store.commit(of_everything(read)).await.unwrap_err();
        assert!(matches!(refused, CommitError::Conflict { .. }), "{refused}");
        nothing_came_of_it(&*store).await;
    }
    store.commit(of_everything(0)).await.unwrap();
}

pub(crate) async fn keeps_to_one_team(home: &impl Home) {
    let store = home.open();
    let theirs = StatePlace {
        team: "T2".into(),
        ..place(None)
    };
    let mut effect = effect("e", None);
    effect.team = "T2".into();
    let mut event = event("caused");
    event.team = "T2".into();
    let timer = Timer {
        place: theirs.clone(),
        name: "nudge".to_owned(),
        due: START,
    };
    let reach = [
        Commit {
            writes: vec![write(theirs, "key", Some("1"))],
            ..commit()
        },
        Commit {
            effects: vec![effect],
            ..commit()
        },
        Commit {
            events: vec![event],
            ..commit()
        },
        Commit {
            timers: vec![TimerChange::Set(timer)],
            ..commit()
        },
    ];
    for commit in reach {
        let refused = store.commit(commit).await.unwrap_err();
        assert!(
            matches!(refused, CommitError::Store(StoreError::Damaged(_))),
            "{refused}"
        );
    }
    assert_eq!(store.open_events().await.unwrap(), []);
    assert_eq!(store.unsettled().await.unwrap(), []);
    assert_eq!(store.next_timer().await.unwrap(), None);
}

pub(crate) async fn refuses_entries_without_their_incident(home: &impl Home) {
    let store = home.open();
    declared(&store, 1).await;
    let lost = Commit {
        entries: vec![note(2, None, "lost")],
        ..commit()
    };
    let refused = store.commit(lost).await.unwrap_err();
    assert!(
        matches!(refused, CommitError::Store(StoreError::Damaged(_))),
        "{refused}"
    );
}
