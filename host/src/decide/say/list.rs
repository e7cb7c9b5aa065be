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
    let mut shown: Vec<_> = asked
        .known
        .open
        .iter()
        .filter(|i| asked.may_know(i))
        .collect();
    // Drills last, then the gravest first, then the oldest first; an unknown severity may be the
    // gravest.
    shown.sort_by_key(|i| {
        let rank = i
            .severity
            .as_deref()
            .and_then(|id| asked.known.team.rank(id));
        (i.drill, rank, i.declared_at(), i.number)
    });
    let (ongoing, resolved): (Vec<_>, Vec<_>) = shown
        .into_iter()
        .partition(|i| i.status == Status::Declared);

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

fn rows(asked: &Asked<'_>, incidents: &[&Incident]) -> Vec<Vec<Element>> {
    let row = |incident: &&Incident| {
        let lead = asked.lead().and_then(|role| incident.roles.get(&role.id));
        let lead = lead.map(|held| {
            asked
                .name(&held.user)
                .unwrap_or_else(|| held.user.to_string())
        });
        inc_row(
            asked,
            incident,
            Some(lead.unwrap_or_else(|| asked.say("core-list-lead-none"))),
        )
    };
    let mut rows: Vec<_> = incidents.iter().take(ROWS).map(row).collect();
    if let Some(n) = incidents.len().checked_sub(ROWS).filter(|n| *n > 0) {
        rows.push(asked.texts.parts("core-more", args![n]));
    }
    rows
}
