//! `iris effect show`

use comfy_table::{Table, presets};
use iris_kit::words::inc;
use serde::Serialize;

use super::say;
use crate::{
    clock::Moment,
    effect::{Act, Effect, State},
    ids::{Number, Owner, TeamId, UserId},
};

/// An effect as operators see it.
#[derive(Serialize)]
pub(super) struct Shown<'a> {
    pub(super) key: &'a str,
    pub(super) team: &'a TeamId,
    pub(super) incident: Option<Number>,
    pub(super) owner: &'a Owner,
    wish: &'a str,
    pub(super) method: &'a str,
    pub(super) state: &'static str,
    /// Why it is parked, or Slack's code when it was refused.
    pub(super) why: Option<&'a str>,
    attempts: u32,
    pub(super) planned_at: Moment,
    by: Option<&'a UserId>,
}

/// With what was to be done.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    shown: Shown<'a>,
    act: &'a Act,
}

impl<'a> Shown<'a> {
    pub(super) fn of(effect: &'a Effect) -> Self {
        let why = match &effect.state {
            State::Parked { why } => Some(why.as_str()),
            State::Refused { code } => Some(code.as_str()),
            State::Planned
            | State::Sending
            | State::Unknown
            | State::Applied { .. }
            | State::Superseded => None,
        };
        Self {
            key: &effect.key,
            team: &effect.team,
            incident: effect.incident,
            owner: &effect.owner,
            wish: &effect.wish,
            method: effect.act.method(),
            state: effect.state.as_str(),
            why,
            attempts: effect.attempts,
            planned_at: effect.planned_at,
            by: effect.by.as_ref(),
        }
    }
}

pub(super) fn show(effect: &Effect, json: bool) -> anyhow::Result<()> {
    let shown = Shown::of(effect);
    if json {
        let act = &effect.act;
        return say::json(&Whole { shown, act });
    }
    let planned = jiff::Timestamp::from_millisecond(i64::try_from(effect.planned_at.0)?)?;
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let mut row = |label: &str, value: String| {
        if !value.is_empty() {
            table.add_row([label.to_owned(), value]);
        }
    };
    row("Key", shown.key.to_owned());
    row("Team", shown.team.to_string());
    row("Incident", shown.incident.map(inc).unwrap_or_default());
    row("Step", shown.owner.to_string());
    row("What", format!("{} ({})", shown.method, shown.wish));
    row("State", shown.state.to_owned());
    row("Why", shown.why.unwrap_or_default().to_owned());
    row("Planned", planned.to_string());
    row("Sent", format!("{} times", shown.attempts));
    row(
        "Asked for by",
        shown.by.map(ToString::to_string).unwrap_or_default(),
    );
    say::out(table.trim_fmt())?;
    Ok(say::out(format!(
        "\n{}",
        serde_json::to_string_pretty(&effect.act)?
    ))?)
}
