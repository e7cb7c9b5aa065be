//! `timer`: who wants to be woken, and when.

use rusqlite::{Connection, Row, params};

use super::{
    events,
    row::{all, incident, moment, ms, one, place, run},
};
use crate::{
    clock::Moment,
    event::{Event, What},
    store::{StatePlace, StoreError, Timer, TimerChange},
};

pub(super) fn list(db: &Connection, at: &StatePlace) -> Result<Vec<Timer>, StoreError> {
    let sql = "SELECT team, incident, owner, name, due FROM timer
               WHERE team = ? AND incident = ? AND owner = ? ORDER BY name";
    all(
        db,
        sql,
        params![at.team.as_str(), place(at.incident), at.owner.as_str()],
        read,
    )
}

pub(super) fn next(db: &Connection) -> Result<Option<Moment>, StoreError> {
    one(
        db,
        "SELECT due FROM timer ORDER BY due LIMIT 1",
        [],
        |row| Ok(moment(row.get(0)?)),
    )
}

/// Forgets those that were due before.
pub(super) fn drop_due(db: &Connection, now: Moment) -> Result<usize, StoreError> {
    run(db, "DELETE FROM timer WHERE due <= ?", [ms(now)])
}

pub(super) fn change(db: &Connection, change: &TimerChange) -> Result<(), StoreError> {
    match change {
        TimerChange::Set(timer) => {
            let at = &timer.place;
            let sql = "INSERT OR REPLACE INTO timer (team, incident, owner, name, due)
                       VALUES (?, ?, ?, ?, ?)";
            let (team, owner) = (at.team.as_str(), at.owner.as_str());
            run(
                db,
                sql,
                params![team, place(at.incident), owner, timer.name, ms(timer.due)],
            )?;
        }
        TimerChange::Cancel { place: at, name } => {
            let sql =
                "DELETE FROM timer WHERE team = ? AND incident = ? AND owner = ? AND name = ?";
            let (team, owner) = (at.team.as_str(), at.owner.as_str());
            run(db, sql, params![team, place(at.incident), owner, name])?;
            events::drop_open(db, &at.team, &named(at, name))?;
        }
        TimerChange::Drop { team, incident } => {
            let sql = "DELETE FROM timer WHERE team = ? AND incident = ?";
            run(db, sql, params![team.as_str(), incident])?;
            events::drop_open(db, team, &format!("timer/{incident}/"))?;
        }
    }
    Ok(())
}

/// Each is gone when its event is there, so none fires twice.
pub(super) fn fire(db: &Connection, now: Moment) -> Result<Vec<Event>, StoreError> {
    let sql = "SELECT team, incident, owner, name, due FROM timer WHERE due <= ?
               ORDER BY due, team, incident, owner, name";
    let due = all(db, sql, [ms(now)], read)?;
    run(db, "DELETE FROM timer WHERE due <= ?", [ms(now)])?;
    let mut fired = Vec::new();
    for timer in due {
        let event = event(timer, now);
        if events::insert(db, &event, now)? {
            fired.push(event);
        }
    }
    Ok(fired)
}

fn event(timer: Timer, now: Moment) -> Event {
    let Timer {
        place: at,
        name,
        due,
    } = timer;
    Event {
        id: format!("{}{}", named(&at, &name), due.0),
        team: at.team,
        at: now,
        by: None,
        incident: at.incident,
        chain: 0,
        lineage: None,
        what: What::Timer {
            owner: at.owner,
            name,
            due,
        },
    }
}

/// How the ids of a timer's events begin.
fn named(at: &StatePlace, name: &str) -> String {
    format!("timer/{}/{}/{name}/", place(at.incident), at.owner)
}

fn read(row: &Row<'_>) -> Result<Timer, StoreError> {
    Ok(Timer {
        place: StatePlace {
            team: row.get::<_, String>("team")?.into(),
            owner: row.get::<_, String>("owner")?.into(),
            incident: incident(row.get("incident")?),
        },
        name: row.get("name")?,
        due: moment(row.get("due")?),
    })
}
