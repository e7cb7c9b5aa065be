//! `iris step`: what steps there are, and what one asks for.

use std::process::ExitCode;

use clap::Subcommand;

use super::Config;

mod inspect;
mod list;

#[derive(Subcommand)]
pub(super) enum StepCommand {
    /// List the steps: those of Iris, and those that lie in the steps' folder
    #[command(after_help = "Example:\n  iris step list --json")]
    List {
        #[command(flatten)]
        config: Config,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show what a step is, what it asks for, and what each team's file would give it
    #[command(after_help = "Examples:\n  iris step inspect invite\n  \
        iris step inspect target/wasm32-wasip2/release/hello.wasm")]
    Inspect {
        /// A step's name, or a file
        step: String,
        #[command(flatten)]
        config: Config,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(command: &StepCommand) -> anyhow::Result<ExitCode> {
    match command {
        StepCommand::List { config, json } => list::list(config, *json),
        StepCommand::Inspect { step, config, json } => inspect::inspect(step, config, *json),
    }
}
