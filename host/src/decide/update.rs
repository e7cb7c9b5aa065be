//! `update` (S11): what is to be known about the situation. It is posted in the room; the step that
//! announced the incident passes it on.

use iris_kit::blocks::{button, to_json};
use serde_json::json;

use super::{
    answers::Answers,
    asked::Asked,
    command::open,
    known::{Decision, Route},
    say,
    vocabulary::CoreWord,
};
use crate::{
    clock::Moment,
    effect::{Place, Wish},
    event::Pressed,
    incident::{Change, Entry, Incident, NewEntry},
};

/// What an entry may hold, in characters.
const KEPT: usize = 4000;

/// Without text the form.
pub(super) fn typed(asked: &Asked<'_>, incident: &Incident, rest: &str) -> Decision {
    let text = asked.plain(rest);
    if text.trim().is_empty() {
        return form(asked, incident);
    }
    append(asked, incident, &text, None)
}

pub(super) fn form(asked: &Asked<'_>, incident: &Incident) -> Decision {
    let again =
        button("core:update", &asked.say("core-word-open")).value(incident.number.to_string());
    let view = say::forms::update(asked, incident, "", every(asked, incident));
    open(asked, "update", &view, (CoreWord::Update, again))
}

/// A line that was typed in the room and became a title: it is an update, and nothing is lost.
pub(super) fn instead_of_declaring(
    asked: &Asked<'_>,
    incident: &Incident,
    pressed: &Pressed,
) -> Decision {
    let view = say::forms::update(asked, incident, &filled(pressed), every(asked, incident));
    let form = "update".to_owned();
    Decision::of(Wish::NextForm {
        form,
        view: to_json(&view),
        memo: String::new(),
    })
}

pub(super) fn note_instead_of_declaring(asked: &Asked<'_>, pressed: &Pressed) -> Decision {
    let view = to_json(&say::forms::note(asked, &filled(pressed)));
    Decision::of(Wish::NextForm {
        form: "note".to_owned(),
        view,
        memo: String::new(),
    })
}

/// What stands in the form of a declaration, as one text.
fn filled(pressed: &Pressed) -> String {
    let answers = Answers(&pressed.answers);
    let title = answers.one("title").unwrap_or_default();
    match answers.one("what") {
        // A long line stands there whole, and cut in the title.
        Some(what) if what.starts_with(title.trim_end_matches('…')) => what.to_owned(),
        Some(what) => format!("{title}\n{what}"),
        None => title.to_owned(),
    }
}

pub(super) fn submitted(asked: &Asked<'_>, incident: &Incident, answers: Answers<'_>) -> Decision {
    match answers.one("text") {
        Some(text) => {
            let next = answers.one("next").and_then(|next| next.parse().ok());
            append(asked, incident, text, next)
        }
        None => Decision::refuse("text", asked.say("core-update-error")),
    }
}

/// `next`: minutes until the next one, as chosen; 0 for no reminder.
fn append(asked: &Asked<'_>, incident: &Incident, text: &str, next: Option<u32>) -> Decision {
    // Written down, so that all who pass the update on say the same.
    let next = next.or_else(|| every(asked, incident));
    let entry = NewEntry {
        kind: "update".to_owned(),
        text: text.trim().chars().take(KEPT).collect(),
        data: next.map(|next| json!({ "next": next })),
        ..NewEntry::default()
    };
    Decision::of(Wish::Change(Change::Append { entry }))
}

/// An update was written down, by whomever: it is posted under the name `update-{seq}`.
pub(super) fn added(asked: &Asked<'_>, entry: &Entry) -> Decision {
    let decision = Decision::route(Route::All);
    let Some(incident) = asked.known.incident else {
        return decision;
    };
    let chosen = entry.data.as_ref().and_then(|data| data["next"].as_u64());
    let minutes = chosen
        .or_else(|| every(asked, incident).map(u64::from))
        .filter(|m| *m > 0);
    let next = minutes.map(|minutes| Moment(entry.at.0.saturating_add(minutes * 60_000)));
    let content = say::update(asked, incident, entry, next);
    let name = format!("update-{}", entry.seq);
    decision.and(Wish::Post {
        name,
        place: Place::Room,
        content,
    })
}

/// How often an update is expected, in minutes: the setting `update_every` of the step that
/// reminds of it. `None` where nobody reminds.
fn every(asked: &Asked<'_>, incident: &Incident) -> Option<u32> {
    if !asked.has_step("guide") {
        return None;
    }
    let team = asked.known.team;
    let severity = incident.severity.as_deref();
    let used = team.steps.iter().find(|step| step.name == "guide");
    let setting = used.and_then(|step| {
        let minutes = step.config["update_every"][severity.unwrap_or("unsure")].as_u64()?;
        u32::try_from(minutes).ok()
    });
    let grave = severity.is_none_or(|id| team.rank(id).is_none_or(|rank| rank == 0));
    Some(setting.unwrap_or(if grave { 30 } else { 60 }))
}
