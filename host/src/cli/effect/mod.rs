//! `iris effect`: what could not be settled, and an operator's word on it. Works beside a running
//! `iris serve`, which takes the word up by itself.

use std::{collections::BTreeSet, process::ExitCode, sync::Arc};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

use super::{Place, Reading, load, say};
use crate::{
    clock::SystemClock,
    effect::Effect,
    ids::TeamId,
    perform::Word,
    store::{Store, sqlite::Sqlite},
};

mod link;
mod list;
mod show;
mod word;

pub(super) use word::name;

#[derive(Subcommand)]
pub(super) enum EffectCommand {
    /// List what waits for an operator
    #[command(after_help = "Example:\n  iris effect list --json")]
    List {
        /// Also what is on its way
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        reading: Reading,
    },
    /// Show one effect: what was to be done, and why it is parked
    #[command(after_help = "Example:\n  iris effect show 3kTq")]
    Show {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        reading: Reading,
    },
    /// Let Iris try again: it looks first whether it is done
    #[command(after_help = "Example:\n  iris effect resume 3kTq --unsent")]
    Resume {
        #[command(flatten)]
        which: Which,
        /// You have looked: it is not done, so Iris need not look
        #[arg(long)]
        unsent: bool,
        #[command(flatten)]
        signed: Signed,
    },
    /// Say that it is done: what waits for it goes on
    #[command(after_help = "Example:\n  \
        iris effect applied 3kTq --link https://acme.slack.com/archives/C0ROOM/p1700000000000100")]
    Applied {
        #[command(flatten)]
        which: Which,
        /// Where it stands, as Slack's "Copy link" gives it: of a message or of a channel
        #[arg(long, value_name = "URL", value_parser = link::parse)]
        link: Option<link::Link>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Say that it is not to be done any more: who wished it is told
    #[command(after_help = "Example:\n  iris effect abort 3kTq --why \"posted by hand\"")]
    Abort {
        #[command(flatten)]
        which: Which,
        /// For the audit
        #[arg(long, value_name = "TEXT", default_value = "given up by an operator")]
        why: String,
        #[command(flatten)]
        signed: Signed,
    },
}

#[derive(Args)]
pub(super) struct Which {
    /// The effect's key, or its beginning
    #[arg(value_name = "KEY")]
    key: String,
}

#[derive(Args)]
pub(super) struct Signed {
    /// Who you are, for the audit; without it, the name you are logged in by
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(command: &EffectCommand) -> anyhow::Result<ExitCode> {
    load::block_on(async {
        match command {
            EffectCommand::List { all, reading } => {
                let (store, team) = reader(&reading.place)?;
                list::list(&store.waiting(team.as_ref(), *all).await?, reading.json)
            }
            EffectCommand::Show { which, reading } => {
                let (store, team) = reader(&reading.place)?;
                show::show(
                    &find(&store, team.as_ref(), &which.key).await?,
                    reading.json,
                )
            }
            EffectCommand::Resume {
                which,
                unsent,
                signed,
            } => word::say(which, signed, Word::Resume { unsent: *unsent }).await,
            EffectCommand::Applied {
                which,
                link,
                signed,
            } => {
                let at = link.clone().map(|link| (link.id, link.url));
                word::say(which, signed, Word::Applied { at }).await
            }
            EffectCommand::Abort { which, why, signed } => {
                word::say(which, signed, Word::Abort { why: why.clone() }).await
            }
        }?;
        Ok(ExitCode::SUCCESS)
    })
}

fn reader(place: &Place) -> anyhow::Result<(Sqlite, Option<TeamId>)> {
    let settings = load::checked(&place.config)?;
    Ok((Sqlite::open_reader(&settings.store)?, team(place)))
}

fn team(place: &Place) -> Option<TeamId> {
    place.team.as_deref().map(TeamId::from)
}

/// The one effect whose key begins so; one that is settled only by its whole key.
async fn find(store: &Sqlite, team: Option<&TeamId>, key: &str) -> anyhow::Result<Effect> {
    let waiting = store.waiting(team, true).await?;
    let mut found: Vec<Effect> = waiting
        .into_iter()
        .filter(|effect| effect.key.starts_with(key))
        .collect();
    if found.is_empty() {
        let mut teams = BTreeSet::from_iter(team.cloned());
        if team.is_none() {
            teams.extend(store.teams().await?);
            teams.extend(store.audited_teams().await?);
        }
        for team in teams {
            found.extend(store.effect(&team, key).await?);
        }
    }
    if found.len() > 1 {
        let keys: Vec<&str> = found.iter().map(|effect| effect.key.as_str()).collect();
        bail!("several effects begin with {key}: {}", keys.join(", "));
    }
    found
        .pop()
        .with_context(|| format!("no effect begins with {key}: `iris effect list --all`"))
}

fn writer(place: &Place) -> anyhow::Result<Sqlite> {
    let settings = load::checked(&place.config)?;
    Ok(Sqlite::open_beside(&settings.store, Arc::new(SystemClock))?)
}
