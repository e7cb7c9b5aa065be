//! The step that does what a test tells it, built beside the standard steps.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, ensure};

/// Its component. Built once; later calls find it built.
pub fn guest() -> anyhow::Result<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("");
    // <target>/<profile>/deps/<test>
    let here = env::current_exe()?;
    let target = here
        .ancestors()
        .nth(3)
        .context("a test lies in its target folder")?;
    let target: PathBuf = target.join("steps-build");
    let built = Command::new("cargo")
        .current_dir(root)
        .args([
            "build",
            "--quiet",
            "--locked",
            "--profile",
            "step",
            "--package",
            "iris-guest",
        ])
        .args(["--target", "wasm32-wasip2", "--target-dir"])
        .arg(&target)
        .status()?;
    ensure!(
        built.success(),
        "the guest was not built: is the target wasm32-wasip2 installed?"
    );
    Ok(fs::read(target.join("wasm32-wasip2/step/iris_guest.wasm"))?)
}
