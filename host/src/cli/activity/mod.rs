//! `iris activity`: what came in, which steps ran, what they wished, and what came of it.

use std::{collections::BTreeSet, process::ExitCode, time::Duration};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Reading, load, number, say};
use crate::{
    clock::Moment,
    ids::{Number, TeamId},
    store::{HandledQuery, LineQuery, Store, StoreError, sqlite::Sqlite},
};

mod told;

/// Between two looks at the store, with `-f`.
const AGAIN: Duration = Duration::from_millis(500);

/// So many of the newest lines of steps are told.
const LINES: u32 = 5_000;

/// How far back `-f` looks for what changes.
const BACK: u32 = 500;

#[derive(Args)]
pub(super) struct ActivityArgs {
    /// Go on, and print what comes, until Ctrl-C
    #[arg(short, long)]
    follow: bool,
    /// Of this incident only
    #[arg(long, value_name = "N", value_parser = number)]
    incident: Option<u32>,
    /// What this event led to, and nothing else
    #[arg(long, value_name = "EVENT")]
    trace: Option<String>,
    /// Only what is at least so bad
    #[arg(long, value_enum, default_value_t = Level::Debug)]
    level: Level,
    /// How many of the newest events
    #[arg(long, value_name = "N", default_value_t = 50)]
    last: u32,
    #[command(flatten)]
    reading: Reading,
}

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Level {
    Debug,
    Info,
    Warn,
    Error,
}

/// One line: something came in, a step was done with it or said something, or an effect got so far.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Told {
    at: Moment,
    /// Among what happened at the same time.
    order: (u32, u32),
    level: Level,
    incident: Option<Number>,
    /// `event`, `step`, `effect` or `line`.
    kind: &'static str,
    /// What `--trace` takes.
    event: Option<String>,
    who: String,
    what: String,
}

pub(super) fn activity(args: &ActivityArgs) -> anyhow::Result<ExitCode> {
    load::block_on(async {
        let settings = load::checked(&args.reading.place.config)?;
        let store = Sqlite::open_reader(&settings.store)?;
        let team = load::team(&store, &args.reading.place).await?;
        let mut said = BTreeSet::new();
        let newest = if args.follow {
            args.last.max(BACK)
        } else {
            args.last
        };
        let mut first = true;
        loop {
            let mut told = look(&store, &team, args, newest).await?;
            if first && args.follow {
                // What is long past is not told again.
                let events = told.iter().filter(|told| told.kind == "event").count();
                let past = events.saturating_sub(args.last as usize);
                let from = told.iter().filter(|told| told.kind == "event").nth(past);
                let from = from.map_or(Moment::default(), |told| told.at);
                said.extend(told.iter().filter(|told| told.at < from).cloned());
            }
            first = false;
            told.retain(|told| said.insert(told.clone()));
            if args.reading.json && !args.follow {
                say::json(&told)?;
            } else {
                for told in &told {
                    print(told, args.reading.json)?;
                }
            }
            if !args.follow {
                return Ok(ExitCode::SUCCESS);
            }
            tokio::select! {
                () = tokio::time::sleep(AGAIN) => {}
                _ = tokio::signal::ctrl_c() => return Ok(ExitCode::SUCCESS),
            }
        }
    })
}

async fn look(
    store: &Sqlite,
    team: &TeamId,
    args: &ActivityArgs,
    newest: u32,
) -> Result<Vec<Told>, StoreError> {
    let handled = HandledQuery {
        team,
        incident: args.incident,
        newest: if args.trace.is_some() {
            u32::MAX
        } else {
            newest
        },
    };
    let handled = store.handled(handled).await?;
    let lines = LineQuery {
        team: Some(team),
        step: None,
        incident: args.incident,
        after: 0,
        newest: LINES,
    };
    let lines = store.logged(lines).await?;
    let mut told = told::all(&handled, &lines, args.trace.as_deref());
    told.retain(|told| told.level >= args.level);
    told.sort();
    Ok(told)
}

fn print(told: &Told, json: bool) -> anyhow::Result<()> {
    if json {
        return Ok(say::out(serde_json::to_string(told)?)?);
    }
    let at = jiff::Timestamp::from_millisecond(i64::try_from(told.at.0)?)?;
    let incident = told.incident.map(iris_kit::words::inc).unwrap_or_default();
    let mark = match told.level {
        Level::Debug | Level::Info => ' ',
        Level::Warn => '!',
        Level::Error => '‼',
    };
    let indent = if told.kind == "event" { "" } else { "  " };
    let line = format!(
        "{at:.3} {mark} {incident:<8} {indent}{} {}",
        told.who, told.what
    );
    Ok(say::out(line.trim_end())?)
}
