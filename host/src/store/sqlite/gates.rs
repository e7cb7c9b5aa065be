//! `gate`: rate limits that Slack set. `called`: what counts towards those known beforehand.

use rusqlite::{Connection, params};

use super::row::{all, moment, ms, run};
use crate::{
    clock::Moment,
    ids::ChannelId,
    store::{CALLED_KEPT, Called, Gate, StoreError, TIDY_LIMIT},
};

pub(super) fn list(db: &Connection) -> Result<Vec<Gate>, StoreError> {
    all(
        db,
        "SELECT team, method, channel, until FROM gate",
        [],
        |row| {
            let channel: String = row.get("channel")?;
            Ok(Gate {
                team: row.get::<_, String>("team")?.into(),
                method: row.get("method")?,
                channel: (!channel.is_empty()).then(|| channel.into()),
                until: moment(row.get("until")?),
            })
        },
    )
}

pub(super) fn set(db: &Connection, gate: &Gate) -> Result<(), StoreError> {
    let channel = gate.channel.as_ref().map_or("", ChannelId::as_str);
    let sql = "INSERT INTO gate (team, method, channel, until) VALUES (?, ?, ?, ?)
               ON CONFLICT DO UPDATE SET until = max(until, excluded.until)";
    run(
        db,
        sql,
        params![gate.team.as_str(), gate.method, channel, ms(gate.until)],
    )
    .map(drop)
}

pub(super) fn call(db: &Connection, call: &Called) -> Result<(), StoreError> {
    let channel = call.channel.as_ref().map_or("", ChannelId::as_str);
    let sql = "INSERT INTO called (team, method, channel, at) VALUES (?, ?, ?, ?)";
    let row = params![call.team.as_str(), call.method, channel, ms(call.at)];
    run(db, sql, row).map(drop)
}

pub(super) fn called(db: &Connection, since: Moment) -> Result<Vec<Called>, StoreError> {
    let sql = "SELECT team, method, channel, at FROM called WHERE at >= ? ORDER BY at, seq";
    all(db, sql, [ms(since)], |row| {
        let channel: String = row.get("channel")?;
        Ok(Called {
            team: row.get::<_, String>("team")?.into(),
            method: row.get("method")?,
            channel: (!channel.is_empty()).then(|| channel.into()),
            at: moment(row.get("at")?),
        })
    })
}

pub(super) fn tidy(db: &Connection, now: Moment) -> Result<usize, StoreError> {
    let sql = "DELETE FROM gate WHERE (team, method, channel) IN (
                   SELECT team, method, channel FROM gate WHERE until <= ? LIMIT ?)";
    let over = run(db, sql, params![ms(now), TIDY_LIMIT])?;
    let since = ms(now.before(CALLED_KEPT));
    let sql = "DELETE FROM called WHERE seq IN (SELECT seq FROM called WHERE at < ? LIMIT ?)";
    Ok(over + run(db, sql, params![since, TIDY_LIMIT])?)
}
