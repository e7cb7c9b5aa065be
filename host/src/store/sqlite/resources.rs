//! `resource`: what names stand for in Slack.

use rusqlite::{Connection, Row, params};

use super::row::{all, incident, one, place, run};
use crate::{
    ids::{ChannelId, MessageId, Number, Owner, TeamId},
    store::{Resource, StoreError},
};

const COLUMNS: &str = "SELECT team, incident, owner, name, channel, ts, permalink FROM resource
                       WHERE team = ? AND incident = ?";

pub(super) fn put(db: &Connection, resource: &Resource) -> Result<(), StoreError> {
    run(
        db,
        "INSERT OR REPLACE INTO resource (team, incident, owner, name, channel, ts, permalink)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        params![
            resource.team.as_str(),
            place(resource.incident),
            resource.owner.as_str(),
            resource.name,
            resource.id.channel.as_str(),
            resource.id.ts,
            resource.permalink,
        ],
    )
    .map(drop)
}

pub(super) fn forget(
    db: &Connection,
    team: &TeamId,
    incident: Option<Number>,
    owner: &Owner,
    name: &str,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM resource WHERE team = ? AND incident = ? AND owner = ? AND name = ?";
    run(
        db,
        sql,
        params![team.as_str(), place(incident), owner.as_str(), name],
    )
    .map(drop)
}

pub(super) fn get(
    db: &Connection,
    team: &TeamId,
    incident: Option<Number>,
    owner: &Owner,
    name: &str,
) -> Result<Option<Resource>, StoreError> {
    let sql = format!("{COLUMNS} AND owner = ? AND name = ?");
    one(
        db,
        &sql,
        params![team.as_str(), place(incident), owner.as_str(), name],
        read,
    )
}

/// For which incident a channel was made as its room.
pub(super) fn room(
    db: &Connection,
    team: &TeamId,
    channel: &ChannelId,
) -> Result<Option<Number>, StoreError> {
    let sql = "SELECT incident FROM resource
               WHERE team = ? AND channel = ? AND owner = 'core' AND name = 'room'
               ORDER BY incident DESC";
    one(db, sql, [team.as_str(), channel.as_str()], |row| {
        Ok(row.get(0)?)
    })
}

pub(super) fn list(
    db: &Connection,
    team: &TeamId,
    incident: Option<Number>,
) -> Result<Vec<Resource>, StoreError> {
    let sql = format!("{COLUMNS} ORDER BY owner, name");
    all(db, &sql, params![team.as_str(), place(incident)], read)
}

fn read(row: &Row<'_>) -> Result<Resource, StoreError> {
    Ok(Resource {
        team: row.get::<_, String>("team")?.into(),
        incident: incident(row.get("incident")?),
        owner: row.get::<_, String>("owner")?.into(),
        name: row.get("name")?,
        id: MessageId {
            channel: row.get::<_, String>("channel")?.into(),
            ts: row.get("ts")?,
        },
        permalink: row.get("permalink")?,
    })
}
