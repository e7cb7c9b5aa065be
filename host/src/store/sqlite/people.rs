//! `person`: what Slack said about people.

use rusqlite::Connection;

use super::row::{from_json, one, run, to_json};
use crate::{
    ids::{TeamId, UserId},
    store::{Person, StoreError},
};

pub(super) fn get(
    db: &Connection,
    team: &TeamId,
    user: &UserId,
) -> Result<Option<Person>, StoreError> {
    let sql = "SELECT json FROM person WHERE team = ? AND id = ?";
    one(db, sql, [team.as_str(), user.as_str()], |row| {
        from_json(row, "json", "a person")
    })
}

pub(super) fn put(db: &Connection, team: &TeamId, person: &Person) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO person (team, id, json) VALUES (?, ?, ?)";
    run(
        db,
        sql,
        [team.as_str(), person.id.as_str(), &to_json(person)?],
    )
    .map(drop)
}
