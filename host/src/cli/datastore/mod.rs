//! `iris datastore`: what steps keep, read and mended by hand. Works beside a running `iris serve`:
//! a call that runs meanwhile and relied on the team's value is run again.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Place, Reading, load, number, say};
use crate::{
    ids::{Number, Owner, TeamId},
    store::{StatePlace, StateRow, Store, Within, sqlite::Sqlite},
};

mod change;
mod filter;
mod query;

#[derive(Subcommand)]
pub(super) enum DatastoreCommand {
    /// Print one value
    #[command(after_help = "Example:\n  iris datastore get todo todos --incident 42")]
    Get {
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        reading: Reading,
    },
    /// Keep one value, or those that come as JSON Lines on standard input: all of them or none
    #[command(after_help = "Examples:\n  \
        iris datastore put on-call rota '{\"people\":[\"U0AYA\"]}'\n  \
        iris datastore query --lines > kept.jsonl\n  \
        iris datastore put --lines < kept.jsonl")]
    Put {
        #[command(flatten)]
        one: One,
        /// The value, as JSON
        #[arg(required_unless_present = "lines")]
        value: Option<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Forget one value, or those that come as JSON Lines on standard input: all of them or none
    #[command(after_help = "Examples:\n  \
        iris datastore delete on-call rota\n  \
        iris datastore query on-call --where 'until < 2026-12-01' --lines \
        | iris datastore delete --lines")]
    Delete {
        #[command(flatten)]
        one: One,
        #[command(flatten)]
        signed: Signed,
    },
    /// List what steps keep
    #[command(after_help = "Examples:\n  \
        iris datastore query todo --incident 42\n  \
        iris datastore query --where 'status = open' --where 'n >= 3' --json\n\n\
        A condition is a field, one of = != < <= > >= ~ and a value; ~ means \"contains\". \
        A field of a field is written a.b, one of a list a.0; a field alone asks whether it is there.")]
    Query {
        /// Of this step only
        step: Option<String>,
        /// Of this incident only
        #[arg(long, value_name = "N", value_parser = number, conflicts_with = "of_team")]
        incident: Option<u32>,
        /// What belongs to the team and to no incident
        #[arg(long)]
        of_team: bool,
        /// Keys that begin so
        #[arg(long, value_name = "PREFIX", default_value = "")]
        key: String,
        /// Values of which this is true; several: of which all are
        #[arg(long = "where", value_name = "CONDITION", value_parser = filter::parse)]
        conditions: Vec<filter::Condition>,
        /// So many at most
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        /// Print JSON Lines, as `put --lines` takes them
        #[arg(long, conflicts_with = "json")]
        lines: bool,
        #[command(flatten)]
        reading: Reading,
    },
}

/// Where a value is.
#[derive(Args)]
pub(super) struct At {
    /// Whose: the step's name
    step: String,
    key: String,
    /// Of this incident; without it, the team's
    #[arg(long, value_name = "N", value_parser = number)]
    incident: Option<u32>,
}

/// Where a value is, unless they come as lines.
#[derive(Args)]
pub(super) struct One {
    /// Whose: the step's name
    #[arg(required_unless_present = "lines")]
    step: Option<String>,
    #[arg(required_unless_present = "lines")]
    key: Option<String>,
    /// Of this incident; without it, the team's
    #[arg(long, value_name = "N", value_parser = number)]
    incident: Option<u32>,
    /// Read JSON Lines, as `query --lines` prints them
    #[arg(long, conflicts_with_all = ["step", "key", "incident"])]
    lines: bool,
}

#[derive(Args)]
pub(super) struct Signed {
    /// Who you are, for the audit; without it, the name you are logged in by
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// A value as it is printed and read: one line of JSON Lines.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    step: String,
    /// `null`: the team's.
    #[serde(default)]
    incident: Option<Number>,
    key: String,
    /// `delete` passes over it.
    #[serde(default)]
    value: Option<Box<RawValue>>,
}

pub(super) fn run(command: &DatastoreCommand) -> anyhow::Result<ExitCode> {
    load::block_on(async {
        match command {
            DatastoreCommand::Get { at, reading } => return get(at, reading).await,
            DatastoreCommand::Put { one, value, signed } => {
                let one = one.line(value.as_deref())?;
                change::put(one, signed).await?;
            }
            DatastoreCommand::Delete { one, signed } => {
                change::delete(one.line(None)?, signed).await?;
            }
            DatastoreCommand::Query {
                step,
                incident,
                of_team,
                key,
                conditions,
                limit,
                lines,
                reading,
            } => {
                let wanted = query::Wanted {
                    step: step.as_deref().map(Owner::from),
                    within: match incident {
                        Some(number) => Within::Incident(*number),
                        None if *of_team => Within::Team,
                        None => Within::All,
                    },
                    prefix: key,
                    conditions,
                    limit: limit.unwrap_or(usize::MAX),
                };
                query::query(&wanted, *lines, reading).await?;
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

async fn get(at: &At, reading: &Reading) -> anyhow::Result<ExitCode> {
    let settings = load::checked(&reading.place.config)?;
    let store = Sqlite::open_reader(&settings.store)?;
    let place = StatePlace {
        team: load::team(&store, &reading.place).await?,
        owner: at.step.as_str().into(),
        incident: at.incident,
    };
    let Some(value) = store.state(&place, &at.key).await? else {
        say::aside(format_args!(
            "iris: nothing is kept under {place}/{}: `iris datastore query {}` lists what is",
            at.key, at.step
        ));
        return Ok(ExitCode::FAILURE);
    };
    let key = at.key.clone();
    let line = Line::of(StateRow { place, key, value })?;
    if reading.json {
        say::json(&line)?;
    } else {
        say::json(&line.value)?;
    }
    Ok(ExitCode::SUCCESS)
}

impl One {
    /// `None`: they come as lines.
    fn line(&self, value: Option<&str>) -> anyhow::Result<Option<Line>> {
        let (Some(step), Some(key)) = (&self.step, &self.key) else {
            return Ok(None);
        };
        let value = value.map(|value| RawValue::from_string(value.to_owned()));
        let value = value.transpose().map_err(|error| {
            load::WrongUsage(format!(
                "the value is no JSON: {error}; write text as '\"…\"'"
            ))
        })?;
        Ok(Some(Line {
            step: step.clone(),
            incident: self.incident,
            key: key.clone(),
            value,
        }))
    }
}

impl Line {
    fn of(row: StateRow) -> anyhow::Result<Self> {
        Ok(Self {
            step: row.place.owner.to_string(),
            incident: row.place.incident,
            key: row.key,
            value: Some(RawValue::from_string(row.value.json)?),
        })
    }

    fn place(&self, team: &TeamId) -> StatePlace {
        StatePlace {
            team: team.clone(),
            owner: self.step.as_str().into(),
            incident: self.incident,
        }
    }
}
