//! What steps of teams cost others: a bad neighbour, a step that is replaced under load, and many
//! steps and teams.

use std::env;

mod many;
mod neighbour;
mod swap;

fn main() -> anyhow::Result<()> {
    // `cargo test --benches` only wants to know that it runs.
    if env::args().any(|word| word == "--test") {
        return Ok(());
    }
    // Each size in a process of its own, so that memory is its own.
    if let Some(size) = env::args().skip_while(|word| word != "--many").nth(1) {
        return many::one(&size);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        neighbour::run().await?;
        swap::run().await
    })?;
    many::run()
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
