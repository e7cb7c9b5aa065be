//! Plays one whole incident in a simulated Slack.

use std::process::exit;

use anyhow::Context;

use crate::{build, sh};

/// Builds, then hands over to `iris demo`, whose exit code is the answer.
pub(crate) fn run(once: bool) -> anyhow::Result<()> {
    build::run()?;
    let iris = sh::target().join("release/iris");
    let args: &[&str] = if once { &["demo", "--once"] } else { &["demo"] };
    let status = sh::command(&iris, args)
        .status()
        .context("cannot run the built iris")?;
    exit(status.code().unwrap_or(1));
}
