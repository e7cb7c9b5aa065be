//! What is refused when a database is opened, and what is said then.

use std::fs;

use iris::store::{
    Store, StoreError,
    sqlite::{OpenError, Sqlite, schema_version},
};
use rusqlite::Connection;

use super::SqliteHome;
use crate::support::{Home, declared, event, team};

fn refused(home: &SqliteHome) -> OpenError {
    match Sqlite::open(&home.path(), home.clock()) {
        Ok(_) => panic!("it was opened"),
        Err(error) => error,
    }
}

#[test]
fn row_24_a_second_one_is_refused_until_the_first_is_gone() {
    let home = SqliteHome::fresh();
    let first = home.open();
    let error = refused(&home);
    assert!(matches!(error, OpenError::InUse { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains("another `iris serve` is running on"),
        "{error}"
    );
    drop(first);
    home.open();
}

#[cfg(unix)]
#[test]
fn a_second_one_is_refused_under_another_name_too() {
    let home = SqliteHome::fresh();
    let _first = home.open();
    let alias = home.folder().join("alias.db");
    std::os::unix::fs::symlink(home.path(), &alias).unwrap();
    let second = Sqlite::open(&alias, home.clock());
    assert!(matches!(second.err(), Some(OpenError::InUse { .. })));
}

#[tokio::test]
async fn readers_see_what_is_written_beside_them() {
    let home = SqliteHome::fresh();
    let store = home.open();
    let reader = Sqlite::open_reader(&home.path()).unwrap();
    let incident = declared(&store, 1).await;
    assert_eq!(reader.incident(&team(), 1).await.unwrap(), Some(incident));
    let refused = reader.accept(&event("a")).await.unwrap_err();
    assert!(matches!(refused, StoreError::Unavailable(_)), "{refused}");
    assert_eq!(store.open_events().await.unwrap(), []);
}

#[tokio::test]
async fn readers_need_no_running_iris() {
    let home = SqliteHome::fresh();
    declared(&home.open(), 1).await;
    let reader = Sqlite::open_reader(&home.path()).unwrap();
    assert_eq!(reader.last_number(&team()).await.unwrap(), 1);
    home.open();
}

#[test]
fn a_reader_makes_no_database() {
    let home = SqliteHome::fresh();
    let missing = Sqlite::open_reader(&home.path());
    assert!(matches!(missing.err(), Some(OpenError::Missing { .. })));
    assert!(!home.path().exists());
}

#[test]
fn a_folder_that_is_missing_is_named() {
    let home = SqliteHome::fresh();
    let path = home.folder().join("nowhere/iris.db");
    let error = Sqlite::open(&path, home.clock()).err().unwrap();
    assert!(error.to_string().contains("nowhere/iris.db"), "{error}");
}

#[tokio::test]
async fn row_23_a_damaged_database_is_refused() {
    let home = SqliteHome::fresh();
    let store = home.open();
    for number in 1..50 {
        declared(&store, number).await;
    }
    drop(store);
    let whole = fs::read(home.path()).unwrap();
    let page = 4096;
    for spoilt in [0..100, page..2 * page, whole.len() - page..whole.len()] {
        let mut bytes = whole.clone();
        bytes[spoilt.clone()].fill(0xAA);
        fs::write(home.path(), &bytes).unwrap();
        let error = refused(&home);
        assert!(
            matches!(error, OpenError::Damaged { .. }),
            "{spoilt:?}: {error}"
        );
        assert!(error.to_string().contains("restore a backup"), "{error}");
        assert_eq!(
            fs::read(home.path()).unwrap(),
            bytes,
            "it was left as it is"
        );
    }
    fs::write(home.path(), &whole[..whole.len() / 2]).unwrap();
    assert!(
        matches!(refused(&home), OpenError::Damaged { .. }),
        "half of it"
    );
}

#[test]
fn a_newer_database_is_refused_with_both_versions() {
    let home = SqliteHome::fresh();
    drop(home.open());
    let db = Connection::open(home.path()).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    let known = schema_version();
    let error = refused(&home);
    assert!(
        matches!(error, OpenError::Newer { found: 99, known: k, .. } if k == known),
        "{error}"
    );
    let said = error.to_string();
    assert!(
        said.contains("schema 99") && said.contains(&format!("up to {known}")),
        "{said}"
    );
    let reader = Sqlite::open_reader(&home.path());
    assert!(matches!(reader.err(), Some(OpenError::Newer { .. })));
}

#[test]
fn an_older_database_is_migrated_before_it_is_read() {
    let home = SqliteHome::fresh();
    Connection::open(home.path())
        .unwrap()
        .execute_batch("VACUUM")
        .unwrap();
    let reader = Sqlite::open_reader(&home.path());
    assert!(matches!(
        reader.err(),
        Some(OpenError::Older { found: 0, .. })
    ));
    drop(home.open());
    Sqlite::open_reader(&home.path()).unwrap();
}

#[test]
fn another_programs_database_is_left_alone() {
    let home = SqliteHome::fresh();
    let db = Connection::open(home.path()).unwrap();
    db.execute_batch("CREATE TABLE recipe (name TEXT)").unwrap();
    drop(db);
    assert!(matches!(refused(&home), OpenError::Foreign { .. }));
}
