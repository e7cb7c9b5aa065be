//! What steps of teams cost others: a bad neighbour, a step that is replaced under load, and many
//! steps and teams.

use std::{env, process::Command};

use anyhow::{Context, ensure};

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
/// The figures that it has told.
fn alone<const N: usize>(words: &[&str]) -> anyhow::Result<[f64; N]> {
    let said = Command::new(env::current_exe()?).args(words).output()?;
    let err = String::from_utf8_lossy(&said.stderr).into_owned();
    ensure!(said.status.success(), "{err}");
    let out = String::from_utf8_lossy(&said.stdout).into_owned();
    let figures: Result<Vec<f64>, _> = out.split_whitespace().map(str::parse).collect();
    let figures = figures?.try_into().ok();
    figures.with_context(|| format!("{N} figures, not {out}"))
}

/// Tells whoever runs this case.
#[expect(clippy::print_stdout, reason = "another process reads it")]
fn tell(figures: &[f64]) {
    for figure in figures {
        println!("{figure}");
    }
}
