//! `incident` and `entry`: the record of each incident and what happened in it.

use rusqlite::{Connection, named_params, params};
use serde_json::Value;

use super::row::{all, from_json, one, run, to_json};
use crate::{
    ids::{ChannelId, Number, TeamId, UserId},
    incident::{Entry, Incident, Status},
    store::{EntryQuery, StoreError},
};

pub(super) fn last_number(db: &Connection, team: &TeamId) -> Result<Number, StoreError> {
    let sql = "SELECT coalesce(max(number), 0) FROM incident WHERE team = ?";
    Ok(one(db, sql, [team.as_str()], |row| Ok(row.get(0)?))?.unwrap_or_default())
}

pub(super) fn get(
    db: &Connection,
    team: &TeamId,
    number: Number,
) -> Result<Option<Incident>, StoreError> {
    let sql = "SELECT json FROM incident WHERE team = ? AND number = ?";
    one(db, sql, params![team.as_str(), number], |row| {
        from_json(row, "json", "an incident")
    })
}

pub(super) fn of_room(
    db: &Connection,
    team: &TeamId,
    channel: &ChannelId,
) -> Result<Option<Number>, StoreError> {
    let sql = "SELECT number FROM incident WHERE team = ? AND room = ? ORDER BY number DESC";
    one(db, sql, [team.as_str(), channel.as_str()], |row| {
        Ok(row.get(0)?)
    })
}

pub(super) fn list(
    db: &Connection,
    team: &TeamId,
    also_closed: bool,
) -> Result<Vec<Incident>, StoreError> {
    // Two statements, since the open ones have an index of their own.
    let sql = if also_closed {
        "SELECT json FROM incident WHERE team = ? ORDER BY number"
    } else {
        "SELECT json FROM incident WHERE team = ? AND status <> 'closed' ORDER BY number"
    };
    all(db, sql, [team.as_str()], |row| {
        from_json(row, "json", "an incident")
    })
}

pub(super) fn teams(db: &Connection) -> Result<Vec<TeamId>, StoreError> {
    let sql = "SELECT DISTINCT team FROM tally ORDER BY team";
    all(db, sql, [], |row| Ok(row.get::<_, String>(0)?.into()))
}

/// Counted by triggers: nothing is added up that grows.
pub(super) fn tally(db: &Connection) -> Result<Vec<(Status, u64)>, StoreError> {
    let sql = "SELECT coalesce(sum(n), 0) FROM tally WHERE status = ? AND drill = 0";
    let count = |status: Status| {
        let n = one(db, sql, [status.as_str()], |row| Ok(row.get::<_, i64>(0)?))?;
        Ok((
            status,
            u64::try_from(n.unwrap_or_default()).unwrap_or_default(),
        ))
    };
    Status::ALL.into_iter().map(count).collect()
}

pub(super) fn put(db: &Connection, team: &TeamId, incident: &Incident) -> Result<(), StoreError> {
    run(
        db,
        "INSERT INTO incident (team, number, status, severity, product, room, json)
         VALUES (:team, :number, :status, :severity, :product, :room, :json)
         ON CONFLICT DO UPDATE SET
             status = excluded.status, severity = excluded.severity,
             product = excluded.product, room = excluded.room, json = excluded.json",
        named_params! {
            ":team": team.as_str(),
            ":number": incident.number,
            ":status": incident.status.as_str(),
            ":severity": incident.severity,
            ":product": incident.product,
            ":room": incident.room.as_ref().map(|room| room.channel.as_str()),
            ":json": to_json(incident)?,
        },
    )
    .map(drop)
}

/// False when its number is taken.
pub(super) fn append(
    db: &Connection,
    team: &TeamId,
    incident: Number,
    entry: &Entry,
) -> Result<bool, StoreError> {
    let struck = entry.text.is_empty() && entry.data.as_ref().is_none_or(Value::is_null);
    let added = run(
        db,
        "INSERT INTO entry (team, incident, seq, kind, owner, key, struck, json)
         VALUES (:team, :incident, :seq, :kind, :owner, :key, :struck, :json)
         ON CONFLICT DO NOTHING",
        named_params! {
            ":team": team.as_str(),
            ":incident": incident,
            ":seq": entry.seq,
            ":kind": entry.kind,
            ":owner": entry.owner.as_str(),
            ":key": entry.key,
            ":struck": struck,
            ":json": to_json(entry)?,
        },
    )?;
    Ok(added > 0)
}

pub(super) fn entries(db: &Connection, query: EntryQuery<'_>) -> Result<Vec<Entry>, StoreError> {
    all(
        db,
        "SELECT json FROM entry AS old
         WHERE team = :team AND incident = :incident AND seq > :after
           AND (:kind IS NULL OR kind = :kind)
           AND NOT (:current AND (struck OR EXISTS (
               SELECT 1 FROM entry AS new
               WHERE new.team = old.team AND new.incident = old.incident
                 AND new.owner = old.owner AND new.key = old.key AND new.seq > old.seq)))
         ORDER BY seq LIMIT :limit",
        named_params! {
            ":team": query.team.as_str(),
            ":incident": query.incident,
            ":kind": query.kind,
            ":after": query.after,
            ":limit": query.limit,
            ":current": query.current,
        },
        |row| from_json(row, "json", "an entry"),
    )
}

/// By incident. A todo that was handed on is no longer of who had it before.
pub(super) fn todos(
    db: &Connection,
    team: &TeamId,
    user: &UserId,
    limit: u32,
) -> Result<Vec<(Number, Entry)>, StoreError> {
    all(
        db,
        "SELECT entry.incident, entry.json FROM open_todo AS todo
         JOIN entry USING (team, incident, seq)
         WHERE todo.team = ? AND todo.owner = ?
         ORDER BY todo.incident, todo.seq LIMIT ?",
        params![team.as_str(), user.as_str(), limit],
        |row| Ok((row.get("incident")?, from_json(row, "json", "an entry")?)),
    )
}
