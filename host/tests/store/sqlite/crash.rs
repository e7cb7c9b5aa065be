//! Killed at any moment: what was answered is there, and every commit is whole or not at all.

use std::{fs, path::Path};

use iris::store::{Commit, SharedStore, Store};
use tokio::task::JoinSet;

use super::SqliteHome;
use crate::support::{Home, commit, effect, event, place, write};

/// What a kill leaves: the files as they are, without the store being closed.
fn killed(home: &SqliteHome) -> SqliteHome {
    let left = SqliteHome::fresh();
    for name in ["iris.db", "iris.db-wal"] {
        fs::copy(home.folder().join(name), left.folder().join(name)).unwrap();
    }
    left
}

/// The `n`th commit: rows in three tables.
async fn nth(store: &SharedStore, n: usize) {
    let name = format!("{n:04}");
    let commit = Commit {
        events: vec![event(&name)],
        effects: vec![effect(&name, None)],
        writes: vec![write(place(None), &name, Some("1"))],
        ..commit()
    };
    store.commit(commit).await.unwrap();
}

/// Names of the commits that are there; each must be whole.
async fn whole(store: &dyn Store) -> Vec<String> {
    let mut events: Vec<_> = store
        .open_events()
        .await
        .unwrap()
        .into_iter()
        .map(|event| event.id)
        .collect();
    let mut effects: Vec<_> = store
        .unsettled()
        .await
        .unwrap()
        .into_iter()
        .map(|effect| effect.key)
        .collect();
    let keys = store
        .state_keys(&place(None), "", None, 10_000)
        .await
        .unwrap();
    events.sort_unstable();
    effects.sort_unstable();
    assert_eq!(events, effects);
    assert_eq!(events, keys);
    keys
}

#[tokio::test]
async fn what_was_answered_is_there() {
    let home = SqliteHome::fresh();
    let store = home.open();
    for n in 0..20 {
        nth(&store, n).await;
        assert_eq!(whole(&*killed(&home).open()).await.len(), n + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_under_load_every_commit_is_whole() {
    let home = SqliteHome::fresh();
    let store = home.open();
    let mut running = JoinSet::new();
    for n in 0..200 {
        let store = store.clone();
        running.spawn(async move {
            nth(&store, n).await;
            format!("{n:04}")
        });
    }
    let mut answered = Vec::new();
    while let Some(name) = running.join_next().await {
        answered.push(name.unwrap());
        if answered.len() % 40 == 0 {
            let found = whole(&*killed(&home).open()).await;
            for name in &answered {
                assert!(found.contains(name), "{name} was answered");
            }
        }
    }
    assert_eq!(answered.len(), 200);
}

/// Without power, the last bytes may be missing, or be something else.
#[tokio::test]
async fn a_torn_log_loses_only_its_last_commits() {
    let home = SqliteHome::fresh();
    let store = home.open();
    for n in 0..12 {
        nth(&store, n).await;
    }
    let left = killed(&home);
    let log = left.folder().join("iris.db-wal");
    let (whole_db, whole_log) = (fs::read(left.path()).unwrap(), fs::read(&log).unwrap());
    let mut least = usize::MAX;
    for kept in (0..=whole_log.len()).rev().step_by(16_411) {
        let mut torn = whole_log[..kept].to_vec();
        torn.resize(whole_log.len(), 0x55);
        for log_bytes in [&whole_log[..kept], &torn] {
            restore(left.folder(), &whole_db, log_bytes);
            let found = whole(&*left.open()).await.len();
            assert!(
                found <= least,
                "{found} commits of a log cut at {kept}, {least} of a longer"
            );
            least = found;
        }
    }
    assert_eq!(least, 0, "nothing is left without the log");
}

/// Puts the files back as the kill left them.
fn restore(folder: &Path, db: &[u8], log: &[u8]) {
    let _ = fs::remove_file(folder.join("iris.db-shm"));
    fs::write(folder.join("iris.db"), db).unwrap();
    fs::write(folder.join("iris.db-wal"), log).unwrap();
}
