//! `effect`: what is to be done in the world outside, and how far that is.

use rusqlite::{Connection, Row, named_params, params};

use super::{
    events::before,
    gates,
    row::{all, from_json, moment, ms, one, run, to_json},
};
use crate::{
    clock::Moment,
    effect::{Effect, State},
    ids::{Number, TeamId},
    store::{Called, Settlement, StoreError, TIDY_LIMIT},
};

const COLUMNS: &str = "SELECT state, detail, attempts, not_before, json FROM effect";

/// As the index of open effects has it.
const OPEN: &str = "state IN ('planned', 'sending', 'unknown')";

/// `event`: the one that wished it.
pub(super) fn plan(
    db: &Connection,
    effect: &Effect,
    event: Option<&str>,
) -> Result<(), StoreError> {
    run(
        db,
        r#"INSERT INTO effect (team, key, incident, owner, method, slot, "order", planned_at,
               state, detail, attempts, not_before, event, json)
           VALUES (:team, :key, :incident, :owner, :method, :slot, :order, :planned_at,
               :state, :detail, :attempts, :not_before, :event, :json)"#,
        named_params! {
            ":team": effect.team.as_str(),
            ":key": effect.key,
            ":incident": effect.incident,
            ":owner": effect.owner.as_str(),
            ":method": effect.act.method(),
            ":slot": effect.slot,
            ":order": effect.order,
            ":planned_at": ms(effect.planned_at),
            ":state": effect.state.as_str(),
            ":detail": detail(&effect.state)?,
            ":attempts": effect.attempts,
            ":not_before": ms(effect.not_before),
            ":event": event,
            ":json": to_json(effect)?,
        },
    )
    .map(drop)
}

pub(super) fn supersede(db: &Connection, team: &TeamId, key: &str) -> Result<(), StoreError> {
    let sql = "UPDATE effect SET state = 'superseded', detail = NULL
               WHERE team = ? AND key = ? AND state = 'planned'";
    run(db, sql, [team.as_str(), key]).map(drop)
}

/// False when it was superseded or settled, or is being sent.
pub(super) fn sending(db: &Connection, key: &str, call: &Called) -> Result<bool, StoreError> {
    let sql = "UPDATE effect SET state = 'sending', detail = NULL
               WHERE team = ? AND key = ? AND state IN ('planned', 'unknown')";
    let sent = run(db, sql, [call.team.as_str(), key])? > 0;
    if sent {
        gates::call(db, call)?;
    }
    Ok(sent)
}

pub(super) fn settle(db: &Connection, came: &Settlement) -> Result<(), StoreError> {
    let changed = run(
        db,
        "UPDATE effect SET state = :state, detail = :detail, attempts = :attempts,
             not_before = :not_before
         WHERE team = :team AND key = :key",
        named_params! {
            ":team": came.team.as_str(),
            ":key": came.key,
            ":state": came.state.as_str(),
            ":detail": detail(&came.state)?,
            ":attempts": came.attempts,
            ":not_before": ms(came.not_before),
        },
    )?;
    if changed == 0 {
        return Err(StoreError::Damaged(format!(
            "there is no effect {}",
            came.key
        )));
    }
    Ok(())
}

/// After a start nobody knows what became of what was being sent.
pub(super) fn unsettled(db: &Connection) -> Result<Vec<Effect>, StoreError> {
    let lost = format!("UPDATE effect SET state = 'unknown' WHERE {OPEN} AND state = 'sending'");
    run(db, &lost, [])?;
    all(
        db,
        &format!("{COLUMNS} WHERE {OPEN} ORDER BY seq"),
        [],
        read,
    )
}

/// What this event wished, in the order planned.
pub(super) fn of_event(
    db: &Connection,
    team: &TeamId,
    event: &str,
) -> Result<Vec<Effect>, StoreError> {
    let sql = format!("{COLUMNS} WHERE team = ? AND event = ? ORDER BY seq");
    all(db, &sql, [team.as_str(), event], read)
}

/// What an operator may look at: what is parked, and with `open` what is not settled yet.
pub(super) fn waiting(
    db: &Connection,
    team: Option<&TeamId>,
    open: bool,
) -> Result<Vec<Effect>, StoreError> {
    let open = if open { OPEN } else { "FALSE" };
    // Each by its own index: joined by OR, all effects would be looked at.
    let sql = format!(
        "{COLUMNS} WHERE seq IN (SELECT seq FROM effect WHERE state = 'parked'
                                 UNION ALL SELECT seq FROM effect WHERE {open})
           AND (?1 IS NULL OR team = ?1) ORDER BY seq"
    );
    all(db, &sql, [team.map(TeamId::as_str)], read)
}

pub(super) fn is_parked(db: &Connection, team: &TeamId, key: &str) -> Result<bool, StoreError> {
    let sql = "SELECT state = 'parked' FROM effect WHERE team = ? AND key = ?";
    let parked = one(db, sql, [team.as_str(), key], |row| Ok(row.get(0)?))?;
    Ok(parked.unwrap_or_default())
}

/// Nobody knows what became of anything that is open.
pub(super) fn doubt(db: &Connection) -> Result<usize, StoreError> {
    let sql = format!("UPDATE effect SET state = 'unknown', detail = NULL WHERE {OPEN}");
    run(db, &sql, [])
}

pub(super) fn of_incident(
    db: &Connection,
    team: &TeamId,
    incident: Number,
) -> Result<Vec<Effect>, StoreError> {
    let sql = format!("{COLUMNS} WHERE team = ? AND incident = ? ORDER BY seq");
    all(db, &sql, params![team.as_str(), incident], read)
}

pub(super) fn get(db: &Connection, team: &TeamId, key: &str) -> Result<Option<Effect>, StoreError> {
    one(
        db,
        &format!("{COLUMNS} WHERE team = ? AND key = ?"),
        [team.as_str(), key],
        read,
    )
}

/// Drops what was done for no incident, such as somebody's App Home.
pub(super) fn tidy(db: &Connection, now: Moment) -> Result<usize, StoreError> {
    run(
        db,
        "DELETE FROM effect WHERE seq IN (
             SELECT seq FROM effect
             WHERE incident IS NULL AND state IN ('applied', 'refused', 'superseded')
               AND planned_at < ? LIMIT ?)",
        params![ms(before(now)), TIDY_LIMIT],
    )
}

fn read(row: &Row<'_>) -> Result<Effect, StoreError> {
    let mut effect: Effect = from_json(row, "json", "an effect")?;
    effect.state = state(row)?;
    effect.attempts = row.get("attempts")?;
    effect.not_before = moment(row.get("not_before")?);
    Ok(effect)
}

/// What a state says beyond its name.
fn detail(state: &State) -> Result<Option<String>, StoreError> {
    match state {
        State::Planned | State::Sending | State::Unknown | State::Superseded => Ok(None),
        State::Applied { answer } => to_json(answer).map(Some),
        State::Refused { code } => Ok(Some(code.clone())),
        State::Parked { why } => Ok(Some(why.clone())),
    }
}

fn state(row: &Row<'_>) -> Result<State, StoreError> {
    let name: String = row.get("state")?;
    match name.as_str() {
        "planned" => Ok(State::Planned),
        "sending" => Ok(State::Sending),
        "unknown" => Ok(State::Unknown),
        "superseded" => Ok(State::Superseded),
        "applied" => Ok(State::Applied {
            answer: from_json(row, "detail", "an answer")?,
        }),
        "refused" => Ok(State::Refused {
            code: row.get("detail")?,
        }),
        "parked" => Ok(State::Parked {
            why: row.get("detail")?,
        }),
        other => Err(StoreError::Damaged(format!("no effect can be `{other}`"))),
    }
}
