//! `inbox` and `call`: what happened, and how far the steps are with it.

use rusqlite::{Connection, Row, named_params, params};

use super::row::{all, from_json, ms, one, run, to_json};
use crate::{
    clock::Moment,
    event::Event,
    ids::{Number, TeamId},
    store::{Accepted, CallRow, KEPT, StoreError, TIDY_LIMIT},
};

/// Takes an event in, unless it is known.
pub(super) fn accept(db: &Connection, event: &Event, now: Moment) -> Result<Accepted, StoreError> {
    if insert(db, event, now)? {
        return Ok(Accepted::Fresh);
    }
    let answer = one(
        db,
        "SELECT answer FROM inbox WHERE team = ? AND id = ?",
        [event.team.as_str(), &event.id],
        |row| Ok(row.get(0)?),
    )?;
    Ok(Accepted::Seen {
        answer: answer.flatten(),
    })
}

/// False when it is known.
pub(super) fn insert(db: &Connection, event: &Event, now: Moment) -> Result<bool, StoreError> {
    let added = run(
        db,
        "INSERT INTO inbox (team, id, incident, accepted_at, json)
         VALUES (:team, :id, :incident, :accepted_at, :json)
         ON CONFLICT (team, id) DO NOTHING",
        named_params! {
            ":team": event.team.as_str(),
            ":id": event.id,
            ":incident": event.incident,
            ":accepted_at": ms(now),
            ":json": to_json(event)?,
        },
    )?;
    Ok(added > 0)
}

pub(super) fn open(db: &Connection) -> Result<Vec<Event>, StoreError> {
    all(
        db,
        "SELECT incident, json FROM inbox WHERE done = 0 ORDER BY seq",
        [],
        read,
    )
}

pub(super) fn read(row: &Row<'_>) -> Result<Event, StoreError> {
    let mut event: Event = from_json(row, "json", "an event")?;
    event.incident = row.get("incident")?;
    Ok(event)
}

/// Finishes, unhandled, everything that is open.
pub(super) fn drop_all(db: &Connection) -> Result<usize, StoreError> {
    run(db, "UPDATE inbox SET done = 1 WHERE done = 0", [])
}

pub(super) fn belongs(
    db: &Connection,
    team: &TeamId,
    event: &str,
    incident: Number,
) -> Result<(), StoreError> {
    let sql = "UPDATE inbox SET incident = ? WHERE team = ? AND id = ?";
    run(db, sql, params![incident, team.as_str(), event]).map(drop)
}

pub(super) fn finish(
    db: &Connection,
    team: &TeamId,
    event: &str,
    answer: Option<&str>,
) -> Result<(), StoreError> {
    let sql = "UPDATE inbox SET done = 1, answer = ? WHERE team = ? AND id = ?";
    run(db, sql, params![answer, team.as_str(), event]).map(drop)
}

/// Finishes, unhandled, the open events whose ids begin with `prefix`, which ends in a slash.
pub(super) fn drop_open(db: &Connection, team: &TeamId, prefix: &str) -> Result<(), StoreError> {
    let end = format!("{}0", prefix.trim_end_matches('/')); // `0` is what follows the slash
    let sql = "UPDATE inbox SET done = 1 WHERE team = ? AND id > ? AND id < ? AND done = 0";
    run(db, sql, [team.as_str(), prefix, &end]).map(drop)
}

pub(super) fn calls(
    db: &Connection,
    team: &TeamId,
    event: &str,
) -> Result<Vec<CallRow>, StoreError> {
    all(
        db,
        "SELECT step, state, attempts FROM call WHERE team = ? AND event = ? ORDER BY step",
        [team.as_str(), event],
        |row| {
            Ok(CallRow {
                event: event.to_owned(),
                step: row.get::<_, String>("step")?.into(),
                state: from_json(row, "state", "how far a step is")?,
                attempts: row.get("attempts")?,
            })
        },
    )
}

pub(super) fn put_call(db: &Connection, team: &TeamId, call: &CallRow) -> Result<(), StoreError> {
    run(
        db,
        "INSERT INTO call (team, event, step, state, attempts) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET state = excluded.state, attempts = excluded.attempts",
        params![
            team.as_str(),
            call.event,
            call.step.as_str(),
            to_json(&call.state)?,
            call.attempts,
        ],
    )
    .map(drop)
}

/// Drops events that nobody will deliver again.
pub(super) fn tidy(db: &Connection, now: Moment) -> Result<usize, StoreError> {
    run(
        db,
        "DELETE FROM inbox WHERE seq IN (
             SELECT seq FROM inbox
             WHERE done = 1 AND incident IS NULL AND accepted_at < ? LIMIT ?)",
        params![ms(before(now)), TIDY_LIMIT],
    )
}

/// What came in before this is not repeated any more.
pub(super) fn before(now: Moment) -> Moment {
    now.before(KEPT)
}
