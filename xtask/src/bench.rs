//! Benchmarks: the inside with divan, the outside as whole processes.

use crate::{build, sh};

/// Prints all of them.
pub(crate) fn run() -> anyhow::Result<()> {
    build::run()?;
    sh::cargo(&["bench", "--locked", "--package", "iris", "--package", "iris-tests"])
}
