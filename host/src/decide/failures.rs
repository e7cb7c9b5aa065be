//! S20: what could not be done, told to the person who can act. One sentence what, one sentence
//! what now. The main loop says these where it meets the trouble; the core's own are in
//! [`super::progress`].

use iris_kit::{
    Locale, args,
    blocks::{Button, button, to_json},
    limits::{FALLBACK, cut},
    rich::RichText,
    texts::Arg,
    words::inc,
};

use super::asked::Asked;
use crate::{effect::Content, ids::TeamId, incident::Incident, words::texts};

/// The step failed for good and is set aside. For the room, once a step and incident.
pub fn step_failed(locale: Locale, step: &str) -> Content {
    say(locale, "step-failed", args![step])
}

/// The step wished what the team's file does not allow. For who acted, else the room once.
pub fn step_refused(locale: Locale, step: &str, what: &str) -> Content {
    say(locale, "step-refused", args![step, what])
}

/// Iris lacks a permission in Slack. For who acted.
pub fn scope(locale: Locale, scope: &str, what: &str) -> Content {
    say(locale, "scope", args![scope, what])
}

/// Nobody could find out whether it was done. For the room, once.
pub fn effect_parked(locale: Locale, what: &str) -> Content {
    say(locale, "effect-parked", args![what])
}

/// In the place of [`effect_parked`], when an operator has found out.
pub fn effect_settled(locale: Locale, what: &str) -> Content {
    say(locale, "effect-settled", args![what])
}

/// A form came too late for Slack. For who asked for it.
pub fn trigger_expired(locale: Locale) -> Content {
    say(locale, "trigger-expired", &[])
}

/// Slack was away for more than two minutes; times as they are shown. For the room, once.
pub fn slack_late(locale: Locale, from: &str, to: &str) -> Content {
    say(locale, "slack-late", args![from, to])
}

/// The store cannot be written to and nothing was done. For who acted.
pub fn store_down(locale: Locale) -> Content {
    say(locale, "store-down", &[])
}

/// There is no file for the workspace. For who acted.
pub fn no_team(locale: Locale, team: &TeamId) -> Content {
    say(locale, "no-team", args![team = team.as_str()])
}

/// The workspace has no token. For who acted.
pub fn not_installed(locale: Locale) -> Content {
    say(locale, "not-installed", &[])
}

/// The room could not be made; `code` is Slack's.
pub(super) fn room_sentence(asked: &Asked<'_>, incident: &Incident, code: &str) -> String {
    asked
        .texts
        .say(room_key(code), args![inc = inc(incident.number), code])
}

pub(super) fn room_key(code: &str) -> &'static str {
    match code {
        "restricted_action" | "cannot_create_channel" => "room-restricted",
        _ => "room-failed",
    }
}

pub(super) fn retry(asked: &Asked<'_>, incident: &Incident) -> Button {
    button("core:room.retry", &asked.say("try-again"))
        .value(incident.number.to_string())
        .primary()
}

fn say(locale: Locale, key: &str, args: &[(&str, Arg<'_>)]) -> Content {
    let texts = texts(locale);
    let block = RichText::new("say").section(texts.parts(key, args));
    Content {
        text: cut(&texts.mrkdwn(key, args), FALLBACK).into_owned(),
        blocks: Some(to_json(&[iris_kit::blocks::Block::from(block)])),
        more: None,
    }
}
