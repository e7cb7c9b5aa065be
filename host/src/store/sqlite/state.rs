//! `state`: what steps remember from one event to the next.

use rusqlite::{Connection, params};

use super::row::{all, one, place, run};
use crate::{
    ids::{Number, Owner},
    store::{
        StatePlace, StateQuery, StateRead, StateRow, StateSize, StateValue, StateWrite, StoreError,
        Within,
    },
};

pub(super) fn get(
    db: &Connection,
    at: &StatePlace,
    key: &str,
) -> Result<Option<StateValue>, StoreError> {
    let sql = "SELECT json, version FROM state
               WHERE team = ? AND incident = ? AND owner = ? AND key = ?";
    let params = params![at.team.as_str(), place(at.incident), at.owner.as_str(), key];
    one(db, sql, params, |row| {
        let version = u64::try_from(row.get::<_, i64>("version")?).unwrap_or_default();
        Ok(StateValue {
            json: row.get("json")?,
            version,
        })
    })
}

pub(super) fn keys(
    db: &Connection,
    at: &StatePlace,
    prefix: &str,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT key FROM state
               WHERE team = ? AND incident = ? AND owner = ? AND key >= ? AND key > ?
               ORDER BY key LIMIT ?";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![
        at.team.as_str(),
        place(at.incident),
        at.owner.as_str(),
        prefix,
        after.unwrap_or_default(),
        limit,
    ])?;
    // Those with the prefix follow each other: the first without it ends them.
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        let key: String = row.get(0)?;
        if !key.starts_with(prefix) {
            break;
        }
        keys.push(key);
    }
    Ok(keys)
}

pub(super) fn list(db: &Connection, query: StateQuery<'_>) -> Result<Vec<StateRow>, StoreError> {
    // Row values are compared from left to right: the page goes on behind the last one. Nobody's
    // name is empty, so the first page begins behind an empty one.
    let sql = "SELECT incident, owner, key, json, version FROM state
               WHERE team = ?1
                 AND (incident, owner, key) > (?2, ?3, ?4) AND incident <= ?5
                 AND (?6 IS NULL OR owner = ?6)
                 AND substr(key, 1, length(?7)) = ?7
               ORDER BY incident, owner, key LIMIT ?8";
    let (first, last) = match query.within {
        Within::All => (place(None), Number::MAX),
        Within::Team => (place(None), place(None)),
        Within::Incident(number) => (number, number),
    };
    let after = query.after;
    let params = params![
        query.team.as_str(),
        after.map_or(first, |row| place(row.place.incident)),
        after.map_or("", |row| row.place.owner.as_str()),
        after.map_or("", |row| row.key.as_str()),
        last,
        query.owner.map(Owner::as_str),
        query.prefix,
        query.limit,
    ];
    all(db, sql, params, |row| {
        let incident = row.get::<_, Number>("incident")?;
        let version = u64::try_from(row.get::<_, i64>("version")?).unwrap_or_default();
        Ok(StateRow {
            place: StatePlace {
                team: query.team.clone(),
                owner: Owner::from(row.get::<_, String>("owner")?),
                incident: (incident != 0).then_some(incident),
            },
            key: row.get("key")?,
            value: StateValue {
                json: row.get("json")?,
                version,
            },
        })
    })
}

pub(super) fn size(db: &Connection, at: &StatePlace) -> Result<StateSize, StoreError> {
    let sql = "SELECT count(*), coalesce(sum(octet_length(key) + octet_length(json)), 0)
               FROM state WHERE team = ? AND incident = ? AND owner = ?";
    let params = params![at.team.as_str(), place(at.incident), at.owner.as_str()];
    let size = one(db, sql, params, |row| {
        let count = |column| Ok::<_, StoreError>(usize::try_from(row.get::<_, i64>(column)?));
        Ok(StateSize {
            keys: count(0)?.unwrap_or_default(),
            bytes: count(1)?.unwrap_or_default(),
        })
    })?;
    Ok(size.unwrap_or_default())
}

/// Whether what was read is still so.
pub(super) fn holds(db: &Connection, read: &StateRead) -> Result<bool, StoreError> {
    let sql = "SELECT version FROM state
               WHERE team = ? AND incident = ? AND owner = ? AND key = ?";
    let at = &read.place;
    let params = params![
        at.team.as_str(),
        place(at.incident),
        at.owner.as_str(),
        read.key
    ];
    let version: Option<i64> = one(db, sql, params, |row| Ok(row.get(0)?))?;
    Ok(version
        .and_then(|v| u64::try_from(v).ok())
        .unwrap_or_default()
        == read.version)
}

pub(super) fn write(db: &Connection, write: &StateWrite) -> Result<(), StoreError> {
    let at = &write.place;
    let (team, incident, owner) = (at.team.as_str(), place(at.incident), at.owner.as_str());
    match &write.json {
        // Replacing gives the row a new version.
        Some(json) => run(
            db,
            "INSERT OR REPLACE INTO state (team, incident, owner, key, json)
             VALUES (?, ?, ?, ?, ?)",
            params![team, incident, owner, write.key, json],
        ),
        None => run(
            db,
            "DELETE FROM state WHERE team = ? AND incident = ? AND owner = ? AND key = ?",
            params![team, incident, owner, write.key],
        ),
    }
    .map(drop)
}
