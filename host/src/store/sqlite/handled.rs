//! What came in, together with what it led to.

use rusqlite::{Connection, params};

use super::{
    effects, events,
    row::{all, moment},
};
use crate::store::{Handled, HandledQuery, StoreError};

/// The newest, oldest of them first.
pub(super) fn list(db: &Connection, query: &HandledQuery<'_>) -> Result<Vec<Handled>, StoreError> {
    // Each has an index of its own.
    let of = match query.incident {
        Some(_) => "incident = ?2",
        None => "?2 IS NULL",
    };
    let sql = format!(
        "SELECT * FROM (
             SELECT seq, incident, accepted_at, done, json FROM inbox
             WHERE team = ?1 AND {of}
             ORDER BY seq DESC LIMIT ?3)
         ORDER BY seq"
    );
    let params = params![query.team.as_str(), query.incident, query.newest];
    let mut handled = all(db, &sql, params, |row| {
        Ok(Handled {
            event: events::read(row)?,
            accepted: moment(row.get("accepted_at")?),
            done: row.get("done")?,
            calls: vec![],
            effects: vec![],
        })
    })?;
    for one in &mut handled {
        one.calls = events::calls(db, query.team, &one.event.id)?;
        one.effects = effects::of_event(db, query.team, &one.event.id)?;
    }
    Ok(handled)
}
