//! The command line. Reading commands run beside a running `iris serve`; results go to stdout,
//! everything else to stderr.

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

use crate::{
    config::Settings,
    demo::Project,
    logging::{self, Lines},
};

mod activity;
mod audit;
mod check;
mod datastore;
mod effect;
mod incident;
mod load;
mod manifest;
mod replay;
mod say;
mod slack_hooks;
mod step;
mod store;
mod team;

/// What needs the rest of the program.
#[derive(Clone, Copy)]
pub struct Bodies {
    pub serve: fn(Settings, Lines) -> ExitCode,
    pub demo: fn(DemoArgs) -> ExitCode,
    pub sim: fn(SimArgs) -> ExitCode,
    /// `iris step run`
    pub project: fn(Project) -> ExitCode,
}

/// Runs the command that `args` name. 0: done; 1: it found a problem; 2: wrong usage.
pub fn run(args: impl IntoIterator<Item = OsString>, bodies: Bodies) -> ExitCode {
    let command = match Cli::try_parse_from(args) {
        Ok(cli) => cli.command,
        Err(usage) => return say::usage(&usage),
    };
    let done = match command {
        Command::Serve(args) => serve(&args, bodies),
        Command::Demo(args) => return (bodies.demo)(args),
        Command::Sim(args) => return (bodies.sim)(args),
        Command::Check(args) => check::check(&args),
        Command::Manifest(args) => manifest::manifest(&args),
        Command::SlackHooks(args) => slack_hooks::run(&args, bodies),
        Command::Incident(command) => incident::run(&command),
        Command::Effect(command) => effect::run(&command),
        Command::Activity(args) => activity::activity(&args),
        Command::Datastore(command) => datastore::run(&command),
        Command::Audit(command) => audit::run(&command),
        Command::Store(command) => store::run(&command),
        Command::Team(command) => team::run(&command),
        Command::Replay(args) => replay::replay(&args),
        Command::Step(command) => step::run(&command, bodies.project),
    };
    done.unwrap_or_else(|failure| say::failure(&failure))
}

/// Incident response in Slack, every step a WebAssembly component.
#[derive(Parser)]
#[command(
    name = "iris",
    version,
    propagate_version = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve Slack until Ctrl-C or SIGTERM
    #[command(after_help = "Example:\n  \
        SLACK_BOT_TOKEN=xoxb-… SLACK_SIGNING_SECRET=… iris serve --config iris.toml")]
    Serve(ServeArgs),
    /// Play one incident against a simulated Slack, and go on serving it
    #[command(after_help = "Example:\n  iris demo --once")]
    Demo(DemoArgs),
    /// Serve a simulated Slack alone, for any Slack app
    #[command(after_help = "Example:\n  iris sim --config sim.toml")]
    Sim(SimArgs),
    /// Read everything that `serve` would read, and say every problem
    #[command(after_help = "Example:\n  iris check --config iris.toml")]
    Check(CheckArgs),
    /// Print the manifest of the Slack app, with the fewest scopes that the teams' steps need
    #[command(after_help = "Example:\n  \
        IRIS_PUBLIC_URL=https://iris.example iris manifest > manifest.json\n  \
        iris manifest --explain")]
    Manifest(ManifestArgs),
    /// Answer Slack's own command line, for `slack run` and `slack deploy`
    #[command(after_help = "Example:\n  \
        iris slack-hooks get-hooks\n\nas .slack/hooks.json names it:\n  \
        { \"hooks\": { \"get-hooks\": \"iris slack-hooks get-hooks\" } }")]
    SlackHooks(slack_hooks::SlackHooksArgs),
    /// List, show and export incidents
    #[command(subcommand)]
    Incident(IncidentCommand),
    /// See the steps that there are
    #[command(subcommand)]
    Step(step::StepCommand),
    /// Try a version of a step on past incidents, and show what it would wish otherwise
    #[command(after_help = "Examples:\n  iris replay 42 --with steps/new.wasm\n  \
        iris replay --all --with hello/hello.wasm\n\n\
        Nothing is sent. It ends with 1 where something differs.")]
    Replay(replay::ReplayArgs),
    /// Look at what could not be settled, and say what became of it
    #[command(subcommand)]
    Effect(effect::EffectCommand),
    /// Show what came in, which steps ran, what they wished, and what came of it
    #[command(after_help = "Examples:\n  iris activity -f\n  \
        iris activity --incident 42 --level warn\n  iris activity --trace Ev0123")]
    Activity(activity::ActivityArgs),
    /// Read and mend what steps keep
    #[command(subcommand)]
    Datastore(datastore::DatastoreCommand),
    /// Show who did what, and check that nothing of it was changed
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Back the store up, put a backup in its place
    #[command(subcommand)]
    Store(store::StoreCommand),
    /// See and end installations, and seal their tokens with another key
    #[command(subcommand)]
    Team(team::TeamCommand),
}

#[derive(Args)]
struct ServeArgs {
    #[command(flatten)]
    config: Config,
}

/// Arguments of `iris demo`.
#[derive(Args, Clone, Copy, Debug)]
pub struct DemoArgs {
    /// End after the incident: 0 if every step did its work, else 1
    #[arg(long)]
    pub once: bool,
}

/// Arguments of `iris sim`.
#[derive(Args, Clone, Debug)]
pub struct SimArgs {
    /// The simulated workspace's settings
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Args)]
struct CheckArgs {
    #[command(flatten)]
    config: Config,
    /// Print the problems as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct ManifestArgs {
    #[command(flatten)]
    config: Config,
    /// Say what each scope is needed for, and by whom
    #[arg(long)]
    explain: bool,
    /// The same as JSON; the manifest itself is JSON anyway
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
enum IncidentCommand {
    /// List open incidents
    #[command(after_help = "Example:\n  iris incident list --all --json")]
    List {
        /// Closed ones too
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        reading: Reading,
    },
    /// Show one incident
    #[command(after_help = "Example:\n  iris incident show 42")]
    Show {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        reading: Reading,
    },
    /// Print everything about one incident, for keeping or for a report
    #[command(after_help = "Example:\n  iris incident export 42 --format md > INC-42.md")]
    Export {
        #[command(flatten)]
        which: Which,
        /// `md`: a report for people; `json`: everything, for programs
        #[arg(long, value_enum, default_value_t = Format::Md)]
        format: Format,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Args, Clone)]
struct Config {
    /// Settings; without it, iris.toml if it is there
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Args)]
struct Which {
    /// The incident's number: 42 for INC-42
    #[arg(value_name = "N", value_parser = number)]
    number: u32,
}

#[derive(Args)]
struct Place {
    /// The workspace, where there are several
    #[arg(long, value_name = "TEAM_ID")]
    team: Option<String>,
    #[command(flatten)]
    config: Config,
}

#[derive(Args)]
struct Reading {
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Md,
    Json,
}

/// People copy `INC-42` as well as type `42`.
fn number(text: &str) -> Result<u32, String> {
    let digits = text.strip_prefix("INC-").unwrap_or(text);
    digits
        .parse()
        .map_err(|_| "write the incident's number, such as 42".to_owned())
}

fn serve(args: &ServeArgs, bodies: Bodies) -> anyhow::Result<ExitCode> {
    let settings = match load::settings(&args.config) {
        Ok(settings) => settings,
        Err(problems) => return Ok(say::problems(&problems)),
    };
    let lines = logging::start(logging::filter(&settings.log)?);
    Ok((bodies.serve)(settings, lines))
}
