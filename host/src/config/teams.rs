//! The folder of teams' files: `<TEAM_ID>.toml`, else `default.toml`. Read again while it is in
//! use: a file with a mistake is refused, and its last good version stays in force.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use arc_swap::ArcSwap;
use serde_json::Value;

use super::{
    folder::{DEFAULT, ReadFile, read_folder},
    problem::{Problem, has_errors},
    team::TeamFile,
};
use crate::{
    ids::TeamId,
    team::{Hook, StepUse, Team},
};

/// Gives the JSON Schema for the config of a line that uses a step.
pub type SchemaOf = Arc<dyn Fn(&StepUse) -> Option<Value> + Send + Sync>;

/// All teams' files. Cheap to ask from everywhere.
pub struct Teams {
    folder: PathBuf,
    schema_of: SchemaOf,
    loaded: ArcSwap<Loaded>,
    /// One reload at a time.
    reloading: Mutex<()>,
}

#[derive(Default)]
struct Loaded {
    /// By the file's name without `.toml`.
    files: BTreeMap<String, InForce>,
    problems: Vec<Problem>,
}

#[derive(Clone)]
struct InForce {
    file: Arc<TeamFile>,
    team: Arc<Team>,
}

impl Teams {
    /// Reads the folder. Here no last good version could stand in: any mistake is an error.
    pub fn open(folder: &Path, schema_of: SchemaOf) -> Result<Self, Vec<Problem>> {
        let loaded = read(folder, &schema_of, &Loaded::default());
        if loaded.files.is_empty() && !has_errors(&loaded.problems) {
            let sentence = "This folder holds no team's file: write `default.toml` into it.";
            return Err(vec![Problem::of(folder.display().to_string(), sentence)]);
        }
        if has_errors(&loaded.problems) {
            return Err(loaded.problems);
        }
        let teams = Self {
            folder: folder.to_owned(),
            schema_of,
            loaded: ArcSwap::from_pointee(loaded),
            reloading: Mutex::new(()),
        };
        report(&[], &teams.loaded.load().problems);
        Ok(teams)
    }

    /// What is in force for a team. `None`: no file is for it, so Iris does not serve it.
    pub fn team(&self, id: &TeamId) -> Option<Arc<Team>> {
        let loaded = self.loaded.load();
        let file = loaded
            .files
            .get(id.as_str())
            .or_else(|| loaded.files.get(DEFAULT))?;
        Some(Arc::clone(&file.team))
    }

    /// The file that is in force for a team, such as `teams/default.toml`. `None`: none is for it.
    pub fn file_of(&self, id: &TeamId) -> Option<String> {
        let loaded = self.loaded.load();
        let file = loaded
            .files
            .get(id.as_str())
            .or_else(|| loaded.files.get(DEFAULT))?;
        Some(file.file.name().to_owned())
    }

    /// Every file in force, by its name without `.toml`; `default` among them.
    pub fn files(&self) -> Vec<(String, Arc<TeamFile>)> {
        let loaded = self.loaded.load();
        loaded
            .files
            .iter()
            .map(|(stem, file)| (stem.clone(), Arc::clone(&file.file)))
            .collect()
    }

    /// The hook of this name, its team, and the file in which it stands, by its name without
    /// `.toml`.
    pub fn hook(&self, name: &str) -> Option<(String, Arc<Team>, Arc<Hook>)> {
        let loaded = self.loaded.load();
        loaded.files.iter().find_map(|(stem, file)| {
            let hook = file.team.hooks.iter().find(|hook| hook.name == name)?;
            Some((stem.clone(), Arc::clone(&file.team), Arc::clone(hook)))
        })
    }

    /// What is wrong with the files at present.
    pub fn problems(&self) -> Vec<Problem> {
        self.loaded.load().problems.clone()
    }

    /// Reads the folder again, and says in the log what is newly wrong or right again.
    pub fn reload(&self) {
        let _one = self
            .reloading
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let before = self.loaded.load_full();
        let loaded = read(&self.folder, &self.schema_of, &before);
        report(&before.problems, &loaded.problems);
        self.loaded.store(Arc::new(loaded));
    }

    /// Where the files are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn read(folder: &Path, schema_of: &SchemaOf, before: &Loaded) -> Loaded {
    let mut loaded = Loaded::default();
    let files = match read_folder(folder) {
        Ok(files) => files,
        Err(problem) => {
            loaded.problems.push(problem);
            loaded.files.clone_from(&before.files);
            return loaded;
        }
    };
    for ReadFile {
        stem,
        file,
        mut problems,
    } in files
    {
        let wrong = file
            .iter()
            .flat_map(|file| file.check_config(|line| schema_of(line)));
        problems.extend(wrong);
        let good = file.filter(|_| !has_errors(&problems)).map(|file| InForce {
            team: Arc::new(file.team.clone()),
            file: Arc::new(file),
        });
        loaded.problems.extend(problems);
        if let Some(file) = good.or_else(|| before.files.get(&stem).cloned()) {
            loaded.files.insert(stem, file);
        }
    }
    loaded
}

fn report(before: &[Problem], now: &[Problem]) {
    let known: BTreeSet<String> = before.iter().map(Problem::to_string).collect();
    for problem in now
        .iter()
        .filter(|problem| !known.contains(&problem.to_string()))
    {
        let (line, column) = problem.line_and_column().unwrap_or_default();
        if problem.is_warning() {
            tracing::warn!(file = problem.place(), line, column, "{problem}");
        } else {
            tracing::error!(
                file = problem.place(),
                line,
                column,
                "Not in force: {problem}"
            );
        }
    }
    let mistakes = now.iter().filter(|problem| !problem.is_warning()).count();
    if mistakes == 0 && has_errors(before) {
        tracing::info!("All teams' files are in force again");
    }
    #[expect(clippy::cast_precision_loss, reason = "nobody makes 2^52 mistakes")]
    metrics::gauge!("iris_team_file_mistakes").set(mistakes as f64);
}
