//! What handling an event, or sending an effect, came to: many rows, all or none.

use rusqlite::Connection;

use super::{audit, effects, events, incidents, resources, state, timers, words};
use crate::{
    clock::Moment,
    event::Event,
    ids::TeamId,
    store::{Commit, CommitError, Settlement, StoreError, TimerChange},
};

pub(super) fn commit(db: &Connection, commit: &Commit, now: Moment) -> Result<(), CommitError> {
    let Some(team) = &commit.team else {
        return Err(StoreError::Damaged("a commit names no team".to_owned()).into());
    };
    one_team(team, &teams_of(commit))?;
    for read in &commit.reads {
        if !state::holds(db, read)? {
            let key = format!("{}/{}", read.place, read.key);
            return Err(CommitError::Conflict { key });
        }
    }
    if let Some(incident) = &commit.incident {
        incidents::put(db, team, incident)?;
        for entry in &commit.entries {
            if !incidents::append(db, team, incident.number, entry)? {
                let key = format!("{team}/{}/entry {}", incident.number, entry.seq);
                return Err(CommitError::Conflict { key });
            }
        }
    } else if !commit.entries.is_empty() {
        let why = "a commit has entries without their incident";
        return Err(StoreError::Damaged(why.to_owned()).into());
    }
    caused(db, &commit.events, now)?;
    handled(db, team, commit)?;
    for key in &commit.superseded {
        effects::supersede(db, team, key)?;
    }
    for effect in &commit.effects {
        effects::plan(db, effect, commit.event())?;
    }
    for write in &commit.writes {
        state::write(db, write)?;
    }
    for change in &commit.timers {
        timers::change(db, change)?;
    }
    audit::append(db, &commit.deeds)?;
    Ok(())
}

pub(super) fn settle(
    db: &Connection,
    settlement: &Settlement,
    now: Moment,
) -> Result<(), StoreError> {
    let deeds = settlement.deeds.iter().map(|deed| &deed.team);
    let resources = settlement.resources.iter().map(|resource| &resource.team);
    let events = settlement.events.iter().map(|event| &event.team);
    one_team(
        &settlement.team,
        &resources.chain(events).chain(deeds).collect::<Vec<_>>(),
    )?;
    effects::settle(db, settlement)?;
    for resource in &settlement.resources {
        resources::put(db, resource)?;
    }
    for (incident, owner, name) in &settlement.forgotten {
        resources::forget(db, &settlement.team, *incident, owner, name)?;
    }
    audit::append(db, &settlement.deeds)?;
    caused(db, &settlement.events, now)
}

/// False when it is not parked, and then nothing is changed.
pub(super) fn overrule(
    db: &Connection,
    settlement: &Settlement,
    now: Moment,
) -> Result<bool, StoreError> {
    if !effects::is_parked(db, &settlement.team, &settlement.key)? {
        return Ok(false);
    }
    settle(db, settlement, now)?;
    words::say(db, settlement)?;
    Ok(true)
}

/// How far the event is that was handled.
fn handled(db: &Connection, team: &TeamId, commit: &Commit) -> Result<(), StoreError> {
    for call in &commit.calls {
        events::put_call(db, team, call)?;
    }
    if let Some((event, incident)) = &commit.belongs {
        events::belongs(db, team, event, *incident)?;
    }
    if let Some(event) = &commit.done {
        events::finish(db, team, event, commit.answer.as_deref())?;
    }
    Ok(())
}

/// Known already is no failure: the same cause has the same effect.
fn caused(db: &Connection, caused: &[Event], now: Moment) -> Result<(), StoreError> {
    for event in caused {
        events::insert(db, event, now)?;
    }
    Ok(())
}

/// The teams that the parts of a commit name.
fn teams_of(commit: &Commit) -> Vec<&TeamId> {
    let effects = commit.effects.iter().map(|effect| &effect.team);
    let reads = commit.reads.iter().map(|read| &read.place.team);
    let writes = commit.writes.iter().map(|write| &write.place.team);
    let events = commit.events.iter().map(|event| &event.team);
    let deeds = commit.deeds.iter().map(|deed| &deed.team);
    let timers = commit.timers.iter().map(|change| match change {
        TimerChange::Set(timer) => &timer.place.team,
        TimerChange::Cancel { place, .. } => &place.team,
        TimerChange::Drop { team, .. } => team,
    });
    effects
        .chain(reads)
        .chain(writes)
        .chain(events)
        .chain(deeds)
        .chain(timers)
        .collect()
}

/// Nothing reaches another team.
pub(super) fn one_team(team: &TeamId, named: &[&TeamId]) -> Result<(), StoreError> {
    match named.iter().find(|other| **other != team) {
        None => Ok(()),
        Some(other) => Err(StoreError::Damaged(format!(
            "what is {team}'s reaches for {other}'s"
        ))),
    }
}
