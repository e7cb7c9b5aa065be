//! `word`: operators' words, until the one who serves has taken them up.

use rusqlite::{Connection, params};

use super::row::{all, from_json, run, to_json};
use crate::store::{Settlement, StoreError, Word};

pub(super) fn say(db: &Connection, word: &Settlement) -> Result<(), StoreError> {
    let sql = "INSERT INTO word (team, effect, json) VALUES (?, ?, ?)";
    let events = to_json(&word.events)?;
    run(db, sql, params![word.team.as_str(), word.key, events]).map(drop)
}

pub(super) fn list(db: &Connection) -> Result<Vec<Word>, StoreError> {
    let sql = "SELECT seq, team, effect, json FROM word ORDER BY seq";
    all(db, sql, [], |row| {
        Ok(Word {
            seq: u64::try_from(row.get::<_, i64>("seq")?).unwrap_or_default(),
            team: row.get::<_, String>("team")?.into(),
            effect: row.get("effect")?,
            events: from_json(row, "json", "an operator's word")?,
        })
    })
}

pub(super) fn heard(db: &Connection, seq: u64) -> Result<(), StoreError> {
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    run(db, "DELETE FROM word WHERE seq <= ?", [seq]).map(drop)
}
