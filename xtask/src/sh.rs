//! Runs other programs and shows what is run.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo's own variable, not a setting of Iris"
    )]
    std::env::var("CARGO_TARGET_DIR").map_or_else(|_| root().join("target"), PathBuf::from)
}

/// A program to be run in the root of the project.
pub(crate) fn command(program: impl AsRef<Path>, args: &[&str]) -> Command {
    let mut command = Command::new(program.as_ref());
    command.args(args).current_dir(root());
    command
}

pub(crate) fn cargo(args: &[&str]) -> anyhow::Result<()> {
    run(&mut command(env!("CARGO"), args))
}

/// Runs it, showing what is run; fails when it fails.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    say(&format!("{command:?}"));
    let status = command
        .status()
        .with_context(|| format!("cannot run {command:?}"))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}

/// Whether a program is there and answers to `--version`.
pub(crate) fn has(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|out| out.status.success())
}

/// A line for whoever watches.
#[expect(clippy::print_stderr, reason = "xtask speaks to the terminal")]
pub(crate) fn say(line: &str) {
    eprintln!("xtask: {line}");
}
