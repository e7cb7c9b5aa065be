//! What must be on the machine before anything is built or tested.

use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::sh;

/// The target that steps are built for.
const WASM: &str = "wasm32-wasip2";

/// Adds the target of the steps if it is missing.
pub(crate) fn wasm_target() -> anyhow::Result<()> {
    let sysroot = sh::command("rustc", &["--print", "sysroot"])
        .output()
        .context("no rustc")?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot.stdout).trim());
    if sysroot.join("lib/rustlib").join(WASM).exists() {
        return Ok(());
    }
    sh::run(&mut sh::command("rustup", &["target", "add", WASM]))
        .context("the steps need the target wasm32-wasip2: `rustup target add wasm32-wasip2`")
}

/// Installs Debian packages that are missing, where that is allowed; else names them.
pub(crate) fn packages(needed: &[(&str, &str)]) -> anyhow::Result<()> {
    let missing: Vec<&str> = needed
        .iter()
        .filter(|(program, _)| !sh::has(program))
        .map(|(_, package)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let install = || -> anyhow::Result<()> {
        sh::run(&mut sh::command("apt-get", &["update", "-qq"]))?;
        let mut args = vec!["install", "-y", "-qq", "--no-install-recommends"];
        args.extend(&missing);
        sh::run(sh::command("apt-get", &args).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    if let Err(problem) = install() {
        bail!(
            "the tests need the packages `{}`: install them ({problem})",
            missing.join(" ")
        );
    }
    Ok(())
}

/// The pinned packages of a folder's `package-lock.json`, installed beside it.
pub(crate) fn node(folder: &str) -> anyhow::Result<()> {
    let lock = sh::root().join(folder).join("package-lock.json");
    let installed = sh::root()
        .join(folder)
        .join("node_modules/.package-lock.json");
    let written = |file: &PathBuf| file.metadata().and_then(|known| known.modified()).ok();
    if written(&installed) > written(&lock) {
        return Ok(());
    }
    let install = ["ci", "--ignore-scripts", "--prefix", folder];
    sh::run(&mut sh::command("npm", &install)).context("the tests need Node.js 18 or later")
}

/// The native part, `library`, of a package that [`node`] has installed; npm fetches it, or
/// compiles it, which takes minutes.
pub(crate) fn compiled(folder: &str, package: &str, library: &str) -> anyhow::Result<()> {
    let built = sh::root().join(folder).join("node_modules").join(package);
    // An interrupted build leaves the folder, without the library.
    if built.join("build/Release").join(library).exists() {
        return Ok(());
    }
    let rebuild = [
        "rebuild",
        "--ignore-scripts=false",
        "--prefix",
        folder,
        package,
    ];
    sh::run(&mut sh::command("npm", &rebuild))
        .with_context(|| format!("`{package}` needs a C++ compiler, make and Python 3"))
}

/// A Python of the project's own with the pinned packages of `requirements`; its path.
pub(crate) fn python(requirements: &str) -> anyhow::Result<PathBuf> {
    let home = sh::target().join("python");
    let python = home.join("bin/python");
    if !python.exists() {
        let home = home.to_string_lossy().into_owned();
        sh::run(&mut sh::command("python3", &["-m", "venv", &home]))
            .context("the tests need Python 3 with venv (Debian: python3-venv)")?;
    }
    sh::run(&mut sh::command(
        &python,
        &["-m", "pip", "install", "-q", "-r", requirements],
    ))?;
    Ok(python)
}
