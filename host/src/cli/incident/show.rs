//! `iris incident show`

use std::collections::BTreeSet;

use comfy_table::{Table, presets};
use iris_kit::{time::file_time, words::inc};

use super::{Desk, name, say, title};
use crate::{clock::Moment, ids::UserId, incident::Incident, words};

pub(super) async fn show(desk: &Desk, incident: &Incident, json: bool) -> anyhow::Result<()> {
    if json {
        return say::json(incident);
    }
    let mut people: BTreeSet<UserId> = incident.people.clone();
    people.extend(incident.declarer().cloned());
    people.extend(incident.roles.values().map(|held| held.user.clone()));
    people.extend(
        incident
            .latest
            .iter()
            .filter_map(|latest| latest.by.clone()),
    );
    let names = desk.names(people).await?;
    let who = |user: &UserId| name(&names, user);
    let time = |at: Moment| {
        let zone = &desk.team.zone;
        format!(
            "{} {}",
            file_time(&words::wall(at, zone)),
            words::zone_label(at, zone)
        )
    };
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let mut row = |label: &str, value: String| {
        if !value.is_empty() {
            table.add_row([label.to_owned(), value]);
        }
    };
    row(
        "Incident",
        format!("{} {}", inc(incident.number), title(incident)),
    );
    let private = if incident.private { ", private" } else { "" };
    row("Status", format!("{}{private}", incident.status.as_str()));
    row("Severity", desk.severity(incident));
    row("Product", desk.product(incident));
    let through = incident.through.as_ref();
    let declared = through.map_or_else(|| who(&incident.declared_by), |by| by.label.clone());
    row("Declared by", declared);
    for milestone in &incident.times {
        row(milestone.status.as_str(), time(milestone.at));
    }
    for (role, held) in &incident.roles {
        let label = desk
            .team
            .role(role)
            .map_or(role.as_str(), |role| &role.label);
        row(label, who(&held.user));
    }
    if let Some(room) = &incident.room {
        row("Room", format!("#{} ({})", room.name, room.channel));
    }
    let people: Vec<String> = incident.people.iter().map(who).collect();
    row("People", people.join(", "));
    for line in incident.lines.values().flatten() {
        row(&line.label, line.value.clone());
    }
    row("What was happening", incident.situation.clone());
    if let Some(latest) = &incident.latest {
        let by = latest.by.as_ref().map_or_else(|| "Iris".to_owned(), who);
        row(
            "Latest update",
            format!("{} by {by}: {}", time(latest.at), latest.text),
        );
    }
    row("Entries", incident.entries.to_string());
    Ok(say::out(table.trim_fmt())?)
}
