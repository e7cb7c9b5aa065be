//! Every test there is. A missing tool is installed or named; nothing is skipped in silence.

use anyhow::Context;

use crate::{setup, sh};

/// A browser and what drives it: the program, and the package of Debian that has it.
const BROWSER: [(&str, &str); 2] = [
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
];

/// In the order in which mistakes are cheapest to find.
pub(crate) fn run() -> anyhow::Result<()> {
    setup::wasm_target()?;
    setup::packages(&BROWSER)?;
    sh::cargo(&["fmt", "--all", "--check"]).context("formatting: run `cargo fmt --all`")?;
    lints()?;
    // One set of features and one profile throughout: everything is compiled once.
    sh::cargo(&["test", "--locked", "--workspace"])?;
    oracle()?;
    browser()
}

fn lints() -> anyhow::Result<()> {
    sh::cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "-D",
        "warnings",
    ])
}

/// Slack's own SDK reads every message and form that the stories left behind.
fn oracle() -> anyhow::Result<()> {
    let python = setup::python("tests/oracles/requirements.txt")?;
    let said = sh::target().join("stories");
    let said = said.to_string_lossy().into_owned();
    sh::run(&mut sh::command(
        &python,
        &["tests/oracles/validate.py", &said],
    ))
}

/// A browser declares an incident in the demo, which `cargo test` has built.
fn browser() -> anyhow::Result<()> {
    let python = setup::python("tests/browser/requirements.txt")?;
    let iris = sh::target().join("debug/iris");
    let iris = iris.to_string_lossy().into_owned();
    sh::run(&mut sh::command(
        &python,
        &["tests/browser/declare.py", &iris],
    ))
}
