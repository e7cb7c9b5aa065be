//! `iris step run`: what is to be tried, from the project's folder.

use std::{fs, path::Path};

use anyhow::Context;

use super::{
    super::{Config, load},
    build::newest,
    inspect,
};
use crate::demo::Project;

pub(super) fn project(
    folder: &Path,
    line: Option<&Path>,
    config: &Config,
) -> anyhow::Result<Project> {
    let settings = load::checked(config)?;
    let folder = std::path::absolute(folder)?;
    let wasm = newest(&folder).with_context(|| {
        format!(
            "the step must be built first: `iris step build {}`",
            folder.display()
        )
    })?;
    let (step, _) = load::block_on(inspect::loaded(&wasm.to_string_lossy(), &settings))?;
    let name = step.name().to_string();
    let line = match line {
        Some(file) => fs::read_to_string(file).with_context(|| format!("{}", file.display()))?,
        None => inspect::line(&name, None, Some(&inspect::asks(&step))),
    };
    Ok(Project { name, wasm, line })
}
