//! What is in the store, as lines of what went on.

use std::collections::BTreeSet;

use iris_kit::rich::one_line;

use super::{Level, Told};
use crate::{
    effect::{Effect, State},
    rehearse::happened,
    store::{CallRow, CallState, Handled, LoggedLine},
};

pub(super) fn all(handled: &[Handled], lines: &[LoggedLine], trace: Option<&str>) -> Vec<Told> {
    let mut told = Vec::new();
    let traced = trace.map(|trace| traced(handled, trace));
    let wanted = |event: &str| traced.as_ref().is_none_or(|ids| ids.contains(event));
    let mut seen = BTreeSet::new();
    let mut begin = None;
    for (n, one) in handled.iter().enumerate() {
        begin = begin.or(Some(one.accepted));
        if !wanted(&one.event.id) {
            continue;
        }
        seen.insert(one.event.id.as_str());
        let line = |order: usize, kind, level, who: String, what: String| Told {
            at: one.accepted,
            order: (place(n), place(order)),
            level,
            incident: one.event.incident,
            kind,
            event: Some(one.event.id.clone()),
            who,
            what,
        };
        let by = one.event.by.as_ref().map(ToString::to_string);
        let what = format!("{} [{}]", happened(&one.event.what), one.event.id);
        told.push(line(0, "event", Level::Info, by.unwrap_or_default(), what));
        for (m, call) in one.calls.iter().enumerate() {
            let (level, what) = came(call);
            told.push(line(1 + m, "step", level, call.step.to_string(), what));
        }
        let after = 1 + one.calls.len();
        for (m, effect) in one.effects.iter().enumerate() {
            let (level, what) = far(effect);
            told.push(line(
                after + m,
                "effect",
                level,
                effect.owner.to_string(),
                what,
            ));
        }
    }
    let begin = begin.unwrap_or_default();
    let lines = lines.iter().filter(|line| match &line.line.event {
        Some(event) => seen.contains(event.as_str()),
        None => trace.is_none() && line.line.at >= begin,
    });
    told.extend(lines.map(of_line));
    told
}

/// The event, what it caused, what its effects caused, and so on.
fn traced<'a>(handled: &'a [Handled], root: &str) -> BTreeSet<&'a str> {
    let mut ids = BTreeSet::new();
    let mut keys = BTreeSet::new();
    for one in handled {
        let id = one.event.id.as_str();
        let of_effect = id
            .strip_prefix("effect:")
            .and_then(|rest| rest.split(':').next());
        let caused = id
            .rsplit_once('>')
            .is_some_and(|(cause, _)| ids.contains(cause));
        if id == root || caused || of_effect.is_some_and(|key| keys.contains(key)) {
            ids.insert(id);
            keys.extend(one.effects.iter().map(|effect| effect.key.as_str()));
        }
    }
    ids
}

fn of_line(logged: &LoggedLine) -> Told {
    let line = &logged.line;
    Told {
        at: line.at,
        order: (u32::MAX, u32::try_from(logged.seq).unwrap_or(u32::MAX)),
        level: match line.level.as_str() {
            "error" => Level::Error,
            "warn" => Level::Warn,
            "info" => Level::Info,
            _ => Level::Debug,
        },
        incident: line.incident,
        kind: "line",
        event: line.event.clone(),
        who: line.step.to_string(),
        what: format!("says: {}", one_line(&line.line)),
    }
}

fn came(call: &CallRow) -> (Level, String) {
    let tries = if call.attempts > 1 {
        format!(" after {} tries", call.attempts)
    } else {
        String::new()
    };
    match &call.state {
        CallState::Done => (Level::Debug, format!("done{tries}")),
        CallState::Refused => (Level::Info, "refused it with a sentence".to_owned()),
        CallState::Waiting { .. } => (Level::Warn, format!("failed{tries}, is tried again")),
        CallState::SetAside { why } => (Level::Error, format!("is set aside{tries}: {why}")),
    }
}

/// How far an effect is.
fn far(effect: &Effect) -> (Level, String) {
    let (what, key) = (effect.act.method(), &effect.key);
    let (level, state) = match &effect.state {
        State::Planned | State::Sending | State::Unknown | State::Applied { .. } => {
            (Level::Debug, effect.state.as_str().to_owned())
        }
        State::Superseded => (Level::Debug, "superseded by a newer one".to_owned()),
        State::Refused { code } => (Level::Warn, format!("refused: {code}")),
        State::Parked { why } => (Level::Error, format!("parked: {why}")),
    };
    (level, format!("{what}: {state} ({key})"))
}

fn place(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
