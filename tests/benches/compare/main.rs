//! Iris beside bots that do the same on Bolt (`tests/peers/`): each a process of its own, in a
//! simulated workspace of its own, measured in turn.
//!
//! `cargo xtask bench compare` builds and installs what it needs.

mod declaration;
mod load;
mod loads;
mod process;
mod side;
mod start;

use iris_measure::{Goal, Measure};

use side::{Kind, Side};

fn main() -> anyhow::Result<()> {
    // `cargo test --benches` only wants to know that it runs.
    if std::env::args().any(|word| word == "--test") {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        start::run().await?;
        let mut sides = vec![];
        for kind in Kind::ALL {
            let mut side = Side::new(kind).await?;
            side.start().await?;
            sides.push(side);
        }
        let ended = async {
            declaration::run(&sides).await?;
            loads::acknowledgements(&sides).await?;
            loads::events(&sides).await
        };
        let ended = ended.await;
        for side in sides {
            side.end().await;
        }
        ended
    })
}

/// The same measure of all three, as `Kind::ALL` has them: a row beside each bot. What is to be
/// reached is to be reached beside the one in JavaScript.
fn rows(what: &str, unit: &str, [iris, javascript, python]: &[Vec<f64>; 3], goal: Option<Goal>) {
    let row = Measure::new(what, unit).iris(iris);
    let beside = row.clone().beside(Kind::JavaScript.name(), javascript);
    match goal {
        Some(goal) => beside.goal(goal).print(),
        None => beside.print(),
    }
    row.beside(Kind::Python.name(), python).print();
}
