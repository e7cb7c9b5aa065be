//! Backups: whole, of one moment, marked; and a start on one of them.

use std::{fs, sync::Arc, time::Duration};

use iris::{
    clock::{Clock, Moment},
    effect::State,
    ids::Owner,
    store::{
        Restored, SharedStore, StatePlace, Store, Timer, TimerChange,
        sqlite::{BackupError, Sqlite},
    },
};
use rusqlite::Connection;

use super::SqliteHome;
use crate::support::{
    Home, START, commit, declared, deed, effect, event, goes, planned, settlement, team,
};

/// A store in the middle of its work, and a backup of it.
async fn backed_up(home: &SqliteHome) -> SharedStore {
    let store = home.open();
    declared(&store, 1).await;
    planned(
        &store,
        ["planned", "sent", "done", "parked"]
            .map(|key| effect(key, Some(1)))
            .into(),
    )
    .await;
    assert!(goes(&store, "sent").await);
    store
        .settle(settlement("done", State::Superseded))
        .await
        .unwrap();
    let parked = State::Parked {
        why: "?".to_owned(),
    };
    store.settle(settlement("parked", parked)).await.unwrap();
    store.accept(&event("open")).await.unwrap();
    let timers = [("soon", 10), ("late", 7_200)];
    let timers = timers.map(|(name, seconds)| {
        TimerChange::Set(Timer {
            place: StatePlace {
                team: team(),
                owner: Owner::from("todo"),
                incident: Some(1),
            },
            name: name.to_owned(),
            due: START.plus(Duration::from_secs(seconds)),
        })
    });
    store
        .commit(iris::store::Commit {
            timers: timers.into(),
            ..commit()
        })
        .await
        .unwrap();
    let mut told = Vec::new();
    Sqlite::back_up(
        &home.path(),
        &home.folder().join("copy.db"),
        START,
        |done, all| told.push((done, all)),
    )
    .unwrap();
    assert!(told.iter().all(|(done, all)| done <= all));
    store
}

/// The backup in the place of the store, an hour later.
async fn restored(home: &SqliteHome) -> SharedStore {
    drop(backed_up(home).await);
    for name in ["iris.db", "iris.db-wal", "iris.db-shm"] {
        let _ = fs::remove_file(home.folder().join(name));
    }
    home.clock().pass(Duration::from_hours(1));
    Sqlite::restore(
        &home.folder().join("copy.db"),
        &home.path(),
        home.clock().now(),
        |_, _| {},
    )
    .unwrap();
    home.open()
}

#[tokio::test]
async fn a_backup_is_whole_and_holds_what_was_committed() {
    let home = SqliteHome::fresh();
    let store = backed_up(&home).await;
    declared(&store, 2).await;
    let copy = home.folder().join("copy.db");
    assert!(!home.folder().join("copy.db-wal").exists(), "one file");
    assert!(!home.folder().join("copy.db.part").exists());
    let copy = Sqlite::open_reader(&copy).unwrap();
    assert_eq!(copy.last_number(&team()).await.unwrap(), 1);
    assert_eq!(copy.effects(&team(), 1).await.unwrap().len(), 4);
    assert_eq!(
        store.restored().await.unwrap(),
        None,
        "the store itself is none"
    );
}

#[tokio::test]
async fn nothing_is_overwritten() {
    let home = SqliteHome::fresh();
    let store = backed_up(&home).await;
    let copy = home.folder().join("copy.db");
    let before = fs::read(&copy).unwrap();
    let again = Sqlite::back_up(&home.path(), &copy, START, |_, _| {});
    assert!(matches!(again, Err(BackupError::There { .. })));
    assert_eq!(fs::read(&copy).unwrap(), before);
    let error = Sqlite::restore(&copy, &home.path(), START, |_, _| {}).unwrap_err();
    assert!(
        matches!(error, BackupError::Open(_)),
        "Iris serves it: {error}"
    );
    drop(store);
    let error = Sqlite::restore(&copy, &home.path(), START, |_, _| {}).unwrap_err();
    assert!(matches!(error, BackupError::Occupied { .. }), "{error}");
    assert!(error.to_string().contains("move it away first"), "{error}");
}

#[tokio::test]
async fn what_is_no_database_is_not_restored() {
    let home = SqliteHome::fresh();
    let file = home.folder().join("copy.db");
    fs::write(&file, "a letter").unwrap();
    assert!(Sqlite::restore(&file, &home.path(), START, |_, _| {}).is_err());
    assert!(
        Sqlite::restore(
            &home.folder().join("nothing"),
            &home.path(),
            START,
            |_, _| {}
        )
        .is_err()
    );
    assert!(!home.path().exists());
}

#[tokio::test]
async fn a_restored_store_doubts_what_was_open_and_drops_what_was_handled() {
    let home = SqliteHome::fresh();
    let store = restored(&home).await;
    let expected = Some(Restored {
        made_at: START,
        dropped: 2,
        unknown: 2,
    });
    assert_eq!(store.restored().await.unwrap(), expected);
    let states: Vec<_> = store
        .effects(&team(), 1)
        .await
        .unwrap()
        .into_iter()
        .map(|e| e.state)
        .collect();
    assert!(
        matches!(
            states[..],
            [
                State::Unknown,
                State::Unknown,
                State::Superseded,
                State::Parked { .. }
            ]
        ),
        "{states:?}"
    );
    assert_eq!(store.open_events().await.unwrap(), []);
    assert_eq!(
        store.next_timer().await.unwrap(),
        Some(Moment(START.0 + 7_200_000))
    );

    // What comes in while it is paused is kept over another start.
    store.accept(&event("new")).await.unwrap();
    planned(&store, vec![effect("new", Some(1))]).await;
    drop(store);
    let store = home.open();
    assert_eq!(store.restored().await.unwrap(), expected);
    assert_eq!(store.open_events().await.unwrap(), [event("new")]);
    assert_eq!(
        store.effect(&team(), "new").await.unwrap().unwrap().state,
        State::Planned
    );
}

#[tokio::test]
async fn an_operator_lets_it_go_on_beside_the_one_who_serves() {
    let home = SqliteHome::fresh();
    let store = restored(&home).await;
    assert!(store.restored().await.unwrap().is_some());
    let operator = Sqlite::open_beside(&home.path(), home.clock()).unwrap();
    assert!(operator.go_on(vec![deed(1)]).await.unwrap());
    assert_eq!(store.restored().await.unwrap(), None);
    assert_eq!(store.audited(&team(), 0, 9).await.unwrap().len(), 1);
    assert!(!operator.go_on(vec![deed(1)]).await.unwrap(), "only once");
}

#[tokio::test]
async fn a_backup_of_an_older_iris_is_brought_up_to_date() {
    let home = SqliteHome::fresh();
    let old = home.folder().join("old.db");
    let db = Connection::open(&old).unwrap();
    db.execute_batch(include_str!("../../../migrations/0001_begin.sql"))
        .unwrap();
    db.pragma_update(None, "user_version", 1).unwrap();
    drop(db);
    Sqlite::restore(&old, &home.path(), START, |_, _| {}).unwrap();
    assert!(home.open().restored().await.unwrap().is_some());
}

#[tokio::test]
async fn operators_write_beside_the_one_who_serves() {
    let home = SqliteHome::fresh();
    let store = home.open();
    let operator: SharedStore = Arc::new(Sqlite::open_beside(&home.path(), home.clock()).unwrap());
    for n in 1..=20 {
        let (a, b) = (
            store.audit(vec![deed(2 * n)]),
            operator.audit(vec![deed(2 * n + 1)]),
        );
        let (a, b) = tokio::join!(a, b);
        a.unwrap();
        b.unwrap();
    }
    assert_eq!(store.audited(&team(), 0, 100).await.unwrap().len(), 40);
    let missing = SqliteHome::fresh();
    assert!(Sqlite::open_beside(&missing.path(), missing.clock()).is_err());
    assert!(!missing.path().exists(), "operators make no database");
}

#[tokio::test]
async fn the_audit_cannot_be_changed_and_what_was_forced_is_found() {
    use iris::store::audit::{Broken, Chain};

    let home = SqliteHome::fresh();
    home.open()
        .audit((1..=3).map(deed).collect())
        .await
        .unwrap();
    let db = Connection::open(home.path()).unwrap();
    for change in [
        "UPDATE audit SET who = 'iris'",
        "DELETE FROM audit WHERE seq = 2",
    ] {
        let refused = db.execute_batch(change).unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    db.execute_batch(
        "DROP TRIGGER audit_is_never_changed; UPDATE audit SET who = 'iris' WHERE seq = 2",
    )
    .unwrap();
    drop(db);
    let rows = home.open().audited(&team(), 0, 9).await.unwrap();
    let mut chain = Chain::default();
    let broken = rows.iter().try_for_each(|row| chain.follow(row));
    assert_eq!(broken, Err(Broken::Changed { seq: 2 }));
}
