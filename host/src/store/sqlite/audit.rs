//! `audit`: who did what, each row hashed with the one before.

use rusqlite::{Connection, Row, params};

use super::row::{all, from_json, moment, ms, one, run, to_json};
use crate::{
    ids::TeamId,
    store::{
        StoreError,
        audit::{AuditRow, Chain, Deed, Who},
    },
};

/// Writes deeds down at the ends of their teams' chains.
pub(super) fn append(db: &Connection, deeds: &[Deed]) -> Result<(), StoreError> {
    for deed in deeds {
        let row = end(db, &deed.team)?.next(deed.clone());
        run(
            db,
            "INSERT INTO audit (team, seq, at, who, what, incident, subject, detail, hash)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                deed.team.as_str(),
                i64::try_from(row.seq).unwrap_or(i64::MAX),
                ms(deed.at),
                deed.who.0,
                deed.what,
                deed.incident,
                deed.subject,
                to_json(&deed.detail)?,
                row.hash,
            ],
        )?;
    }
    Ok(())
}

pub(super) fn list(
    db: &Connection,
    team: &TeamId,
    after: u64,
    limit: u32,
) -> Result<Vec<AuditRow>, StoreError> {
    let sql = "SELECT team, seq, at, who, what, incident, subject, detail, hash FROM audit
               WHERE team = ? AND seq > ? ORDER BY seq LIMIT ?";
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    all(db, sql, params![team.as_str(), after, limit], read)
}

pub(super) fn last(db: &Connection, team: &TeamId, what: &str) -> Result<Option<Deed>, StoreError> {
    let sql = "SELECT team, seq, at, who, what, incident, subject, detail, hash FROM audit
               WHERE team = ? AND what = ? ORDER BY seq DESC LIMIT 1";
    Ok(one(db, sql, [team.as_str(), what], read)?.map(|row| row.deed))
}

pub(super) fn teams(db: &Connection) -> Result<Vec<TeamId>, StoreError> {
    let sql = "SELECT DISTINCT team FROM audit ORDER BY team";
    all(db, sql, [], |row| Ok(row.get::<_, String>(0)?.into()))
}

fn end(db: &Connection, team: &TeamId) -> Result<Chain, StoreError> {
    let sql = "SELECT seq, hash FROM audit WHERE team = ? ORDER BY seq DESC LIMIT 1";
    let last = one(db, sql, [team.as_str()], |row| {
        Ok(Chain {
            rows: number(row)?,
            head: row.get("hash")?,
        })
    })?;
    Ok(last.unwrap_or_default())
}

fn read(row: &Row<'_>) -> Result<AuditRow, StoreError> {
    Ok(AuditRow {
        seq: number(row)?,
        deed: Deed {
            team: row.get::<_, String>("team")?.into(),
            at: moment(row.get("at")?),
            who: Who(row.get("who")?),
            what: row.get("what")?,
            incident: row.get("incident")?,
            subject: row.get("subject")?,
            detail: from_json(row, "detail", "a detail of the audit")?,
        },
        hash: row.get("hash")?,
    })
}

fn number(row: &Row<'_>) -> Result<u64, StoreError> {
    Ok(u64::try_from(row.get::<_, i64>("seq")?).unwrap_or_default())
}
