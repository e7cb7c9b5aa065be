//! `iris step remove`: what no team uses any more.

use std::{fs, io::ErrorKind, process::ExitCode};

use anyhow::{Context, bail};

use super::super::{Config, load, say};
use crate::{
    config::{TeamFile, read_folder},
    registry::Reference,
    step::Source,
    team::Origin,
};

pub(super) fn remove(name: &str, config: &Config) -> anyhow::Result<ExitCode> {
    let settings = load::checked(config)?;
    let origin = if name.starts_with("oci://") {
        let reference: Reference = name.parse()?;
        if reference.digest().is_none() {
            bail!("name what is to be forgotten by its digest: `iris step list` has it");
        }
        Origin::Registry(reference)
    } else {
        Origin::file(name)
    };
    let files = read_folder(&settings.teams).unwrap_or_default();
    let files: Vec<_> = files.into_iter().filter_map(|read| read.file).collect();
    let using: Vec<_> = files.iter().filter(|file| uses(file, &origin)).collect();
    if !using.is_empty() {
        let files: Vec<_> = using.iter().map(|file| file.name()).collect();
        bail!(
            "`{name}` is used by {}: take it out there first",
            files.join(", ")
        );
    }
    match &origin {
        Origin::Folder { file } => {
            let path = settings.steps.join(format!("{file}.wasm"));
            match fs::remove_file(&path) {
                Ok(()) => say::out(format_args!("{} is removed", path.display()))?,
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    bail!("there is no file {}: nothing was changed", path.display());
                }
                Err(error) => {
                    return Err(error).with_context(|| format!("{}", path.display()));
                }
            }
        }
        Origin::Registry(reference) => {
            if !load::registry(&settings).forget(reference)? {
                bail!("{reference} was never fetched: nothing was changed");
            }
            say::out(format_args!("{reference} is forgotten"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A standard step that stands in its place goes on by itself.
fn uses(file: &TeamFile, origin: &Origin) -> bool {
    let mut lines = file.team.steps.iter();
    lines.any(|line| {
        let standard = line.keeps_standard() && Source::standard(&line.name).is_some();
        line.origin == *origin && !standard
    })
}
