//! What of a commit goes into the audit: who changed the incident, which step was set aside, which
//! wished what it was not granted, and what the steps that a team brought may do from here on.

use serde_json::{Value, json};

use crate::{
    clock::Moment,
    event::Event,
    ids::{Number, Owner},
    incident::Entry,
    store::{
        CallRow, CallState,
        audit::{Deed, Who},
    },
};

/// The kind of deed that says what a team's own steps may do.
pub(super) const GRANTED: &str = "steps.granted";

/// From this event on, these steps may do this: all of them, those that are gone left out.
pub(super) fn granted(event: &Event, now: Moment, steps: Value) -> Deed {
    Deed {
        team: event.team.clone(),
        at: now,
        who: Who::iris(),
        what: GRANTED.to_owned(),
        incident: None,
        subject: "the team's file".to_owned(),
        detail: steps,
    }
}

/// Entries say who; what people wrote stays in them and is not repeated.
pub(super) fn of(
    event: &Event,
    now: Moment,
    incident: Option<Number>,
    (entries, calls): (&[Entry], &[CallRow]),
    ungranted: &[(Owner, String)],
) -> Vec<Deed> {
    let deed = |who: Who, what: String, subject: String, detail: Value| Deed {
        team: event.team.clone(),
        at: now,
        who,
        what,
        incident,
        subject,
        detail,
    };
    let changes = entries.iter().map(|entry| {
        let who = entry
            .by
            .as_ref()
            .map_or_else(|| Who::owner(&entry.owner), Who::person);
        let what = format!("incident.{}", entry.kind);
        // Of the core's own entries the data are ids; a step may put anything there.
        let ids = entry.owner.is_core() && entry.kind != "title";
        let detail = entry.data.clone().filter(|_| ids);
        let subject = format!("entry {}", entry.seq);
        deed(who, what, subject, detail.unwrap_or(Value::Null))
    });
    let failures = calls.iter().filter_map(|call| {
        let CallState::SetAside { .. } = &call.state else {
            return None;
        };
        let detail = json!({ "event": call.event, "attempts": call.attempts });
        let subject = call.step.to_string();
        Some(deed(
            Who::iris(),
            "step.set-aside".to_owned(),
            subject,
            detail,
        ))
    });
    let refusals = ungranted.iter().map(|(step, code)| {
        let detail = json!({ "event": event.id, "lacks": code });
        let what = "step.ungranted".to_owned();
        deed(Who::owner(step), what, step.to_string(), detail)
    });
    changes.chain(failures).chain(refusals).collect()
}
