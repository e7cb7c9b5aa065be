//! What is shown of open incidents. Only those are read that are shown; the others are counted in
//! indexes.

use rusqlite::{Connection, ToSql};

use super::{incidents, row::to_json};
use crate::{
    ids::{Number, TeamId},
    incident::{OpenQuery, Shown, Status, Which},
    store::StoreError,
};

/// That the person may know of it, as [`crate::incident::Incident::known_to`] and
/// [`OpenQuery`] say.
const KNOWN: &str = "(:by IS NOT NULL AND (NOT json ->> '$.private'
        OR json ->> '$.declared_by' = :by
        OR EXISTS (SELECT 1 FROM part WHERE part.team = :team
            AND part.user = :by AND part.incident = number AND role = ''))
    OR room = :channel)";

/// With a room. `+` keeps SQLite from other indexes than that of what is shown, where there are many
/// that are no drills.
const DRILL: &str = "status IN ('declared', 'resolved') AND json ->> '$.drill' = 1
    AND +room IS NOT NULL";

/// Read one after the other: an incident that closes meanwhile may still be shown, as it would to
/// whoever had asked a moment before.
pub(super) fn open(db: &Connection, team: &TeamId, query: &OpenQuery) -> Result<Shown, StoreError> {
    let values = Values::new(team, query)?;
    let what = What::of(query.which);
    let mut incidents = Vec::new();
    for number in values.numbers(db, &what.numbers())? {
        incidents.extend(incidents::get(db, team, number)?);
    }
    let all = values.numbers(db, &what.count(query.which))?;
    let all = all.first().copied().unwrap_or_default();
    let all = usize::try_from(all).unwrap_or(usize::MAX);
    Ok(Shown { incidents, all })
}

/// What is looked for, in SQL.
struct What {
    from: &'static str,
    filter: String,
    order: &'static str,
}

impl What {
    fn of(which: Which) -> Self {
        let mine = |role: &str| {
            format!(
                "number IN (SELECT part.incident FROM part
                    WHERE part.team = :team AND part.user = :by AND {role})"
            )
        };
        let by_number = |filter: String| Self {
            from: "incident",
            filter,
            order: "number",
        };
        match which {
            Which::Gravest(status) => {
                let status = in_status(status);
                Self {
                    from: "incident LEFT JOIN rank ON rank.severity = incident.severity",
                    filter: format!("{status} AND {KNOWN}"),
                    order: "json ->> '$.drill', rank.rank, json ->> '$.times[0].at', number",
                }
            }
            Which::Newest => Self {
                order: "number DESC",
                ..by_number(format!(
                    "{} AND NOT json ->> '$.drill' AND {KNOWN}",
                    in_status(Status::Declared)
                ))
            },
            Which::Joined => by_number(format!("room IS NOT NULL AND {}", mine("role = ''"))),
            Which::JoinedLast => Self {
                order: "number DESC",
                ..Self::of(Which::Joined)
            },
            Which::Held => by_number(format!("{} AND {KNOWN}", mine("role <> ''"))),
            Which::Drills => Self {
                order: "+number",
                ..by_number(DRILL.to_owned())
            },
        }
    }

    fn numbers(&self) -> String {
        let Self {
            from,
            filter,
            order,
        } = self;
        // A table, since the list would else be read anew for each incident.
        format!(
            "WITH rank AS MATERIALIZED (
                 SELECT value AS severity, key AS rank FROM json_each(:severities))
             SELECT number FROM {from}
             WHERE team = :team AND status <> 'closed' AND {filter}
             ORDER BY {order} LIMIT :limit"
        )
    }

    fn count(&self, which: Which) -> String {
        let filter = &self.filter;
        let of_open = "WHERE incident.team = :team AND status <> 'closed'";
        if which == Which::Held {
            return format!(
                "SELECT count(*) FROM part AS held JOIN incident
                     ON incident.team = held.team AND number = held.incident
                 {of_open} AND held.team = :team AND held.user = :by AND held.role <> ''
                     AND {KNOWN}"
            );
        }
        format!("SELECT count(*) FROM incident {of_open} AND {filter}")
    }
}

fn in_status(status: Status) -> &'static str {
    match status {
        Status::Declared => "status = 'declared'",
        Status::Resolved => "status = 'resolved'",
        Status::Closed => "status = 'closed'",
    }
}

/// What statements may name; each names only some.
struct Values([(&'static str, Box<dyn ToSql>); 5]);

impl Values {
    fn new(team: &TeamId, query: &OpenQuery) -> Result<Self, StoreError> {
        let by = query.by.as_ref().map(ToString::to_string);
        let channel = query.channel.as_ref().map(ToString::to_string);
        let limit = i64::try_from(query.limit).unwrap_or(i64::MAX);
        Ok(Self([
            (":team", Box::new(team.to_string())),
            (":by", Box::new(by)),
            (":channel", Box::new(channel)),
            (":severities", Box::new(to_json(&query.severities)?)),
            (":limit", Box::new(limit)),
        ]))
    }

    fn numbers(&self, db: &Connection, sql: &str) -> Result<Vec<Number>, StoreError> {
        let mut statement = db.prepare_cached(sql)?;
        for (name, value) in &self.0 {
            if let Some(place) = statement.parameter_index(name)? {
                statement.raw_bind_parameter(place, value)?;
            }
        }
        let mut rows = statement.raw_query();
        let mut numbers = Vec::new();
        while let Some(row) = rows.next()? {
            numbers.push(row.get(0)?);
        }
        Ok(numbers)
    }
}
