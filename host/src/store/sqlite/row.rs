//! Between Rust and rows: running statements, JSON columns, moments and places.

use rusqlite::{Connection, ErrorCode, OptionalExtension, Params, Row};
use serde::{Serialize, de::DeserializeOwned};

use crate::{clock::Moment, ids::Number, store::StoreError};

/// Runs a statement that changes something; says how many rows.
pub(super) fn run(db: &Connection, sql: &str, params: impl Params) -> Result<usize, StoreError> {
    Ok(db.prepare_cached(sql)?.execute(params)?)
}

/// The first row, if there is one.
pub(super) fn one<T>(
    db: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    statement
        .query_row(params, |row| Ok(read(row)))
        .optional()?
        .transpose()
}

/// All rows.
pub(super) fn all<T>(
    db: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    db.prepare_cached(sql)?
        .query_and_then(params, read)?
        .collect()
}

pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::Damaged(e.to_string()))
}

/// Reads a JSON column. `what` names the row in the error.
pub(super) fn from_json<T: DeserializeOwned>(
    row: &Row<'_>,
    column: &str,
    what: &str,
) -> Result<T, StoreError> {
    serde_json::from_str(
        row.get_ref(column)?
            .as_str()
            .map_err(rusqlite::Error::from)?,
    )
    .map_err(|e| StoreError::Damaged(format!("{what}: {e}")))
}

/// The end of time is as far as SQLite counts.
pub(super) fn ms(moment: Moment) -> i64 {
    i64::try_from(moment.0).unwrap_or(i64::MAX)
}

pub(super) fn moment(ms: i64) -> Moment {
    Moment(u64::try_from(ms).unwrap_or_default())
}

/// `incident` in a key.
pub(super) fn place(incident: Option<Number>) -> Number {
    incident.unwrap_or_default()
}

/// [`place`] back.
pub(super) fn incident(place: Number) -> Option<Number> {
    (place > 0).then_some(place)
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        match error.sqlite_error_code() {
            // No code: SQLite did its part, but what it gave could not be read.
            None
            | Some(
                ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::ConstraintViolation
                | ErrorCode::TypeMismatch,
            ) => Self::Damaged(text),
            // Full, locked, gone: may work again.
            Some(_) => Self::Unavailable(text),
        }
    }
}
