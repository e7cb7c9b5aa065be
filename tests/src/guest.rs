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

/// Another version of a step: this text of its program is that one, of the same length, wherever it
/// stands.
///
/// # Panics
/// When the texts differ in length or the program does not hold it.
pub fn changed(mut wasm: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let found: Vec<_> = (0..wasm.len())
        .filter(|at| wasm[*at..].starts_with(from.as_bytes()))
        .collect();
    assert!(!found.is_empty(), "{from}");
    for at in found {
        wasm[at..at + to.len()].copy_from_slice(to.as_bytes());
    }
    wasm
}
