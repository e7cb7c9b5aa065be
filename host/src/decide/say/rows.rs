//! Incidents as rows of a list.

use iris_kit::{
    Locale,
    limits::{TITLE_IN_ROW, cut},
    rich::{Element, bold, channel, one_line, text},
    words::inc,
};

use crate::{decide::asked::Asked, incident::Incident};

/// What stands between facts beside each other, as [`iris_kit::words::join`] does it with text.
pub(super) fn dot(locale: Locale) -> &'static str {
    match locale {
        Locale::En => " · ",
        Locale::Ja => "・",
    }
}

/// Facts beside each other.
pub(in crate::decide) fn dotted(locale: Locale, facts: Vec<Element>) -> Vec<Element> {
    let mut row: Vec<Element> = Vec::with_capacity(facts.len() * 2);
    for fact in facts {
        if !row.is_empty() {
            row.push(text(dot(locale)));
        }
        row.push(fact);
    }
    row
}

/// `INC-42`. A drill and a private one say so.
pub(super) fn marked(incident: &Incident) -> String {
    let drill = if incident.drill { "🧯 " } else { "" };
    let private = if incident.private { "🔒 " } else { "" };
    format!("{drill}{private}{}", inc(incident.number))
}

/// `INC-42 · SEV1 · Checkout fails · 47 min · … · #room`: the title as plain text, and no room while
/// there is none.
pub(in crate::decide) fn inc_row(
    asked: &Asked<'_>,
    incident: &Incident,
    extra: Option<String>,
) -> Vec<Element> {
    let severity = asked.severity(incident.severity.as_deref());
    let mut facts = vec![text(marked(incident)), text(severity)];
    facts.extend(rest(asked, incident, extra));
    dotted(asked.locale(), facts)
}

/// The same with the number and the severity in bold, for a page of several lists.
pub(super) fn bold_row(asked: &Asked<'_>, incident: &Incident, extra: String) -> Vec<Element> {
    let dot = dot(asked.locale());
    let severity = asked.severity(incident.severity.as_deref());
    let mut row = vec![bold(format!("{}{dot}{severity}{dot}", marked(incident)))];
    row.extend(dotted(asked.locale(), rest(asked, incident, Some(extra))));
    row
}

/// Title, age, `extra` and room.
fn rest(asked: &Asked<'_>, incident: &Incident, extra: Option<String>) -> Vec<Element> {
    let title = one_line(&incident.title);
    let mut facts = vec![
        text(cut(&title, TITLE_IN_ROW)),
        text(asked.lasted(incident.declared_at(), asked.known.now)),
    ];
    facts.extend(extra.map(text));
    facts.extend(
        incident
            .room
            .as_ref()
            .map(|room| channel(room.channel.as_str())),
    );
    facts
}
