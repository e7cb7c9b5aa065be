//! Incidents as rows of a list.

use iris_kit::{
    Locale,
    limits::{TITLE_IN_ROW, cut},
    rich::{Element, channel, one_line, text},
    words::inc,
};

use crate::{decide::asked::Asked, incident::Incident};

/// Facts beside each other, as [`iris_kit::words::join`] does it with text.
pub(in crate::decide) fn dotted(locale: Locale, facts: Vec<Element>) -> Vec<Element> {
    let dot = match locale {
        Locale::En => " · ",
        Locale::Ja => "・",
    };
    let mut row: Vec<Element> = Vec::with_capacity(facts.len() * 2);
    for fact in facts {
        if !row.is_empty() {
            row.push(text(dot));
        }
        row.push(fact);
    }
    row
}

/// `INC-42 · SEV1 · Checkout fails · 47 min · … · #room`: the title as plain text, and no room while
/// there is none. A drill and a private one say so.
pub(in crate::decide) fn inc_row(
    asked: &Asked<'_>,
    incident: &Incident,
    extra: Option<String>,
) -> Vec<Element> {
    let drill = if incident.drill { "🧯 " } else { "" };
    let private = if incident.private { "🔒 " } else { "" };
    let title = one_line(&incident.title);
    let mut facts = vec![
        text(format!("{drill}{private}{}", inc(incident.number))),
        text(asked.severity(incident.severity.as_deref())),
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
    dotted(asked.locale(), facts)
}
