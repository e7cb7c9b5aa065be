//! Reads the folder of teams' files.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    problem::{Problem, Source},
    team::{TeamFile, parse},
};

/// The file for teams that have none of their own, without `.toml`.
pub const DEFAULT: &str = "default";

/// What reading one file came to.
pub struct ReadFile {
    /// Its name without `.toml`.
    pub stem: String,
    /// `None`: something stands in the way.
    pub file: Option<TeamFile>,
    pub problems: Vec<Problem>,
}

/// Every team's file in the folder, in the order of their names. Steps' configs are not checked.
pub fn read_folder(folder: &Path) -> Result<Vec<ReadFile>, Problem> {
    let mut paths = list(folder).map_err(|error| {
        let sentence = format!("This folder of teams' files cannot be read: {error}.");
        Problem::of(folder.display().to_string(), sentence)
    })?;
    paths.sort();
    let stem = |path: &PathBuf| Some(path.file_stem()?.to_str()?.to_owned());
    let files = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "toml"));
    let files = files.filter_map(|path| Some((path, stem(path)?)));
    let mut files = files
        .filter(|(_, stem)| !stem.starts_with('.'))
        .map(|(path, stem)| read(path, stem))
        .collect::<Vec<_>>();
    hooks_twice(&mut files);
    Ok(files)
}

/// A hook's name is its address: it stands in one file only. The first to have it, in the order of
/// the files' names, keeps it.
fn hooks_twice(files: &mut [ReadFile]) {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for read in files {
        let Some(file) = &read.file else { continue };
        for hook in &file.team.hooks {
            if let Some(other) = taken.get(&hook.name) {
                let sentence = format!(
                    "The hook `{}` is in {other} already: rename one of them.",
                    hook.name
                );
                read.problems.push(file.hook_error(&hook.name, sentence));
            } else {
                taken.insert(hook.name.clone(), file.name().to_owned());
            }
        }
    }
}

fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect()
}

fn read(path: &Path, stem: String) -> ReadFile {
    let name = path.display().to_string();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            let problem = Problem::of(name, format!("This file cannot be read: {error}."));
            return ReadFile {
                stem,
                file: None,
                problems: vec![problem],
            };
        }
    };
    let (file, mut problems) = parse(&name, &stem, &text);
    if stem != DEFAULT && !is_team(&stem) {
        let sentence = "This file is for nobody: name it after a workspace's id (`T….toml`), or \
            `default.toml`.";
        problems.push(Source::new(name, text).warning(0..0, sentence));
    }
    ReadFile {
        stem,
        file,
        problems,
    }
}

/// Slack's id of a workspace or of an organisation.
fn is_team(stem: &str) -> bool {
    stem.starts_with(['T', 'E'])
        && stem
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}
