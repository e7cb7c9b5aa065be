//! Who took part: declared, held a role, wrote, added or finished a todo, or was invited by hand.

use std::collections::BTreeSet;

use iris_step::facts::{self, Card, Entry};
use iris_step::{Failure, Scope, state};
use serde::Deserialize;

/// Before the id of somebody who wrote in the room.
const WROTE: &str = "wrote:";

/// Somebody wrote in the room.
pub(crate) fn wrote(user: &str) -> Result<(), Failure> {
    let key = format!("{WROTE}{user}");
    if !user.is_empty() && state::get::<bool>(Scope::Incident, &key)?.is_none() {
        state::put(Scope::Incident, &key, &true)?;
    }
    Ok(())
}

/// Each once, bots and people who left excepted.
pub(crate) fn took_part(card: &Card) -> BTreeSet<String> {
    let mut people: BTreeSet<String> = card
        .incident
        .roles
        .iter()
        .map(|held| held.user.clone())
        .collect();
    people.insert(card.incident.declared_by.clone());
    people.extend(facts::entries().into_iter().filter_map(of));
    let wrote = state::keys(Scope::Incident, WROTE);
    people.extend(wrote.iter().map(|key| key[WROTE.len()..].to_owned()));
    people.retain(|user| {
        let gone = |person: facts::Person| person.deactivated || person.bot;
        !user.is_empty() && !facts::person(user).is_some_and(gone)
    });
    people
}

fn of(entry: Entry) -> Option<String> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Data {
        now: Option<String>,
        user: Option<String>,
        how: String,
    }
    let data = || serde_json::from_str::<Data>(entry.data.as_deref()?).ok();
    match entry.kind.as_str() {
        "role" => data()?.now,
        // Somebody wanted them there; who looked in by themselves is asked once they write.
        "person" => data().filter(|data| data.how == "invited")?.user,
        "declared" | "update" | "note" | "message" | "todo" | "severity" | "status" => entry.by,
        _ => None,
    }
}
