//! `iris step build`: a project's own tests, then its component, whatever it is written in.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context, bail, ensure};

use super::super::say;
use crate::config::environment;

pub(super) fn build(folder: &Path) -> anyhow::Result<ExitCode> {
    let wasm = if folder.join("Cargo.toml").exists() {
        rust(folder)?
    } else if folder.join("package.json").exists() {
        javascript(folder)?
    } else if folder.join("build.py").exists() {
        python(folder)?
    } else {
        bail!(
            "{} is no step's project: it has neither Cargo.toml nor package.json nor build.py",
            folder.display()
        );
    };
    let bytes = fs::metadata(&wasm)?.len();
    say::out(format_args!("{}, {bytes} bytes", wasm.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn rust(folder: &Path) -> anyhow::Result<PathBuf> {
    run(folder, "cargo", &["test", "--quiet", "--lib"])?;
    run(
        folder,
        "cargo",
        &["build", "--quiet", "--release", "--target", "wasm32-wasip2"],
    )?;
    let target = environment("CARGO_TARGET_DIR");
    let target = target.map_or_else(|| folder.join("target"), PathBuf::from);
    let library = library(&folder.join("Cargo.toml"))?;
    let made = target.join(format!("wasm32-wasip2/release/{library}.wasm"));
    let wasm = folder.join(format!("{}.wasm", library.replace('_', "-")));
    fs::copy(&made, &wasm).with_context(|| {
        format!(
            "there is no {}: has the project `crate-type = [\"cdylib\"]`?",
            made.display()
        )
    })?;
    Ok(wasm)
}

/// How Cargo calls what it makes of the package. Other projects may share its folder.
fn library(manifest: &Path) -> anyhow::Result<String> {
    let read = || -> anyhow::Result<String> {
        let manifest: toml::Table = fs::read_to_string(manifest)?.parse()?;
        let name = |table: &str| manifest.get(table)?.get("name")?.as_str();
        let name = name("lib").or_else(|| name("package"));
        Ok(name.context("it names no package")?.replace('-', "_"))
    };
    read().with_context(|| format!("{} cannot be read", manifest.display()))
}

fn javascript(folder: &Path) -> anyhow::Result<PathBuf> {
    if !folder.join("node_modules").exists() {
        run(folder, "npm", &["ci", "--no-audit", "--no-fund"])?;
    }
    run(folder, "npm", &["test"])?;
    run(folder, "npm", &["run", "build"])?;
    newest(folder)
}

fn python(folder: &Path) -> anyhow::Result<PathBuf> {
    if !folder.join(".venv").exists() {
        run(folder, "python3", &["-m", "venv", ".venv"])?;
        run(
            folder,
            ".venv/bin/pip",
            &["install", "--quiet", "-r", "requirements.txt"],
        )?;
    }
    run(
        folder,
        ".venv/bin/python",
        &["-m", "unittest", "discover", "-t", "."],
    )?;
    run(folder, ".venv/bin/python", &["build.py"])?;
    newest(folder)
}

/// What the tools say goes to stderr: stdout is for the result.
fn run(folder: &Path, program: &str, words: &[&str]) -> anyhow::Result<()> {
    // A program within the project is named from there.
    let path = if program.contains('/') {
        folder.join(program)
    } else {
        program.into()
    };
    let path = if program.contains('/') {
        std::path::absolute(path)?
    } else {
        path
    };
    let command = format!("{program} {}", words.join(" "));
    say::aside(format_args!("{command}"));
    let ended = Command::new(path)
        .args(words)
        .current_dir(folder)
        .stdout(std::io::stderr())
        .status()
        .with_context(|| format!("`{program}` cannot be run: is it installed?"))?;
    ensure!(ended.success(), "`{command}` failed");
    Ok(())
}

/// The component that was made last.
pub(super) fn newest(folder: &Path) -> anyhow::Result<PathBuf> {
    let files =
        fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let paths = files.filter_map(|file| Some(file.ok()?.path()));
    let made = paths.filter(|path| path.extension() == Some("wasm".as_ref()));
    let newest = made.max_by_key(|path| fs::metadata(path).and_then(|file| file.modified()).ok());
    newest.with_context(|| format!("nothing was made in {}", folder.display()))
}
