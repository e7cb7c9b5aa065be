//! S20: sentences about what could not be done. One sentence what, one sentence what now. The
//! public ones the main loop says where it meets the trouble; the core's own are chosen in
//! [`super::trouble`] and [`super::progress`].

use iris_kit::{
    Locale, args,
    blocks::{Button, actions, button},
    rich::{RichText, code},
    texts::Arg,
    words::inc,
};
use serde::{Deserialize, Serialize};

use super::{asked::Asked, say::content};
use crate::{effect::Content, ids::TeamId, incident::Incident, team::Team, words::texts};

/// Why there is no room yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NoRoom {
    /// Slack's.
    pub(super) code: String,
    /// The permission that Iris lacks.
    pub(super) scope: Option<String>,
}

/// The step failed for good and is set aside. For the room, once a step and incident.
pub fn step_failed(locale: Locale, step: &str) -> Content {
    say(locale, "step-failed", args![step])
}

/// Nobody could find out whether it was done. For the room, once.
pub fn effect_parked(locale: Locale, what: &str) -> Content {
    say(locale, "effect-parked", args![what])
}

/// In the place of [`effect_parked`], when an operator has found out.
pub fn effect_settled(locale: Locale, what: &str) -> Content {
    say(locale, "effect-settled", args![what])
}

/// The store cannot be written to and nothing was done. For who acted.
pub fn store_down(locale: Locale) -> Content {
    say(locale, "store-down", &[])
}

/// There is no file for the workspace. For who acted.
pub fn no_team(locale: Locale, team: &TeamId) -> Content {
    say(locale, "no-team", args![team = team.as_str()])
}

/// A word that needs a form was said by a mention, after which Slack opens none: a button says it
/// again. For who acted.
pub fn needs_form(team: &Team, word: &str) -> Content {
    let texts = texts(team.locale);
    let line = format!("{} {word}", team.command);
    let args = args![line = code(&line)];
    let block = RichText::new("say").section(texts.parts("core-word-press", args));
    let again = button(
        format!("core:word.run:{word}"),
        &texts.say("core-word-open", &[]),
    );
    let again = actions("do", vec![again.value(word).primary()]);
    content(
        &texts.mrkdwn("core-word-press", args),
        &[block.into(), again],
    )
}

/// What could not be done, as the part of a sentence. `wish` is an interface and a function.
pub(super) fn what_done(asked: &Asked<'_>, wish: &str) -> String {
    let wish = wish.replace('.', "-");
    asked.texts.say("what-done", args![wish])
}

/// Slack's list of permissions, as people read it.
pub(super) fn scopes(asked: &Asked<'_>, scopes: &str) -> String {
    scopes.replace(',', asked.comma())
}

/// The room could not be made.
pub(super) fn room_sentence(asked: &Asked<'_>, incident: &Incident, why: &NoRoom) -> String {
    let say = |key: &str, args: &[(&str, Arg<'_>)]| asked.texts.say(key, args);
    let (inc, code) = (inc(incident.number), why.code.as_str());
    let said = say(room_key(code), args![inc, code]);
    let Some(scope) = &why.scope else { return said };
    let scope = scopes(asked, scope);
    let lacks = say("scope", args![scope, what = what_done(asked, "room.open")]);
    match asked.locale() {
        Locale::En => format!("{said} {lacks}"),
        Locale::Ja => said + &lacks,
    }
}

fn room_key(code: &str) -> &'static str {
    match code {
        "restricted_action" | "cannot_create_channel" => "room-restricted",
        _ => "room-failed",
    }
}

/// What its declarer can do about it.
pub(super) fn retry(asked: &Asked<'_>, incident: &Incident) -> Button {
    button("core:room.retry", &asked.say("try-again"))
        .value(incident.number.to_string())
        .primary()
}

fn say(locale: Locale, key: &str, args: &[(&str, Arg<'_>)]) -> Content {
    let texts = texts(locale);
    let block = RichText::new("say").section(texts.parts(key, args));
    content(&texts.mrkdwn(key, args), &[block.into()])
}
