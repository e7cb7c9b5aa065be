//! `iris step`: what steps there are, and what one asks for.

use std::{path::PathBuf, process::ExitCode};

use clap::Subcommand;

use super::{Config, Reading, number};
use crate::{demo::Project, ids::Owner};

mod add;
mod build;
mod check;
mod inspect;
mod list;
mod logs;
mod new;
mod remove;
mod run;
mod schema;
mod test;

use new::Language;

pub(super) use inspect::loaded;

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
    /// Take a step in: a file into the steps' folder, or what lies in a registry, by its digest
    #[command(after_help = "Examples:\n  \
        iris step add oci://ghcr.io/acme/on-call:1.2 --into teams/default.toml\n  \
        iris step add hello/hello.wasm\n\n\
        The registry is asked as whoever `docker login` made you.")]
    Add {
        /// oci://<registry>/<name>:<tag>, or a file
        #[arg(value_name = "REFERENCE")]
        from: String,
        /// A team's file in which the step is to be used: what it pins to an older digest is
        /// changed, else a [[step]] is added
        #[arg(long, value_name = "FILE")]
        into: Option<PathBuf>,
        #[command(flatten)]
        config: Config,
    },
    /// Take a step out of the steps' folder, or forget what was fetched from a registry
    #[command(after_help = "Examples:\n  iris step remove hello\n  \
        iris step remove oci://ghcr.io/acme/on-call@sha256:…")]
    Remove {
        /// The file's name without .wasm, or oci://<registry>/<name>@sha256:<digest>
        step: String,
        #[command(flatten)]
        config: Config,
    },
    /// Make a project for a step of your own, which works as it is
    #[command(after_help = "Example:\n  iris step new hello --lang js")]
    New {
        /// What the step is called: at most 32 of a-z, 0-9 and -
        name: String,
        #[arg(long = "lang", value_enum, default_value_t = Language::Rust)]
        language: Language,
        /// The folder in which the project's own is made
        #[arg(long = "in", value_name = "FOLDER", default_value = ".")]
        within: PathBuf,
    },
    /// Run a project's own tests, then make its component
    #[command(after_help = "Example:\n  iris step build hello")]
    Build {
        /// The project: in Rust, JavaScript or Python
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
    /// Play a project's scenarios (scenarios/*.txt) to its component, and compare what it wishes
    #[command(after_help = "Example:\n  iris step test hello\n  iris step test hello --update")]
    Test {
        /// The project, with its component built
        #[arg(default_value = ".")]
        folder: PathBuf,
        /// Write into the scenarios what the step wishes now
        #[arg(long)]
        update: bool,
        #[command(flatten)]
        config: Config,
    },
    /// Use a project's step in a simulated Slack, and take each of its builds
    #[command(after_help = "Example:\n  iris step run hello\n\n\
        Open the page, type /incident, and go on building in another terminal.")]
    Run {
        /// The project, with its component built
        #[arg(default_value = ".")]
        folder: PathBuf,
        /// A file with the [[step]] that uses it; without it, it is allowed all that it asks for
        #[arg(long, value_name = "FILE")]
        line: Option<PathBuf>,
        #[command(flatten)]
        config: Config,
    },
    /// Print the JSON Schema of a team's file, with the settings of the steps, for editors
    #[command(after_help = "Example:\n  iris step schema > teams/schema.json\n\n\
        Editors that use taplo then check a team's file that begins with `#:schema ./schema.json`.")]
    Schema {
        #[command(flatten)]
        config: Config,
    },
    /// Show what steps had to say, and why they failed
    #[command(after_help = "Example:\n  iris step logs hello -f")]
    Logs {
        /// Of this step only
        step: Option<String>,
        /// About this incident only
        #[arg(long, value_name = "N", value_parser = number)]
        incident: Option<u32>,
        /// Go on, and print what comes, until Ctrl-C
        #[arg(short, long)]
        follow: bool,
        /// How many of the newest lines
        #[arg(long, value_name = "N", default_value_t = 100)]
        last: u32,
        #[command(flatten)]
        reading: Reading,
    },
    /// Say what is to be said against a step before it is used
    #[command(after_help = "Example:\n  iris step check hello/hello.wasm")]
    Check {
        /// A step's name, or a file
        step: String,
        #[command(flatten)]
        config: Config,
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

/// `try_it` serves a project in the simulated Slack.
pub(super) fn run(
    command: &StepCommand,
    try_it: fn(Project) -> ExitCode,
) -> anyhow::Result<ExitCode> {
    match command {
        StepCommand::List { config, json } => list::list(config, *json),
        StepCommand::Add { from, into, config } => add::add(from, into.as_deref(), config),
        StepCommand::Remove { step, config } => remove::remove(step, config),
        StepCommand::New {
            name,
            language,
            within,
        } => new::new(name, *language, within),
        StepCommand::Build { folder } => build::build(folder),
        StepCommand::Logs {
            step,
            incident,
            follow,
            last,
            reading,
        } => logs::logs(
            &logs::Wanted {
                step: step.as_deref().map(Owner::from),
                incident: *incident,
                follow: *follow,
                last: *last,
            },
            reading,
        ),
        StepCommand::Test {
            folder,
            update,
            config,
        } => test::test(folder, *update, config),
        StepCommand::Run {
            folder,
            line,
            config,
        } => Ok(try_it(run::project(folder, line.as_deref(), config)?)),
        StepCommand::Schema { config } => schema::schema(config),
        StepCommand::Check { step, config } => check::check(step, config),
        StepCommand::Inspect { step, config, json } => inspect::inspect(step, config, *json),
    }
}
