//! `sweep`: messages that may stand twice.

use rusqlite::{Connection, params};

use super::row::{all, moment, ms, run};
use crate::{
    ids::TeamId,
    store::{StoreError, Sweep},
};

pub(super) fn put(db: &Connection, sweep: &Sweep) -> Result<(), StoreError> {
    run(
        db,
        "INSERT OR REPLACE INTO sweep (team, effect, at, channel, thread) VALUES (?, ?, ?, ?, ?)",
        params![
            sweep.team.as_str(),
            sweep.effect,
            ms(sweep.at),
            sweep.channel.as_str(),
            sweep.thread.as_deref().unwrap_or_default(),
        ],
    )
    .map(|_| ())
}

pub(super) fn list(db: &Connection) -> Result<Vec<Sweep>, StoreError> {
    let sql = "SELECT team, effect, at, channel, thread FROM sweep ORDER BY at";
    all(db, sql, [], |row| {
        let thread: String = row.get("thread")?;
        Ok(Sweep {
            team: row.get::<_, String>("team")?.into(),
            effect: row.get("effect")?,
            at: moment(row.get("at")?),
            channel: row.get::<_, String>("channel")?.into(),
            thread: (!thread.is_empty()).then_some(thread),
        })
    })
}

pub(super) fn drop(db: &Connection, team: &TeamId, effect: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM sweep WHERE team = ? AND effect = ?";
    run(db, sql, [team.as_str(), effect]).map(|_| ())
}
