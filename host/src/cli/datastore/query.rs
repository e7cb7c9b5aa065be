//! `iris datastore query`

use comfy_table::{Table, presets};
use iris_kit::{rich::one_line, words::inc};

use super::{Line, Reading, filter::Condition, load, say};
use crate::{
    ids::{Owner, TeamId},
    store::{StateQuery, StateRow, Store, StoreError, Within, sqlite::Sqlite},
};

/// Values that are read at once.
const PAGE: u32 = 1000;

/// Characters of a value in the table.
const SHOWN: usize = 80;

pub(super) struct Wanted<'a> {
    pub(super) step: Option<Owner>,
    pub(super) within: Within,
    pub(super) prefix: &'a str,
    pub(super) conditions: &'a [Condition],
    pub(super) limit: usize,
}

pub(super) async fn query(
    wanted: &Wanted<'_>,
    lines: bool,
    reading: &Reading,
) -> anyhow::Result<()> {
    let settings = load::checked(&reading.place.config)?;
    let store = Sqlite::open_reader(&settings.store)?;
    let team = load::team(&store, &reading.place).await?;
    if lines {
        return each(&store, &team, wanted, |line| {
            Ok(say::out(serde_json::to_string(&line)?)?)
        })
        .await;
    }
    let mut found = Vec::new();
    each(&store, &team, wanted, |line| {
        found.push(line);
        Ok(())
    })
    .await?;
    if reading.json {
        return say::json(&found);
    }
    if found.is_empty() {
        say::aside("Nothing like that is kept.");
        return Ok(());
    }
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_header(["Step", "Incident", "Key", "Value"]);
    for line in found {
        let value = line.value.map(|value| one_line(value.get()));
        table.add_row([
            line.step,
            line.incident.map(inc).unwrap_or_default(),
            line.key,
            cut(value.unwrap_or_default()),
        ]);
    }
    Ok(say::out(table.trim_fmt())?)
}

/// Those that are wanted, page by page.
async fn each(
    store: &Sqlite,
    team: &TeamId,
    wanted: &Wanted<'_>,
    mut with: impl FnMut(Line) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut left = wanted.limit;
    let mut last: Option<StateRow> = None;
    loop {
        let page = page(store, team, wanted, last.as_ref()).await?;
        let Some(end) = page.last().cloned() else {
            return Ok(());
        };
        last = Some(end);
        for row in page {
            if left == 0 {
                return Ok(());
            }
            let value = serde_json::from_str(&row.value.json)?;
            if wanted.conditions.iter().all(|one| one.holds(&value)) {
                left -= 1;
                with(Line::of(row)?)?;
            }
        }
    }
}

async fn page(
    store: &Sqlite,
    team: &TeamId,
    wanted: &Wanted<'_>,
    after: Option<&StateRow>,
) -> Result<Vec<StateRow>, StoreError> {
    let query = StateQuery {
        team,
        owner: wanted.step.as_ref(),
        within: wanted.within,
        prefix: wanted.prefix,
        after,
        limit: PAGE,
    };
    store.states(query).await
}

fn cut(text: String) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
