//! The head of the file: the title, and the facts in a table.

use crate::args;
use crate::rich::{one_line, text};
use crate::time::{duration, file_time, time};
use crate::words::inc;

use super::{declared_at, line};
use crate::story::sentence::{Teller, inline};
use crate::story::{Entry, Incident};

/// Rows without content are left out.
pub(super) fn write(out: &mut String, teller: Teller<'_>, incident: &Incident, entries: &[Entry]) {
    let texts = &teller.scene.texts;
    let drill = if incident.drill {
        texts.say("file-drill", &[])
    } else {
        String::new()
    };
    let title = inline(&one_line(&incident.title));
    let blank = if drill.is_ascii() && !drill.is_empty() {
        " "
    } else {
        ""
    };
    line(
        out,
        format_args!("# {drill}{blank}{} {title}\n", inc(incident.number)),
    );
    line(out, format_args!("| | |\n| --- | --- |"));
    let mut row = |label: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            line(out, format_args!("| {label} | {value} |"));
        }
    };
    let say = |key: &str| texts.say(key, &[]);
    let entered = |status: &str| entered(teller, incident, entries, status);
    row(&say("file-status"), Some(status(teller, incident)));
    row(&say("file-severity"), Some(severity(teller, incident)));
    row(
        &say("file-product"),
        incident.product.as_deref().map(inline),
    );
    row(&say("file-declared"), entered("declared"));
    row(&say("file-resolved"), entered("resolved"));
    row(&say("file-closed"), entered("closed"));
    row(&say("file-lasted"), lasted(teller, incident, entries));
    for role in &teller.scene.roles {
        row(
            &inline(&role.label),
            Some(holders(teller, incident, entries, &role.id)),
        );
    }
    row(
        &say("file-took"),
        Some(took_part(teller, incident, entries)),
    );
    row(&say("file-room"), room(teller, entries));
    out.push('\n');
}

fn status(teller: Teller<'_>, incident: &Incident) -> String {
    let status = teller
        .scene
        .texts
        .say("status", args![status = &incident.status]);
    if incident.private {
        return teller.scene.texts.say("file-private", args![status]);
    }
    status
}

fn severity(teller: Teller<'_>, incident: &Incident) -> String {
    let id = incident.severity.as_deref();
    let label = inline(&teller.scene.severity(id));
    let known = teller
        .scene
        .severities
        .iter()
        .find(|severity| Some(severity.id.as_str()) == id);
    match known.filter(|severity| !severity.meaning.is_empty()) {
        Some(severity) => {
            let meaning = inline(&severity.meaning);
            teller
                .scene
                .texts
                .say("file-severity-value", args![label, meaning])
        }
        None => label,
    }
}

/// When and by whom a status was entered, if the incident has not gone back since.
fn entered(
    teller: Teller<'_>,
    incident: &Incident,
    entries: &[Entry],
    status: &str,
) -> Option<String> {
    if status == "declared" {
        return Some(declared(teller, incident, entries));
    }
    incident.over_at()?;
    let is_it =
        |entry: &&Entry| entry.kind == "status" && entry.data.now.as_deref() == Some(status);
    let entry = entries.iter().rfind(is_it)?;
    if status != "resolved" && incident.status != "closed" {
        return None;
    }
    let time = file_time(&teller.scene.wall(entry.at));
    let who = teller.name(entry.by.as_deref().unwrap_or("Iris"));
    Some(teller.scene.texts.say("file-at", args![time, who]))
}

/// When, and by whom or by which system's alert.
fn declared(teller: Teller<'_>, incident: &Incident, entries: &[Entry]) -> String {
    let time = file_time(&teller.scene.wall(declared_at(incident, entries)));
    let (key, who) = match alert(entries) {
        Some(through) => ("file-at-alert", vec![text(inline(through))]),
        None => ("file-at", teller.name(&incident.declared_by)),
    };
    teller.scene.texts.say(key, args![time, who])
}

/// What the alert came through that declared it.
fn alert(entries: &[Entry]) -> Option<&str> {
    let first = entries.iter().find(|entry| entry.kind == "declared")?;
    first.data.through.as_deref()
}

fn lasted(teller: Teller<'_>, incident: &Incident, entries: &[Entry]) -> Option<String> {
    let millis = incident
        .over_at()?
        .saturating_sub(declared_at(incident, entries));
    Some(duration(teller.scene.texts.locale(), millis))
}

/// Who held a role, from when to when.
fn holders(teller: Teller<'_>, incident: &Incident, entries: &[Entry], role: &str) -> String {
    let mut spans: Vec<(String, u64, Option<u64>)> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.kind == "role") {
        let data = &entry.data;
        if data.role.as_deref() != Some(role) {
            continue;
        }
        if let Some(open) = spans.last_mut().filter(|span| span.2.is_none()) {
            open.2 = Some(entry.at);
        }
        spans.extend(data.now.clone().map(|user| (user, entry.at, None)));
    }
    let declared = teller.scene.wall(declared_at(incident, entries));
    let clock = |at| {
        let wall = teller.scene.wall(at);
        if wall.same_day(&declared) {
            time(&wall)
        } else {
            file_time(&wall)
        }
    };
    let said = |(user, from, to): &(String, u64, Option<u64>)| {
        let to = to
            .or_else(|| incident.over_at())
            .map(clock)
            .unwrap_or_default();
        let who = teller.name(user);
        teller
            .scene
            .texts
            .say("file-span", args![who, from = clock(*from), to])
    };
    list(teller, spans.iter().map(said))
}

/// Everybody who was called, came, or did something that is told, in that order.
fn took_part(teller: Teller<'_>, incident: &Incident, entries: &[Entry]) -> String {
    let mut people = match alert(entries) {
        Some(_) => Vec::new(),
        None => vec![incident.declared_by.clone()],
    };
    for entry in entries {
        let data = &entry.data;
        // What comes through an alert, Iris itself does.
        let by = entry.by.clone().filter(|_| data.through.is_none());
        let came = [by, data.user.clone()];
        let came = came
            .into_iter()
            .flatten()
            .chain(data.people.iter().cloned());
        for user in came {
            if !user.is_empty() && !people.contains(&user) {
                people.push(user);
            }
        }
    }
    list(teller, people.iter().map(|user| teller.plain_name(user)))
}

fn room(teller: Teller<'_>, entries: &[Entry]) -> Option<String> {
    let room = entries.iter().rfind(|entry| entry.kind == "room")?;
    let name = inline(room.data.name.as_deref().unwrap_or(&room.text));
    Some(match teller.scene.world.link("core/room") {
        Some(link) => format!("[#{name}]({link})"),
        None => format!("#{name}"),
    })
}

fn list(teller: Teller<'_>, parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<_> = parts.collect();
    parts.join(teller.between())
}
