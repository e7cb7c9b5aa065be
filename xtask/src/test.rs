//! Every test there is. A missing tool is installed or named; nothing is skipped in silence.

use anyhow::Context;

use crate::{setup, sh};

/// In the order in which mistakes are cheapest to find.
pub(crate) fn run() -> anyhow::Result<()> {
    setup::wasm_target()?;
    sh::cargo(&["fmt", "--all", "--check"]).context("formatting: run `cargo fmt --all`")?;
    lints()?;
    sh::cargo(&["test", "--locked", "--workspace"])?;
    validators()
}

fn lints() -> anyhow::Result<()> {
    sh::cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])
}

/// Slack's own validators read every message and form that the stories left behind.
fn validators() -> anyhow::Result<()> {
    let python = setup::python("tests/oracles/requirements.txt")?;
    let said = sh::target().join("stories");
    let said = said.to_string_lossy().into_owned();
    sh::run(&mut sh::command(&python, &["tests/oracles/validate.py", &said]))
}
