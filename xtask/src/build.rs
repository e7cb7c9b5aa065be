//! Builds the program and the six standard steps.

use std::fs;

use anyhow::Context;

use crate::{setup, sh};

/// The standard steps, as their files are called.
pub(crate) const STEPS: [&str; 6] = [
    "war-room", "invite", "guide", "todo", "timeline", "feedback",
];

/// Leaves `target/release/iris` and `target/steps/*.wasm`.
pub(crate) fn run() -> anyhow::Result<()> {
    setup::wasm_target()?;
    // The program carries the steps: its build script builds them first.
    sh::cargo(&["build", "--release", "--locked", "--package", "iris"])?;
    let built = sh::target().join("steps-build/wasm32-wasip2/step");
    let steps = sh::target().join("steps");
    fs::create_dir_all(&steps)?;
    for step in STEPS {
        let from = built.join(format!("iris_{}.wasm", step.replace('-', "_")));
        let to = steps.join(format!("{step}.wasm"));
        fs::copy(&from, &to).with_context(|| format!("no {}", from.display()))?;
    }
    Ok(())
}
