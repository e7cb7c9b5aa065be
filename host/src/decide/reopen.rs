//! `reopen` (S14): it is not over, after all.

use iris_kit::{args, blocks::button, words::inc};

use super::{
    answers::Answers,
    asked::Asked,
    command::{open, reply},
    known::{Decision, Route},
    resolve, say,
    vocabulary::CoreWord,
};
use crate::{
    effect::{Place, Wish},
    incident::{Change, Incident, Status},
};

/// Without a reason the form.
pub(super) fn typed(asked: &Asked<'_>, incident: &Incident, rest: &str) -> Decision {
    let why = asked.plain(rest);
    if why.trim().is_empty() {
        return form(asked, incident);
    }
    reopen(asked, incident, why.trim())
}

pub(super) fn form(asked: &Asked<'_>, incident: &Incident) -> Decision {
    if incident.status == Status::Declared {
        return ongoing(asked, incident);
    }
    let again =
        button("core:reopen", &asked.say("core-word-open")).value(incident.number.to_string());
    open(
        asked,
        "reopen",
        &say::forms::reopen(asked),
        (CoreWord::Reopen, again),
    )
}

pub(super) fn submitted(asked: &Asked<'_>, incident: &Incident, answers: Answers<'_>) -> Decision {
    match answers.one("why") {
        Some(why) => reopen(asked, incident, why),
        None => Decision::refuse("why", asked.say("core-reopen-error")),
    }
}

fn reopen(asked: &Asked<'_>, incident: &Incident, why: &str) -> Decision {
    if incident.status == Status::Declared {
        return ongoing(asked, incident);
    }
    let change = Change::Status {
        status: Status::Declared,
        note: why.to_owned(),
    };
    Decision::of(Wish::Change(change))
}

fn ongoing(asked: &Asked<'_>, incident: &Incident) -> Decision {
    reply(say::sentence(
        asked,
        "core-reopen-not",
        args![inc = inc(incident.number)],
    ))
}

/// The room is told; the message that said it was over changes.
pub(super) fn reopened(asked: &Asked<'_>, why: &str) -> Decision {
    let decision = Decision::route(Route::All);
    let Some(incident) = asked.known.incident else {
        return decision;
    };
    let args = args![inc = inc(incident.number), who = asked.by()];
    let said = asked.texts.parts("core-reopen-line", args);
    let fallback = asked.texts.mrkdwn("core-reopen-line", args);
    let content = say::line(asked, incident, said, why, &fallback);
    resolve::redraw(asked, incident, decision).and(Wish::Say {
        place: Place::Room,
        content,
    })
}
