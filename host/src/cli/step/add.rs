//! `iris step add`: a step that is to be used, checked and put where Iris finds it.

use std::{fs, io::Write, path::Path, process::ExitCode};

use anyhow::{Context, bail};
use tempfile::NamedTempFile;

use super::{
    super::{Config, load, say},
    inspect,
};
use crate::{
    config::Settings,
    registry::Reference,
    step::{Source, Step},
};

pub(super) fn add(from: &str, into: Option<&Path>, config: &Config) -> anyhow::Result<ExitCode> {
    let settings = load::checked(config)?;
    let (step, origin) = if from.starts_with("oci://") {
        let reference = from.parse::<Reference>()?;
        let (step, pinned) = load::block_on(fetched(&reference, &settings))?;
        (step, Some(pinned))
    } else {
        (load::block_on(copied(Path::new(from), &settings))?, None)
    };
    let place = origin.as_ref().map(ToString::to_string);
    let asks = inspect::asks(&step);
    let lines = inspect::line(step.name().as_str(), place.as_deref(), Some(&asks));
    let Some(file) = into else {
        say::aside("To use it, write into a team's file, with a `config` if it takes one:\n");
        say::out(lines.trim_end())?;
        return Ok(ExitCode::SUCCESS);
    };
    let old = fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
    let new = match &origin {
        Some(pinned) => repinned(&old, pinned),
        None => None,
    };
    let (new, did) = match new {
        Some(new) => (new, "takes the new digest"),
        None => (format!("{}\n\n{lines}", old.trim_end()), "uses it"),
    };
    write(file, new.as_bytes())?;
    say::aside(format_args!(
        "{} {did}. `iris check` says what is still to be said.",
        file.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// What the reference stands for now, kept, and what names it for ever.
async fn fetched(reference: &Reference, settings: &Settings) -> anyhow::Result<(Step, Reference)> {
    let registry = load::registry(settings);
    let failed = || format!("{reference} is not taken");
    let pinned = registry.resolve(reference).await.with_context(failed)?;
    let bytes = registry.get(&pinned).await.with_context(failed)?;
    let step = loaded(reference.short(), bytes, settings).await?;
    say::aside(format_args!(
        "{reference} is sha256:{} now, fetched and kept.",
        pinned.digest().unwrap_or_default()
    ));
    Ok((step, pinned))
}

/// The file, in the steps' folder under the name by which the step calls itself.
async fn copied(file: &Path, settings: &Settings) -> anyhow::Result<Step> {
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let step = loaded(&name, bytes.clone(), settings).await?;
    let to = settings.steps.join(format!("{}.wasm", step.name()));
    fs::create_dir_all(&settings.steps)
        .with_context(|| format!("{} cannot be made", settings.steps.display()))?;
    write(&to, &bytes)?;
    say::aside(format_args!("{} is in place.", to.display()));
    Ok(step)
}

async fn loaded(name: &str, bytes: Vec<u8>, settings: &Settings) -> anyhow::Result<Step> {
    let (engine, cache) = load::engine(settings)?;
    let source = Source {
        name: name.to_owned(),
        bytes: bytes.into(),
        standard: false,
    };
    let step = Step::load(&engine, &cache, source).await;
    step.with_context(|| format!("`{name}` cannot be used as a step"))
}

/// The file with every other digest of that name replaced; `None` when it names none.
fn repinned(file: &str, pinned: &Reference) -> Option<String> {
    const HEX: usize = 64;
    let before = format!("oci://{}@sha256:", pinned.name());
    let digest = pinned.digest()?;
    let mut parts = file.split(&before);
    let mut new = parts.next()?.to_owned();
    let mut found = false;
    for part in parts {
        new.push_str(&before);
        match part.get(HEX..) {
            Some(rest) => {
                found = true;
                new.push_str(digest);
                new.push_str(rest);
            }
            None => new.push_str(part),
        }
    }
    found.then_some(new)
}

/// Written aside and renamed: Iris watches the folder, and must not see half a file.
fn write(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = file.parent().filter(|folder| *folder != Path::new(""));
    let write = || {
        let mut aside = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        aside.write_all(bytes)?;
        aside.as_file().sync_all()?;
        if let Ok(known) = fs::metadata(file) {
            aside.as_file().set_permissions(known.permissions())?;
        }
        aside.persist(file)?;
        Ok::<_, std::io::Error>(())
    };
    if let Err(error) = write() {
        bail!("{} cannot be written: {error}", file.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_replaced_where_it_stands() {
        let (old, new) = ("a".repeat(64), "b".repeat(64));
        let pinned: Reference = format!("oci://ghcr.io/acme/on-call@sha256:{new}")
            .parse()
            .unwrap();
        let line = |digest: &str| {
            format!("from = \"oci://ghcr.io/acme/on-call@sha256:{digest}\" # ours\n")
        };
        let other = format!("from = \"oci://ghcr.io/acme/other@sha256:{old}\"\n");
        let file = format!("{}{other}", line(&old));
        assert_eq!(
            repinned(&file, &pinned),
            Some(format!("{}{other}", line(&new)))
        );
        assert_eq!(repinned(&other, &pinned), None);
        assert_eq!(
            repinned("from = \"oci://ghcr.io/acme/on-call@sha256:a", &pinned),
            None
        );
    }
}
