//! `iris effect list`

use comfy_table::{Table, presets};
use iris_kit::{Locale, time::duration, words::inc};

use super::{say, show::Shown};
use crate::{
    clock::{Clock, SystemClock},
    effect::Effect,
};

pub(super) fn list(effects: &[Effect], json: bool) -> anyhow::Result<()> {
    let shown: Vec<Shown<'_>> = effects.iter().map(Shown::of).collect();
    if json {
        return say::json(&shown);
    }
    if shown.is_empty() {
        say::aside("Nothing waits for an operator.");
        return Ok(());
    }
    let now = SystemClock.now();
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header([
        "Key", "Team", "Incident", "Step", "What", "State", "Age", "Why",
    ]);
    for effect in shown {
        let age = now.since(effect.planned_at).as_millis();
        table.add_row([
            effect.key.to_owned(),
            effect.team.to_string(),
            effect.incident.map(inc).unwrap_or_default(),
            effect.owner.to_string(),
            effect.method.to_owned(),
            effect.state.to_owned(),
            duration(Locale::En, u64::try_from(age).unwrap_or(u64::MAX)),
            effect.why.unwrap_or_default().to_owned(),
        ]);
    }
    Ok(say::out(table.trim_fmt())?)
}
