//! `log`: what steps had to say, for operators.

use rusqlite::{Connection, params};

use super::row::{all, moment, ms, run};
use crate::ids::{Owner, TeamId};
use crate::store::{LINES_KEPT, Line, LineQuery, LoggedLine, StoreError};

pub(super) fn append(db: &Connection, lines: &[Line]) -> Result<(), StoreError> {
    for line in lines {
        run(
            db,
            "INSERT INTO log (team, at, level, step, event, incident, line)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
            params![
                line.team.as_str(),
                ms(line.at),
                line.level,
                line.step.as_str(),
                line.event,
                line.incident,
                line.line,
            ],
        )?;
    }
    Ok(())
}

/// The newest, oldest of them first.
pub(super) fn list(db: &Connection, query: &LineQuery<'_>) -> Result<Vec<LoggedLine>, StoreError> {
    let sql = "SELECT * FROM (
                   SELECT seq, team, at, level, step, event, incident, line FROM log
                   WHERE (?1 IS NULL OR team = ?1)
                     AND (?2 IS NULL OR step = ?2)
                     AND (?3 IS NULL OR incident = ?3)
                     AND seq > ?4
                   ORDER BY seq DESC LIMIT ?5)
               ORDER BY seq";
    let params = params![
        query.team.map(TeamId::as_str),
        query.step.map(Owner::as_str),
        query.incident,
        i64::try_from(query.after).unwrap_or(i64::MAX),
        query.newest,
    ];
    all(db, sql, params, |row| {
        Ok(LoggedLine {
            seq: u64::try_from(row.get::<_, i64>("seq")?).unwrap_or_default(),
            line: Line {
                team: row.get::<_, String>("team")?.into(),
                at: moment(row.get("at")?),
                level: row.get("level")?,
                step: row.get::<_, String>("step")?.into(),
                event: row.get("event")?,
                incident: row.get("incident")?,
                line: row.get("line")?,
            },
        })
    })
}

/// Drops the oldest of what is more than is kept.
pub(super) fn tidy(db: &Connection) -> Result<usize, StoreError> {
    let sql = "DELETE FROM log WHERE seq <= (SELECT max(seq) FROM log) - ?";
    run(db, sql, [LINES_KEPT])
}
