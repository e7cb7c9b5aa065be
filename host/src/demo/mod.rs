//! `iris demo`: a whole simulated Slack, and one incident played in it as people would.

use std::{
    io::{self, Write},
    net::SocketAddr,
    process::ExitCode,
    sync::OnceLock,
};

use anyhow::Context;
use axum::Router;
use slack_sim::Sim;

mod check;
pub mod clock;
mod iris;
mod play;
mod project;
mod routes;
mod team;

pub use project::{Project, project};

use self::iris::Iris;
use crate::{
    cli::{DemoArgs, SimArgs},
    logging,
    serve::told_to_stop,
};

/// Where the simulated Slack is found when nobody else is there; else on a free port.
const SLACK_AT: u16 = 4390;

/// Plays the incident; then, unless it is to end, serves until Ctrl-C.
pub fn demo(args: DemoArgs) -> ExitCode {
    run(async move {
        if let Ok(filter) = logging::filter("warn") {
            drop(logging::start(filter));
        }
        let folder = tempfile::tempdir().context("no place for the demo's files")?;
        let made = OnceLock::new();
        let sim = start_sim(|sim| {
            let iris = made.get_or_init(|| Iris::new(sim, folder.path().to_owned()));
            routes::routes(iris.clone())
        })
        .await?;
        let iris = made.get().context("the page has no Iris")?;
        say(&format!("The simulated Slack: {}", sim.page_url()))?;
        iris.start().await?;
        let address = iris.address().unwrap_or_default();
        say(&format!("Iris:                {address}"))?;

        let well = match play::play(&sim, iris).await {
            Ok(missing) => told(&missing)?,
            // Somebody was at the levers or in the way meanwhile: the workspace is theirs.
            Err(stuck) if !args.once => {
                say(&format!(
                    "\n✗ The incident was not played to its end: {stuck:#}"
                ))?;
                false
            }
            Err(stuck) => return Err(stuck),
        };
        if !args.once {
            say("\nNow it is yours: open the simulated Slack and type /incident. Ctrl-C ends it.")?;
            told_to_stop().await;
        }
        iris.stop().await?;
        sim.stop().await;
        Ok(well)
    })
}

/// Says whether every step did its work.
fn told(missing: &[&str]) -> io::Result<bool> {
    for step in missing {
        say(&format!("✗ {step} did not do its work"))?;
    }
    if missing.is_empty() {
        say("\n✓ Every step did its work.")?;
    }
    Ok(missing.is_empty())
}

/// `iris sim`: the simulated Slack alone.
pub fn sim(args: SimArgs) -> ExitCode {
    run(async move {
        let settings = match &args.config {
            Some(file) => slack_sim::Settings::read(file)?,
            None => slack_sim::Settings {
                listen: SocketAddr::from(([127, 0, 0, 1], SLACK_AT)),
                ..slack_sim::Settings::default()
            },
        };
        let sim = Sim::start(settings).await?;
        say(&format!("The simulated Slack: {}", sim.page_url()))?;
        say(&format!("SLACK_API_URL={}", sim.api_url()))?;
        say(&format!("SLACK_BOT_TOKEN={}", sim.settings().bot_token))?;
        say(&format!(
            "SLACK_SIGNING_SECRET={}",
            sim.settings().signing_secret
        ))?;
        told_to_stop().await;
        sim.stop().await;
        Ok(true)
    })
}

async fn start_sim(more: impl Fn(&Sim) -> Router) -> anyhow::Result<Sim> {
    let at = |port| slack_sim::Settings {
        listen: SocketAddr::from(([127, 0, 0, 1], port)),
        ..slack_sim::Settings::default()
    };
    match Sim::start_with(at(SLACK_AT), &more).await {
        Ok(sim) => Ok(sim),
        Err(_) => Sim::start_with(at(0), &more).await,
    }
}

fn run(work: impl Future<Output = anyhow::Result<bool>>) -> ExitCode {
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(work));
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            // The terminal is gone when this fails, too.
            let _ = writeln!(io::stderr(), "iris: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// A line for whoever watches. Nobody watching any more is no failure.
fn say(line: &str) -> io::Result<()> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
