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
    incident::{Incident, Shown, Status, Which},
};

/// Rows of each list.
const ROWS: usize = 20;

pub(in crate::decide) fn list(asked: &Asked<'_>) -> Content {
    let ongoing = asked.open(Which::Gravest(Status::Declared), ROWS);
    let resolved = asked.open(Which::Gravest(Status::Resolved), ROWS);
    let heading = match ongoing.all {
        0 => asked.say("core-list-none"),
        n => asked.count("core-list-head", n),
    };
    let mut list = RichText::new("list").section(vec![bold(&heading)]);
    list = list.bullets(rows(asked, &ongoing));
    if resolved.all > 0 {
        list = list
            .section(vec![bold(asked.say("core-list-resolved"))])
            .bullets(rows(asked, &resolved));
    }
    let declare = button("core:declare", &asked.say("core-list-declare"));
    content(&heading, &[list.into(), actions("do", [declare])])
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

fn rows(asked: &Asked<'_>, shown: &Shown) -> Vec<Vec<Element>> {
    let row = |incident: &Incident| inc_row(asked, incident, Some(led_by(asked, incident)));
    let mut rows: Vec<_> = shown.incidents.iter().map(row).collect();
    if let Some(n) = shown.left(ROWS) {
        rows.push(asked.texts.parts("core-more", args![n]));
    }
    rows
}
