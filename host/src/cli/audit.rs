//! `iris audit`: who did what, and whether the chain of it is whole.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use comfy_table::{Table, presets};
use iris_kit::words::inc;
use serde::Serialize;

use super::{Reading, load, number, say};
use crate::{
    ids::TeamId,
    store::{
        Store, StoreError,
        audit::{AuditRow, Chain},
        sqlite::Sqlite,
    },
};

/// Rows that are read at once.
const PAGE: u32 = 1000;

#[derive(Subcommand)]
pub(super) enum AuditCommand {
    /// List who did what, oldest first
    #[command(after_help = "Example:\n  iris audit list --incident 42")]
    List {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        reading: Reading,
    },
    /// Check that no row was changed or taken out, and print the hash of the last
    #[command(after_help = "Example:\n  iris audit verify")]
    Verify {
        #[command(flatten)]
        reading: Reading,
    },
}

#[derive(Args)]
pub(super) struct Which {
    /// Of this incident only
    #[arg(long, value_name = "N", value_parser = number)]
    incident: Option<u32>,
}

/// How a team's chain stands.
#[derive(Serialize)]
struct Verified {
    team: TeamId,
    rows: u64,
    head: String,
    broken: Option<String>,
}

pub(super) fn run(command: &AuditCommand) -> anyhow::Result<ExitCode> {
    let reading = match command {
        AuditCommand::List { reading, .. } | AuditCommand::Verify { reading } => reading,
    };
    load::block_on(async {
        let settings = load::checked(&reading.place.config)?;
        let store = Sqlite::open_reader(&settings.store)?;
        let teams = match &reading.place.team {
            Some(team) => vec![TeamId::from(team.as_str())],
            None => store.audited_teams().await?,
        };
        match command {
            AuditCommand::List { which, .. } => list(&store, &teams, which, reading.json).await,
            AuditCommand::Verify { .. } => verify(&store, &teams, reading.json).await,
        }
    })
}

async fn list(
    store: &Sqlite,
    teams: &[TeamId],
    which: &Which,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let mut rows = Vec::new();
    for team in teams {
        each(store, team, |row| {
            if which.incident.is_none() || row.deed.incident == which.incident {
                rows.push(row);
            }
        })
        .await?;
    }
    if json {
        say::json(&rows)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_header(["When", "Team", "Who", "What", "Incident", "Which", "Detail"]);
    for AuditRow { deed, .. } in rows {
        let at = jiff::Timestamp::from_millisecond(i64::try_from(deed.at.0)?)?;
        let detail = Some(deed.detail).filter(|detail| !detail.is_null());
        let detail = detail.map(|detail| detail.to_string());
        table.add_row([
            at.to_string(),
            deed.team.to_string(),
            deed.who.0,
            deed.what,
            deed.incident.map(inc).unwrap_or_default(),
            deed.subject,
            detail.unwrap_or_default(),
        ]);
    }
    say::out(table.trim_fmt())?;
    Ok(ExitCode::SUCCESS)
}

async fn verify(store: &Sqlite, teams: &[TeamId], json: bool) -> anyhow::Result<ExitCode> {
    let mut verified = Vec::new();
    for team in teams {
        let (mut chain, mut broken) = (Chain::default(), None);
        each(store, team, |row| {
            if broken.is_none() {
                broken = chain.follow(&row).err();
            }
        })
        .await?;
        verified.push(Verified {
            team: team.clone(),
            rows: chain.rows,
            head: chain.head,
            broken: broken.map(|broken| broken.to_string()),
        });
    }
    let whole = verified.iter().all(|team| team.broken.is_none());
    if json {
        say::json(&verified)?;
    } else {
        for of in &verified {
            match &of.broken {
                None => say::out(format!(
                    "{}: {} rows, whole; the last is {}",
                    of.team, of.rows, of.head
                ))?,
                Some(broken) => say::out(format!("{}: broken: {broken}", of.team))?,
            }
        }
    }
    Ok(if whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn each(
    store: &Sqlite,
    team: &TeamId,
    mut with: impl FnMut(AuditRow),
) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let page = store.audited(team, after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.seq;
        page.into_iter().for_each(&mut with);
    }
}
