//! The head of the file: the title, and the facts in a table.

use iris_step::args;
use iris_step::facts::{Card, Entry};
use iris_step::kit::time::{duration, file_time, time};
use iris_step::kit::words::inc;
use iris_step::rich::one_line;

use super::{declared_at, line};
use crate::data::Data;
use crate::sentence::{Teller, inline};

/// Rows without content are left out.
pub(super) fn write(out: &mut String, teller: Teller<'_>, card: &Card, entries: &[Entry]) {
    let texts = &teller.scene.texts;
    let drill = if card.incident.drill {
        texts.say("file-drill", &[])
    } else {
        String::new()
    };
    let title = inline(&one_line(&card.incident.title));
    let blank = if drill.is_ascii() && !drill.is_empty() {
        " "
    } else {
        ""
    };
    line(
        out,
        format_args!("# {drill}{blank}{} {title}\n", inc(card.incident.number)),
    );
    line(out, format_args!("| | |\n| --- | --- |"));
    let mut row = |label: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            line(out, format_args!("| {label} | {value} |"));
        }
    };
    let say = |key: &str| texts.say(key, &[]);
    let entered = |status: &str| entered(teller, card, entries, status);
    row(&say("file-status"), Some(status(teller, card)));
    row(&say("file-severity"), Some(severity(teller, card)));
    row(&say("file-product"), card.product.as_deref().map(inline));
    row(&say("file-declared"), entered("declared"));
    row(&say("file-resolved"), entered("resolved"));
    row(&say("file-closed"), entered("closed"));
    row(&say("file-lasted"), lasted(teller, card, entries));
    for role in &teller.scene.roles {
        row(
            &inline(&role.label),
            Some(holders(teller, card, entries, &role.id)),
        );
    }
    row(&say("file-took"), Some(took_part(teller, card, entries)));
    row(&say("file-room"), room(teller, entries));
    out.push('\n');
}

fn status(teller: Teller<'_>, card: &Card) -> String {
    let status = teller
        .scene
        .texts
        .say("status", args![status = &card.incident.status]);
    if card.incident.private {
        return teller.scene.texts.say("file-private", args![status]);
    }
    status
}

fn severity(teller: Teller<'_>, card: &Card) -> String {
    let id = card.incident.severity.as_deref();
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
fn entered(teller: Teller<'_>, card: &Card, entries: &[Entry], status: &str) -> Option<String> {
    let (at, by) = if status == "declared" {
        (
            declared_at(card, entries),
            Some(card.incident.declared_by.clone()),
        )
    } else {
        card.over_at()?;
        let is_it = |entry: &&Entry| {
            entry.kind == "status" && Data::of(entry).now.as_deref() == Some(status)
        };
        let entry = entries.iter().rfind(is_it)?;
        let reached = status == "resolved" || card.incident.status == "closed";
        reached.then(|| (entry.at, entry.by.clone()))?
    };
    let time = file_time(&teller.scene.wall(at));
    let who = teller.name(by.as_deref().unwrap_or("Iris"));
    Some(teller.scene.texts.say("file-at", args![time, who]))
}

fn lasted(teller: Teller<'_>, card: &Card, entries: &[Entry]) -> Option<String> {
    let millis = card.over_at()?.saturating_sub(declared_at(card, entries));
    Some(duration(teller.scene.texts.locale(), millis))
}

/// Who held a role, from when to when.
fn holders(teller: Teller<'_>, card: &Card, entries: &[Entry], role: &str) -> String {
    let mut spans: Vec<(String, u64, Option<u64>)> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.kind == "role") {
        let data = Data::of(entry);
        if data.role.as_deref() != Some(role) {
            continue;
        }
        if let Some(open) = spans.last_mut().filter(|span| span.2.is_none()) {
            open.2 = Some(entry.at);
        }
        spans.extend(data.now.map(|user| (user, entry.at, None)));
    }
    let declared = teller.scene.wall(declared_at(card, entries));
    let clock = |at| {
        let wall = teller.scene.wall(at);
        if wall.same_day(&declared) {
            time(&wall)
        } else {
            file_time(&wall)
        }
    };
    let said = |(user, from, to): &(String, u64, Option<u64>)| {
        let to = to.or_else(|| card.over_at()).map(clock).unwrap_or_default();
        let who = teller.name(user);
        teller
            .scene
            .texts
            .say("file-span", args![who, from = clock(*from), to])
    };
    list(teller, spans.iter().map(said))
}

/// Everybody who was called, came, or did something that is told, in that order.
fn took_part(teller: Teller<'_>, card: &Card, entries: &[Entry]) -> String {
    let mut people = vec![card.incident.declared_by.clone()];
    for entry in entries {
        let data = Data::of(entry);
        let came = [entry.by.clone(), data.user]
            .into_iter()
            .flatten()
            .chain(data.people);
        for user in came {
            if !user.is_empty() && !people.contains(&user) {
                people.push(user);
            }
        }
    }
    list(teller, people.iter().map(|user| teller.plain_name(user)))
}

/// Slack's address of the room is the beginning of every address in it.
fn room(teller: Teller<'_>, entries: &[Entry]) -> Option<String> {
    let room = entries.iter().rfind(|entry| entry.kind == "room")?;
    let data = Data::of(room);
    let name = inline(&data.name.unwrap_or_else(|| room.text.clone()));
    let channel = data.channel.unwrap_or_default();
    let mut links = entries
        .iter()
        .filter_map(|entry| (teller.scene.ask.link)(entry.message.as_deref()?));
    let base = links.find_map(|link| {
        let (base, rest) = link.split_once("/archives/")?;
        rest.starts_with(&channel).then(|| base.to_owned())
    });
    Some(match base.filter(|_| !channel.is_empty()) {
        Some(base) => format!("[#{name}]({base}/archives/{channel})"),
        None => format!("#{name}"),
    })
}

fn list(teller: Teller<'_>, parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<_> = parts.collect();
    parts.join(teller.between())
}
