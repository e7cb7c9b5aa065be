//! `iris step new`: a project that works, in the language of whoever writes it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail, ensure};
use clap::ValueEnum;
use rust_embed::{Embed, EmbeddedFile};

use super::super::say;

/// In which language the step is written.
#[derive(Clone, Copy, ValueEnum)]
pub(in crate::cli) enum Language {
    Rust,
    Js,
    Python,
}

#[derive(Embed)]
#[folder = "templates/"]
struct Templates;

/// The contract, which every project has a copy of.
#[derive(Embed)]
#[folder = "../wit/"]
struct Contract;

/// Stands for the step's name in the templates.
const NAME: &str = "{{name}}";

pub(super) fn new(name: &str, language: Language, within: &Path) -> anyhow::Result<ExitCode> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    ensure!(
        (1..=32).contains(&name.len()) && name.chars().all(fits),
        "`{name}` is no step's name: use at most 32 of `a-z`, `0-9` and `-`"
    );
    let folder = within.join(name);
    if folder.exists() {
        bail!(
            "{} is there already: choose another name, or another folder",
            folder.display()
        );
    }
    let language = match language {
        Language::Rust => "rust/",
        Language::Js => "js/",
        Language::Python => "python/",
    };
    for path in Templates::iter() {
        if let Some(within) = path.strip_prefix(language) {
            let file = Templates::get(&path).context("a template")?;
            write(
                &folder.join(written(within)),
                &text(&file).replace(NAME, name),
            )?;
        }
    }
    for path in Contract::iter().filter(|path| path.ends_with(".wit")) {
        let file = Contract::get(&path).context("the contract")?;
        write(&folder.join("wit").join(&*path), &text(&file))?;
    }
    say::out(format_args!(
        "{} is a step that greets the room. Next:\n\n  iris step build {}",
        folder.display(),
        folder.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// A template's name says what Cargo and Git must not take for their own.
fn written(template: &str) -> PathBuf {
    match template {
        "gitignore" => ".gitignore".into(),
        _ => template
            .strip_suffix(".txt")
            .filter(|name| *name == "Cargo.toml")
            .unwrap_or(template)
            .into(),
    }
}

fn text(file: &EmbeddedFile) -> String {
    String::from_utf8_lossy(&file.data).into_owned()
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let written = || {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        fs::write(path, text)
    };
    written().with_context(|| format!("{} cannot be written", path.display()))
}
