//! Many at once: two hundred people who are called into one room, a hundred rooms in one second, and
//! a team that floods Iris while another declares.

use std::env;

mod burst;
mod company;
mod declaration;
mod flood;
mod neighbour;
mod responders;

fn main() -> anyhow::Result<()> {
    // `cargo test --benches` only wants to know that it runs.
    if env::args().any(|word| word == "--test") {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    // Each can be asked for alone, by its name.
    let parts = ["responders", "burst", "neighbour"];
    let named = |part: &str| env::args().any(|word| word == part);
    let all = !parts.iter().any(|part| named(part));
    let wanted = |part: &str| all || named(part);
    if wanted("responders") {
        runtime.block_on(responders::run())?;
    }
    if wanted("burst") {
        runtime.block_on(burst::run())?;
    }
    if wanted("neighbour") {
        runtime.block_on(neighbour::run())?;
    }
    Ok(())
}
