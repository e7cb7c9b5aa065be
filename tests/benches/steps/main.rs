//! What steps of teams cost others: a bad neighbour, a step that is replaced under load, and many
//! steps and teams.

use std::{env, process::Command};

mod many;
mod neighbour;
mod swap;

fn main() -> anyhow::Result<()> {
    // `cargo test --benches` only wants to know that it runs.
    if env::args().any(|word| word == "--test") {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let word = |flag: &str| env::args().skip_while(|word| word != flag).nth(1);
    if let Some(size) = word("--many") {
        return many::one(&runtime, &size);
    }
    if let Some(what) = word("--neighbour") {
        return runtime.block_on(neighbour::one(&what));
    }
    neighbour::run()?;
    runtime.block_on(swap::run())?;
    many::run()
}

/// One case in a process of its own: what an earlier one left would count, and so would its memory.
fn alone(words: &[&str]) -> anyhow::Result<String> {
    let said = Command::new(env::current_exe()?).args(words).output()?;
    let err = String::from_utf8_lossy(&said.stderr).into_owned();
    anyhow::ensure!(said.status.success(), "{err}");
    Ok(String::from_utf8_lossy(&said.stdout).trim_end().to_owned())
}

/// The value below which so many of a hundred lie.
fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn say(line: &str) {
    println!("{line}");
}
