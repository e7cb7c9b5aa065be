//! What only the inside can bring about: migrations that fail, disks that are full, commits that
//! do not come through.

mod filled;
mod growth;
mod migrated;

use std::sync::Arc;

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};
use tempfile::TempDir;

use super::{OpenError, Sqlite, events, schema};
use crate::{
    clock::SystemClock,
    event::{Event, What},
    store::{Accepted, Store, StoreError},
};

fn open(folder: &TempDir) -> Sqlite {
    Sqlite::open(&folder.path().join("iris.db"), Arc::new(SystemClock)).unwrap()
}

fn event(id: &str, text: &str) -> Event {
    let what = What::Other {
        name: "app_uninstalled".to_owned(),
        data: text.into(),
    };
    let (team, id) = ("T1".into(), id.to_owned());
    Event {
        id,
        team,
        at: super::Moment(1),
        by: None,
        incident: None,
        chain: 0,
        lineage: None,
        what,
    }
}

#[tokio::test]
async fn row_26_a_migration_that_fails_changes_nothing() {
    let folder = TempDir::new().unwrap();
    open(&folder).accept(&event("a", "")).await.unwrap();

    let mut next = schema::STEPS.to_vec();
    next.extend([
        M::up("ALTER TABLE inbox ADD COLUMN colour TEXT; DROP TABLE gate;"),
        M::up("ALTER TABLE nothing ADD COLUMN colour TEXT;"),
    ]);
    let path = folder.path().join("iris.db");
    let migrations = Migrations::from_slice(&next);
    let refused = Sqlite::open_with(&path, Arc::new(SystemClock), &migrations)
        .err()
        .unwrap();
    assert!(matches!(refused, OpenError::Migration { .. }), "{refused}");
    assert!(
        refused.to_string().contains("nothing"),
        "it says what failed: {refused}"
    );

    let header = schema::Header::read(&Connection::open(&path).unwrap()).unwrap();
    assert_eq!(header.version, schema::schema_version());
    let store = open(&folder);
    assert_eq!(store.open_events().await.unwrap(), [event("a", "")]);
    assert_eq!(store.gates().await.unwrap(), []);
}

#[tokio::test]
async fn row_22_a_full_disk_refuses_and_recovers() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder);
    let limit_pages = async |pages: i64| {
        let set = move |db: &Connection, _| Ok(db.pragma_update(None, "max_page_count", pages)?);
        store.write::<(), StoreError>(set).await.unwrap();
    };
    store.accept(&event("before", "")).await.unwrap();
    limit_pages(1).await; // No more than there are.
    let long = "long ".repeat(100_000);
    let refused = store.accept(&event("long", &long)).await.unwrap_err();
    assert!(matches!(refused, StoreError::Unavailable(_)), "{refused}");
    assert_eq!(store.open_events().await.unwrap(), [event("before", "")]);

    limit_pages(i64::from(u32::MAX) - 1).await;
    store.healthy().await.unwrap();
    assert_eq!(
        store.accept(&event("long", &long)).await.unwrap(),
        Accepted::Fresh
    );
}

/// Whoever shares a commit that does not come through is told so.
#[tokio::test]
async fn a_failed_commit_fails_all_that_share_it() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder);
    let (started, start) = tokio::sync::oneshot::channel();
    let (release, end) = std::sync::mpsc::channel();
    let first = store.write::<(), StoreError>(move |_, _| {
        started.send(()).unwrap();
        end.recv().unwrap();
        Ok(())
    });
    let innocent = event("innocent", "");
    let share = store.accept(&innocent);
    let spoil = store.write::<(), StoreError>(|db, _| {
        let orphan = "INSERT INTO call VALUES ('T1', 'none', 'guide', '', 0)";
        db.pragma_update(None, "defer_foreign_keys", true)?;
        Ok(db.execute_batch(orphan)?)
    });
    // Both are queued while the first holds the writer, so they share the next commit.
    let both = async {
        start.await.unwrap();
        tokio::join!(biased; share, spoil, async { release.send(()).unwrap() })
    };
    let (alone, (shared, spoilt, ())) = tokio::join!(first, both);
    alone.unwrap();
    for refused in [shared.map(|_| ()).unwrap_err(), spoilt.unwrap_err()] {
        assert!(matches!(refused, StoreError::Unavailable(_)), "{refused}");
    }
    assert_eq!(store.open_events().await.unwrap(), []);
    assert_eq!(
        store.accept(&innocent).await.unwrap(),
        Accepted::Fresh,
        "it goes on"
    );
}

#[tokio::test]
async fn one_that_fails_takes_nobody_with_it() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder);
    let fails = store.write::<(), StoreError>(|db, now| {
        events::insert(db, &event("half", ""), now)?;
        Err(StoreError::Damaged("on purpose".to_owned()))
    });
    let innocent = event("innocent", "");
    let (failed, accepted) = tokio::join!(fails, store.accept(&innocent));
    assert!(matches!(failed, Err(StoreError::Damaged(why)) if why == "on purpose"));
    assert_eq!(accepted.unwrap(), Accepted::Fresh);
    assert_eq!(store.open_events().await.unwrap(), [innocent]);
}
