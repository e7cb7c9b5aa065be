//! `iris step run`: a step that is being written, in the simulated Slack. Each build of it is taken.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::OnceLock,
};

use anyhow::Context;
use tempfile::NamedTempFile;

use super::{iris::Iris, routes, run, say, start_sim};
use crate::{config, logging, serve::told_to_stop};

/// What is to be tried.
#[derive(Clone, Debug)]
pub struct Project {
    /// What the step calls itself.
    pub name: String,
    /// Its component, which builds replace.
    pub wasm: PathBuf,
    /// The `[[step]]` that uses it.
    pub line: String,
}

/// Serves until Ctrl-C.
pub fn project(project: Project) -> ExitCode {
    run(async move {
        if let Ok(filter) = logging::filter("warn,iris::step=debug") {
            drop(logging::start(filter));
        }
        let folder = tempfile::tempdir().context("no place for the files")?;
        let steps = folder.path().join("steps");
        fs::create_dir_all(&steps)?;
        let to = steps.join(format!("{}.wasm", project.name));
        copy(&project.wasm, &to)?;
        let made = OnceLock::new();
        let sim = start_sim(|sim| {
            let iris = made.get_or_init(|| {
                let folder = folder.path().to_owned();
                Iris::new(sim, folder).with_line(project.line.clone())
            });
            routes::routes(iris.clone())
        })
        .await?;
        let iris = made.get().context("the page has no Iris")?;
        iris.start().await?;
        say(&format!("The simulated Slack: {}", sim.page_url()))?;
        say(&format!(
            "{} works there; each `iris step build` is taken. Ctrl-C ends it.",
            project.name
        ))?;
        let _watch = watch(&project, to)?;
        told_to_stop().await;
        iris.stop().await?;
        sim.stop().await;
        Ok(true)
    })
}

/// Takes what a build leaves; Iris itself says what is wrong with it.
fn watch(project: &Project, to: PathBuf) -> anyhow::Result<config::Watch> {
    let folder = project.wasm.parent().context("a file lies in a folder")?;
    let (wasm, name) = (project.wasm.clone(), project.name.clone());
    let mut last = fs::read(&wasm).ok();
    let last = std::sync::Mutex::new(last.take());
    let changed = move || {
        let now = fs::read(&wasm).ok();
        let mut last = last
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if now.is_some() && now != *last && copy(&wasm, &to).is_ok() {
            *last = now;
            let _ = say(&format!("{name} was built: its next event meets it."));
        }
    };
    Ok(config::watch(folder, changed)?)
}

/// Nobody ever reads half a file.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let aside = NamedTempFile::new_in(to.parent().unwrap_or(Path::new(".")))?;
    fs::copy(from, aside.path())?;
    aside.persist(to)?;
    Ok(())
}
