//! `iris store`: backups, and a start on one of them.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use clap::Subcommand;
use serde_json::Value;

use super::{Config, effect::name, load, say};
use crate::{
    clock::{Clock, SystemClock},
    store::{
        Store,
        audit::{Deed, Who},
        sqlite::Sqlite,
    },
};

#[derive(Subcommand)]
pub(super) enum StoreCommand {
    /// Copy the store as it is now into a new file, also while Iris serves
    #[command(after_help = "Example:\n  iris store backup backups/iris-2026-12-01.db")]
    Backup {
        /// A file that is not there yet
        file: PathBuf,
        #[command(flatten)]
        config: Config,
    },
    /// Put a backup where there is no store; Iris then starts paused, until `iris store resume`
    #[command(after_help = "Example:\n  iris store restore backups/iris-2026-12-01.db")]
    Restore {
        /// The backup
        file: PathBuf,
        #[command(flatten)]
        config: Config,
    },
    /// Let a restored store go on: what was open in it is looked up in Slack before it is repeated
    #[command(after_help = "Example:\n  iris effect list --all\n  iris store resume")]
    Resume {
        /// Who you are, for the audit; without it, the name you are logged in by
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        #[command(flatten)]
        config: Config,
    },
}

pub(super) fn run(command: &StoreCommand) -> anyhow::Result<ExitCode> {
    let now = SystemClock.now();
    match command {
        StoreCommand::Backup { file, config } => {
            let store = load::checked(config)?.store;
            let mut progress = say::Progress::of("backed up");
            Sqlite::back_up(&store, file, now, |done, all| progress.at(done, all))?;
            progress.end();
            say::out(format!(
                "{} is a backup of {}",
                file.display(),
                store.display()
            ))?;
        }
        StoreCommand::Restore { file, config } => {
            let store = load::checked(config)?.store;
            let mut progress = say::Progress::of("restored");
            Sqlite::restore(file, &store, now, |done, all| progress.at(done, all))?;
            progress.end();
            say::out(format!(
                "{} is restored from {}. `iris serve` starts paused: look at `iris effect list --all`, \
                 then `iris store resume`",
                store.display(),
                file.display()
            ))?;
        }
        StoreCommand::Resume { by, config } => return resume(by.as_deref(), config),
    }
    Ok(ExitCode::SUCCESS)
}

fn resume(by: Option<&str>, config: &Config) -> anyhow::Result<ExitCode> {
    let settings = load::checked(config)?;
    let store = Sqlite::open_beside(&settings.store, Arc::new(SystemClock))?;
    load::block_on(async {
        let who = Who::operator(&name(by));
        let deed = |team| Deed {
            team,
            at: SystemClock.now(),
            who: who.clone(),
            what: "store.resume".to_owned(),
            incident: None,
            subject: settings.store.display().to_string(),
            detail: Value::Null,
        };
        let deeds = store.teams().await?.into_iter().map(deed).collect();
        if store.go_on(deeds).await? {
            say::out("The restored store may go on")?;
            return Ok(ExitCode::SUCCESS);
        }
        say::aside("iris: the store is no restored backup: nothing was changed");
        Ok(ExitCode::FAILURE)
    })
}
