//! S18: the open incidents.

use iris_kit::{
    args,
    blocks::{actions, button},
    rich::{Element, RichText, bold},
};

use super::{content, inc_row};
use crate::{
    decide::asked::Asked,
    effect::Content,
    incident::{Incident, Status},
};

/// Rows of each list.
const ROWS: usize = 20;

pub(in crate::decide) fn list(asked: &Asked<'_>) -> Content {
    let (ongoing, resolved) = sorted(asked);
    let heading = match ongoing.len() {
        0 => asked.say("core-list-none"),
        n => asked.count("core-list-head", n),
    };
    let mut list = RichText::new("list").section(vec![bold(&heading)]);
    list = list.bullets(rows(asked, &ongoing));
    if !resolved.is_empty() {
        list = list
            .section(vec![bold(asked.say("core-list-resolved"))])
            .bullets(rows(asked, &resolved));
    }
    let declare = button("core:declare", &asked.say("core-list-declare"));
    content(&heading, &[list.into(), actions("do", [declare])])
}

/// What the person may know of: what is ongoing, and what is resolved and not closed. The gravest
/// first, an unknown severity may be the gravest, then the oldest first; drills last.
pub(super) fn sorted<'a>(asked: &Asked<'a>) -> (Vec<&'a Incident>, Vec<&'a Incident>) {
    let mut shown: Vec<_> = asked
        .known
        .open
        .iter()
        .filter(|i| asked.may_know(i))
        .collect();
    shown.sort_by_key(|i| {
        let rank = i
            .severity
            .as_deref()
            .and_then(|id| asked.known.team.rank(id));
        (i.drill, rank, i.declared_at(), i.number)
    });
    shown
        .into_iter()
        .partition(|i| i.status == Status::Declared)
}

/// Who leads, by name; that nobody does.
pub(super) fn led_by(asked: &Asked<'_>, incident: &Incident) -> String {
    let lead = asked.lead().and_then(|role| incident.roles.get(&role.id));
    lead.map_or_else(
        || asked.say("core-list-lead-none"),
        |held| {
            let name = asked.name(&held.user);
            let who = name.unwrap_or_else(|| held.user.to_string());
            asked.texts.say("who", args![who])
        },
    )
}

fn rows(asked: &Asked<'_>, incidents: &[&Incident]) -> Vec<Vec<Element>> {
    let row = |incident: &&Incident| inc_row(asked, incident, Some(led_by(asked, incident)));
    let mut rows: Vec<_> = incidents.iter().take(ROWS).map(row).collect();
    if let Some(n) = incidents.len().checked_sub(ROWS).filter(|n| *n > 0) {
        rows.push(asked.texts.parts("core-more", args![n]));
    }
    rows
}
