//! `close` (S14): all is settled. The room stays.

use iris_kit::{
    args,
    blocks::{button, context, mrkdwn},
    rich::{RichText, text},
    words::inc,
};

use super::{
    asked::Asked,
    command::reply,
    known::{Decision, Route},
    resolve, say,
};
use crate::{
    effect::{Place, Wish},
    incident::{Change, Incident, Status},
};

/// At once, open todos or not; an ongoing incident cannot be closed.
pub(super) fn close(asked: &Asked<'_>, incident: &Incident) -> Decision {
    match incident.status {
        Status::Resolved => {
            let change = Change::Status {
                status: Status::Closed,
                note: String::new(),
            };
            Decision::of(Wish::Change(change))
        }
        Status::Closed => reply(say::closed(asked, incident, "")),
        Status::Declared => {
            let number = incident.number.to_string();
            let resolve = button("core:resolve", &asked.say("core-resolve-title")).value(number);
            let args = args![inc = inc(incident.number)];
            reply(say::sentence_with(
                asked,
                "core-close-ongoing",
                args,
                vec![resolve],
            ))
        }
    }
}

/// The room is told.
pub(super) fn closed(asked: &Asked<'_>) -> Decision {
    let decision = Decision::route(Route::All);
    let Some(incident) = asked.known.incident else {
        return decision;
    };
    let args = args![inc = inc(incident.number), who = asked.by()];
    let mut said = asked.texts.parts("core-close-line", args);
    if incident.drill {
        said.insert(0, text("🧯 "));
    }
    let mark = asked.brief(incident).mark(asked.texts);
    let fallback = format!("{mark}{}", asked.texts.mrkdwn("core-close-line", args));
    let content = say::content(
        &fallback,
        &[
            RichText::new("say").section(said).into(),
            context("stays", [mrkdwn(asked.say("core-close-context"))]),
        ],
    );
    resolve::redraw(asked, incident, decision).and(Wish::Say {
        place: Place::Room,
        content,
    })
}
