//! `resolve` (S14): it works again.

use iris_kit::{args, blocks::button, words::inc};

use super::{
    answers::Answers,
    asked::{Asked, mention},
    command::{open, reply},
    known::{Decision, Route},
    say,
    vocabulary::CoreWord,
};
use crate::{
    effect::{Place, Wish},
    incident::{Change, Incident, Status},
};

/// Acts at once: it can be undone by reopening.
pub(super) fn typed(asked: &Asked<'_>, incident: &Incident, rest: &str) -> Decision {
    resolve(asked, incident, asked.plain(rest).trim())
}

pub(super) fn form(asked: &Asked<'_>, incident: &Incident) -> Decision {
    if incident.status != Status::Declared {
        return already(asked, incident);
    }
    let again =
        button("core:resolve", &asked.say("core-word-open")).value(incident.number.to_string());
    open(
        asked,
        "resolve",
        &say::forms::resolve(asked, incident),
        (CoreWord::Resolve, again),
    )
}

pub(super) fn submitted(asked: &Asked<'_>, incident: &Incident, answers: Answers<'_>) -> Decision {
    resolve(asked, incident, answers.one("text").unwrap_or_default())
}

fn resolve(asked: &Asked<'_>, incident: &Incident, note: &str) -> Decision {
    if incident.status != Status::Declared {
        return already(asked, incident);
    }
    let change = Change::Status {
        status: Status::Resolved,
        note: note.to_owned(),
    };
    Decision::of(Wish::Change(change))
}

fn already(asked: &Asked<'_>, incident: &Incident) -> Decision {
    let at = incident
        .entered(Status::Resolved)
        .unwrap_or(incident.since());
    let by = asked.entered(Status::Resolved).and_then(|entry| entry.by);
    let who = by.map_or_else(|| mention(None), |by| asked.who(&by));
    let args = args![inc = inc(incident.number), who, time = asked.time(at)];
    reply(say::sentence(asked, "core-resolve-already", args))
}

/// The room is told.
pub(super) fn resolved(asked: &Asked<'_>) -> Decision {
    let decision = Decision::route(Route::All);
    let Some(incident) = asked.known.incident else {
        return decision;
    };
    match (name(incident), say::resolved(asked, incident)) {
        (Some(name), Some(content)) => decision.and(Wish::Post {
            name,
            place: Place::Room,
            content,
        }),
        _ => decision,
    }
}

/// Something changed that the message about a resolved incident shows.
pub(super) fn redrawn(asked: &Asked<'_>) -> Decision {
    let decision = Decision::route(Route::All);
    match asked
        .known
        .incident
        .filter(|incident| incident.status == Status::Resolved)
    {
        Some(incident) => redraw(asked, incident, decision),
        None => decision,
    }
}

/// The message as it stands after the status changed.
pub(super) fn redraw(asked: &Asked<'_>, incident: &Incident, decision: Decision) -> Decision {
    match (name(incident), say::resolved(asked, incident)) {
        (Some(name), Some(content)) => decision.and(Wish::Update { name, content }),
        _ => decision,
    }
}

/// Each time an incident is resolved, there is a new message.
fn name(incident: &Incident) -> Option<String> {
    let times = incident
        .times
        .iter()
        .filter(|m| m.status == Status::Resolved)
        .count();
    (times > 0).then(|| format!("resolved-{times}"))
}
