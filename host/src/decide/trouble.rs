//! S20: what could not be done, and who hears of it: the person who can act, else the room, once.
//! What its declarer sees of a room that does not come is in [`super::progress`].

use std::time::Duration;

use iris_kit::{args, blocks::button, time::names};
use serde_json::json;

use super::{
    asked::Asked,
    command::reply,
    failures,
    known::{Decision, Route, WithheldStep},
    line::{normalise, split},
    say,
};
use crate::{
    clock::Moment,
    effect::{Content, Place, Wish},
    event::WishFailed,
    incident::Incident,
};

/// A silence of Slack's that people hear of.
const LONG: Duration = Duration::from_mins(2);

/// A form that came too late for Slack: its button opens it as it was.
pub(super) fn expired(asked: &Asked<'_>, failed: &WishFailed, decision: Decision) -> Decision {
    let number = asked
        .known
        .incident
        .map_or_else(|| "form".to_owned(), |incident| incident.number.to_string());
    let action = format!("core:{}{}", FORM_AGAIN, failed.effect);
    let again = button(action, &asked.say("core-word-open"))
        .value(number)
        .primary();
    let content = say::sentence_with(asked, "trigger-expired", &[], vec![again]);
    decision.and(Wish::Reply { content })
}

/// The button of [`expired`]: the effect's key follows.
pub(super) const FORM_AGAIN: &str = "form.again:";

pub(super) fn form_again(asked: &Asked<'_>) -> Option<Decision> {
    let view = asked.known.form?.to_owned();
    Some(Decision::of(Wish::ReopenForm { view }))
}

/// Iris lacks a permission in Slack: who acted is told, once for each permission and incident.
/// What says so itself is left out: the room, its head, a receipt, an announcement.
pub(super) fn lacking(asked: &Asked<'_>, failed: &WishFailed, decision: Decision) -> Decision {
    let Some(scope) = failed.trouble.scope.as_deref() else {
        return decision;
    };
    let told_otherwise = matches!(
        failed.wish.as_str(),
        "room.open"
            | "room.topic"
            | "room.bookmark"
            | "messages.pin"
            | "messages.react"
            | "messages.unreact"
            | "messages.reply"
            | "messages.reply-instead"
            | "messages.whisper"
            | "core.update-view"
    ) || failed.name.as_deref() == Some("announcement");
    let key = format!("lacks:{scope}");
    if told_otherwise || asked.event.by.is_none() || (asked.known.memory)(&key).is_some() {
        return decision;
    }
    let content = say::sentence(
        asked,
        "scope",
        args![
            scope = failures::scopes(asked, scope),
            what = failures::what_done(asked, &failed.wish)
        ],
    );
    let decision = decision.and(Wish::Reply { content });
    if asked.known.incident.is_some() {
        decision.keep(&key, &json!(true))
    } else {
        decision
    }
}

/// A step that is not used, as its line in the team's file does not allow what it asks for.
pub(super) fn withheld(asked: &Asked<'_>, step: &WithheldStep) -> Content {
    let what = step.missing.iter().map(|(list, name)| {
        // What is allowed by its own name needs no list.
        let kind = if *list == "wishes" { name } else { *list };
        asked.texts.say("what-allowed", args![kind, name])
    });
    let what = names(asked.locale(), &what.collect::<Vec<_>>());
    let args = args![step = step.name.as_str(), what];
    say::sentence(asked, "step-refused", args)
}

/// Whose button or shortcut it is, when that step is not used.
pub(super) fn withheld_owner(asked: &Asked<'_>, owner: &str) -> Option<Decision> {
    let mut steps = asked.known.withheld.iter();
    let step = steps.find(|step| step.name.as_str() == owner)?;
    Some(reply(withheld(asked, step)))
}

/// Whose word a line begins with, when that step is not used.
pub(super) fn withheld_word(asked: &Asked<'_>, line: &str) -> Option<Decision> {
    let token = normalise(split(line).0);
    let mut steps = asked.known.withheld.iter();
    let step = steps.find(|step| step.words.contains(&token))?;
    Some(reply(withheld(asked, step)))
}

/// Slack answers again. Nobody needs to hear of a short silence.
pub(super) fn caught_up(asked: &Asked<'_>, since: Moment) -> Decision {
    let now = asked.known.now;
    let long = now.since(since) > LONG;
    let Some(incident) = asked.known.incident.filter(|_| long) else {
        return Decision::route(Route::Nobody);
    };
    let args = args![from = asked.time(since), to = asked.time(now)];
    let content = marked(asked, incident, say::sentence(asked, "slack-late", args));
    Decision::of(Wish::Say {
        place: Place::Room,
        content,
    })
}

/// A drill's notifications say so.
fn marked(asked: &Asked<'_>, incident: &Incident, mut content: Content) -> Content {
    content
        .text
        .insert_str(0, &asked.brief(incident).mark(asked.texts));
    content
}
