//! Reminders: one timer for the team, one record for each person, one message for all their todos.

mod when;
mod person;
mod dm;

pub(crate) use person::Outcome;

use iris_step::{Failure, Place, Scope, messages, state, timers};

use crate::case::Case;
use crate::desk::HORIZON;
use crate::scene::Scene;
use crate::todo::Todo;
use dm::dm;
use person::Person;

/// The name of the timer.
pub(crate) const TIMER: &str = "remind";
/// When it fires, also kept in the state: there two incidents cannot set it past each other.
const WAKE: &str = "wake";
const PREFIX: &str = "person:";
/// How many people are told at once; the others a moment later.
const AT_ONCE: usize = 50;

/// Notes a todo as it is now, and that it is no longer of `before`, who had it.
pub(crate) fn keep(
    scene: &Scene,
    case: &Case,
    before: Option<&str>,
    todo: &Todo,
) -> Result<(), Failure> {
    if let Some(user) = before.filter(|user| Some(*user) != todo.owner.as_deref()) {
        let mut person = load(user)?;
        if person.forget(case.number, todo.n).is_some() {
            save(user, &person)?;
        }
    }
    let Some(user) = &todo.owner else {
        return Ok(());
    };
    let mut person = load(user)?;
    let known = person.clone();
    person.keep(scene, case, todo);
    if person == known {
        return Ok(());
    }
    save(user, &person)?;
    match person.wake(scene.now, scene.clock) {
        Some(wake) => wake_by(scene, wake),
        None => Ok(()),
    }
}

/// The timer fired: tells everybody whose turn it is, and sets it again.
pub(crate) fn fire(scene: &Scene) -> Result<(), Failure> {
    let mut told = 0;
    let mut next: Option<u64> = None;
    for key in state::keys(Scope::Team, PREFIX) {
        let mut person: Person = state::get(Scope::Team, &key)?.unwrap_or_default();
        let user = &key[PREFIX.len()..];
        let known = person.clone();
        if told < AT_ONCE
            && let Some(sent) = person.fire(scene.now, scene.clock)
        {
            messages::say(Place::Person(user.to_owned()), dm(scene, &sent))?;
            told += 1;
        }
        if person != known {
            save(user, &person)?;
        }
        let wake = person.wake(scene.now, scene.clock);
        next = next.into_iter().chain(wake).min();
    }
    state::remove(Scope::Team, WAKE);
    next.map_or(Ok(()), |wake| wake_by(scene, wake))
}

/// A button in such a message was pressed: draws it again, if it is one of the latest.
pub(crate) fn settle(
    scene: &Scene,
    user: &str,
    sent_at: u64,
    todo: (u32, u32),
    outcome: Outcome,
) -> Result<(), Failure> {
    let mut person = load(user)?;
    if let Some(sent) = person.settle(sent_at, todo, outcome) {
        messages::reply_instead(dm(scene, sent))?;
        save(user, &person)?;
    }
    Ok(())
}

/// Sets the timer, unless it fires earlier anyway.
fn wake_by(scene: &Scene, wake: u64) -> Result<(), Failure> {
    const SOON: u64 = 1000;
    let wake = wake.clamp(scene.now + SOON, scene.now + HORIZON);
    let set: Option<u64> = state::get(Scope::Team, WAKE)?;
    if set.is_none_or(|set| wake < set || set <= scene.now) {
        state::put(Scope::Team, WAKE, &wake)?;
        timers::at(Scope::Team, TIMER, wake)?;
    }
    Ok(())
}

fn load(user: &str) -> Result<Person, Failure> {
    Ok(state::get(Scope::Team, &key(user))?.unwrap_or_default())
}

fn save(user: &str, person: &Person) -> Result<(), Failure> {
    if person.is_empty() {
        state::remove(Scope::Team, &key(user));
    } else {
        state::put(Scope::Team, &key(user), person)?;
    }
    Ok(())
}

fn key(user: &str) -> String {
    format!("{PREFIX}{user}")
}
