//! `iris incident list`

use std::collections::BTreeSet;

use comfy_table::{Table, presets};
use iris_kit::{Locale, time::duration, words::inc};

use super::{Desk, name, say, title};
use crate::{
    clock::{Clock, SystemClock},
    store::Store,
};

/// Whose name stands in the list.
const COMMANDER: &str = "commander";

pub(super) async fn list(desk: &Desk, all: bool, json: bool) -> anyhow::Result<()> {
    let incidents = desk.store.incidents(&desk.id, all).await?;
    if json {
        return say::json(&incidents);
    }
    if incidents.is_empty() {
        say::aside(if all {
            "No incidents."
        } else {
            "No open incidents."
        });
        return Ok(());
    }
    let commanders = incidents
        .iter()
        .filter_map(|incident| incident.roles.get(COMMANDER));
    let commanders: BTreeSet<_> = commanders.map(|held| held.user.clone()).collect();
    let names = desk.names(commanders).await?;
    let now = SystemClock.now();
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header([
        "Incident",
        "Status",
        "Severity",
        "Title",
        "Product",
        "Age",
        "Commander",
        "Room",
    ]);
    for incident in &incidents {
        let age = now.since(incident.declared_at()).as_millis();
        let commander = incident
            .roles
            .get(COMMANDER)
            .map(|held| name(&names, &held.user));
        let room = incident.room.as_ref().map(|room| format!("#{}", room.name));
        table.add_row([
            inc(incident.number),
            incident.status.as_str().to_owned(),
            desk.severity(incident),
            title(incident),
            desk.product(incident),
            duration(Locale::En, u64::try_from(age).unwrap_or(u64::MAX)),
            commander.unwrap_or_default(),
            room.unwrap_or_default(),
        ]);
    }
    Ok(say::out(table.trim_fmt())?)
}
