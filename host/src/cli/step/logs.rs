//! `iris step logs`: what steps had to say, and what is said about those that failed.

use std::{process::ExitCode, time::Duration};

use super::super::{Reading, load, say};
use crate::{
    ids::{Owner, TeamId},
    store::{LineQuery, LoggedLine, Store, sqlite::Sqlite},
};

/// Between two looks at the store, with `-f`.
const AGAIN: Duration = Duration::from_millis(500);

/// What is to be shown.
pub(super) struct Wanted {
    pub(super) step: Option<Owner>,
    pub(super) incident: Option<u32>,
    pub(super) follow: bool,
    pub(super) last: u32,
}

pub(super) fn logs(wanted: &Wanted, reading: &Reading) -> anyhow::Result<ExitCode> {
    load::block_on(async {
        let settings = load::checked(&reading.place.config)?;
        let store = Sqlite::open_reader(&settings.store)?;
        let team = reading.place.team.as_deref().map(TeamId::from);
        let mut query = LineQuery {
            team: team.as_ref(),
            step: wanted.step.as_ref(),
            incident: wanted.incident,
            after: 0,
            newest: wanted.last,
        };
        loop {
            let lines = store.logged(query).await?;
            if reading.json && !wanted.follow {
                say::json(&lines)?;
            } else {
                for line in &lines {
                    print(line, reading.json)?;
                }
            }
            if !wanted.follow {
                return Ok(ExitCode::SUCCESS);
            }
            query.after = lines.last().map_or(query.after, |line| line.seq);
            query.newest = u32::MAX;
            tokio::select! {
                () = tokio::time::sleep(AGAIN) => {}
                _ = tokio::signal::ctrl_c() => return Ok(ExitCode::SUCCESS),
            }
        }
    })
}

fn print(logged: &LoggedLine, json: bool) -> anyhow::Result<()> {
    if json {
        return Ok(say::out(serde_json::to_string(logged)?)?);
    }
    let line = &logged.line;
    let at = jiff::Timestamp::from_millisecond(i64::try_from(line.at.0)?)?;
    let incident = line.incident.map(iris_kit::words::inc).unwrap_or_default();
    let said = format!(
        "{at:.3} {:<5} {} {incident:<8} {}",
        line.level, line.step, line.line
    );
    Ok(say::out(said.trim_end())?)
}
