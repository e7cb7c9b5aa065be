//! The project's own commands: `cargo xtask demo | test | build | bench | crash | soak | fuzz`.
//!
//! They set up what is missing, and say plainly what they cannot.

mod bench;
mod build;
mod demo;
mod long;
mod setup;
mod sh;
mod test;

use clap::{Parser, Subcommand, builder::PossibleValuesParser};

/// The commands that the README names.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and play one whole incident in a simulated Slack.
    Demo {
        /// End after the incident: exit 0 if every step did its work, 1 if not.
        #[arg(long)]
        once: bool,
    },
    /// Run every test there is.
    Test,
    /// Leave target/release/iris and target/steps/*.wasm.
    Build,
    /// Measure, and write BENCHMARKS.md.
    Bench {
        /// Only these parts; the others' sections stay as they are.
        #[arg(value_parser = PossibleValuesParser::new(bench::PARTS.map(|part| part.name)))]
        parts: Vec<String>,
    },
    /// Kill Iris at every point of every story, and the program itself a hundred times. Takes hours.
    Crash,
    /// Play a thousand incidents with faults at one call in twenty.
    Soak,
    /// Feed a million inputs to whatever reads what strangers write.
    Fuzz,
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Demo { once } => demo::run(once),
        Command::Test => test::run(),
        Command::Build => build::run(),
        Command::Bench { parts } => bench::run(&parts),
        Command::Crash => long::crash(),
        Command::Soak => long::soak(),
        Command::Fuzz => long::fuzz(),
    }
}
