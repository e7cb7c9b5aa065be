//! Many at once: nothing is lost, nothing is done twice.

use iris::store::{Accepted, Commit, CommitError, SharedStore, StateRead};

use crate::support::{Home, at_once, commit, effect, event, goes, place, planned, write};

pub(crate) async fn one_of_fifty_is_fresh(home: &impl Home) {
    let store = home.open();
    let accept = |_| {
        let store = store.clone();
        async move { store.accept(&event("same")).await.unwrap() }
    };
    let accepted = at_once(50, accept).await;
    let fresh = accepted
        .iter()
        .filter(|accepted| **accepted == Accepted::Fresh)
        .count();
    assert_eq!((fresh, accepted.len()), (1, 50));
    assert_eq!(store.open_events().await.unwrap(), [event("same")]);
}

/// Every third is refused, and takes neither its own rows nor anybody else's with it.
pub(crate) async fn many_commits_share_a_disk_write(home: &impl Home) {
    let store = home.open();
    let one = |n: usize| {
        let store = store.clone();
        async move {
            let mut effects = vec![effect(&format!("effect {n}"), None)];
            if n.is_multiple_of(3) {
                effects.push(effects[0].clone());
            }
            let events = vec![event(&format!("event {n}"))];
            let writes = vec![write(place(None), &format!("key {n}"), Some("1"))];
            store
                .commit(Commit {
                    effects,
                    events,
                    writes,
                    ..commit()
                })
                .await
                .is_ok()
        }
    };
    let done = at_once(300, one).await;
    assert_eq!(done.iter().filter(|done| **done).count(), 200);
    drop(store);
    let store = home.open();
    let events = store.open_events().await.unwrap();
    let effects = store.unsettled().await.unwrap();
    let keys = store
        .state_keys(&place(None), "", None, 1000)
        .await
        .unwrap();
    assert_eq!((events.len(), effects.len(), keys.len()), (200, 200, 200));
    for n in (0..300_usize).filter(|n| !n.is_multiple_of(3)) {
        assert!(events.contains(&event(&format!("event {n}"))), "event {n}");
        assert!(
            effects.contains(&effect(&format!("effect {n}"), None)),
            "effect {n}"
        );
        assert!(keys.contains(&format!("key {n}")), "key {n}");
    }
}

/// Adds one to a counter of the team's, again on each conflict.
async fn count(store: SharedStore) {
    loop {
        let was = store.state(&place(None), "count").await.unwrap();
        let version = was.as_ref().map_or(0, |was| was.version);
        let number = was.map_or(0, |was| was.json.parse::<u32>().unwrap());
        let read = StateRead {
            place: place(None),
            key: "count".to_owned(),
            version,
        };
        let next = write(place(None), "count", Some(&(number + 1).to_string()));
        let commit = Commit {
            reads: vec![read],
            writes: vec![next],
            ..commit()
        };
        match store.commit(commit).await {
            Ok(()) => return,
            Err(CommitError::Conflict { .. }) => {}
            Err(CommitError::Store(error)) => panic!("{error}"),
        }
    }
}

pub(crate) async fn counts_without_losing_one(home: &impl Home) {
    let store = home.open();
    at_once(25, |_| count(store.clone())).await;
    assert_eq!(
        store
            .state(&place(None), "count")
            .await
            .unwrap()
            .unwrap()
            .json,
        "25"
    );
}

pub(crate) async fn one_of_many_sends(home: &impl Home) {
    let store = home.open();
    planned(&store, vec![effect("a", None)]).await;
    let one = |_| {
        let store = store.clone();
        async move { goes(&store, "a").await }
    };
    let sent = at_once(20, one).await;
    assert_eq!(sent.iter().filter(|sent| **sent).count(), 1);
}
