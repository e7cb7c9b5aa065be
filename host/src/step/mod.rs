//! Runs steps: facts in, wishes out.
//!
//! A step is a WebAssembly component. It is handed one event on a fresh instance, reads facts, and
//! each thing it wishes is checked and recorded. Nothing is sent from here.
//!
//! [`Steps`] holds the steps that are in force; [`Step::call`] runs one. A [`Grants`] says what a
//! step may wish in a team.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use arc_swap::ArcSwap;

mod bindings;
mod cache;
mod call;
mod concerns;
mod convert;
mod descriptor;
mod engine;
mod grants;
mod host;
mod json;
mod limits;
mod load;
mod program;
mod running;
mod sandbox;
mod settings;
mod standard;
mod typed;
mod wall;
mod weigh;

pub use cache::Cache;
pub use call::{Call, Ended, Facts, Fault, FieldError, Outcome, Recorded, Typed};
pub use descriptor::{BadDescriptor, Descriptor, Menu, Reach, Shortcut, Word};
pub use engine::{Engine, EngineError};
pub use grants::{Grants, Missing, Permission, Ungranted};
pub use limits::Limits;
pub use load::{LoadError, Source, Step};
pub use settings::{BadSetting, Settings};

/// The steps that are in force, by name. Read at every event, replaced while in use: a call that
/// runs keeps the step it began with.
pub struct Steps {
    engine: Arc<Engine>,
    cache: Cache,
    /// Where operators put steps of their own.
    folder: PathBuf,
    loaded: ArcSwap<BTreeMap<String, Arc<Step>>>,
    /// What is wrong with their files, as it was last said.
    said: Mutex<BTreeSet<String>>,
}

/// A step that is not in force as its file stands: for the operator.
#[derive(Debug, thiserror::Error)]
#[error("the step `{step}`: {why}")]
pub struct Problem {
    pub step: String,
    pub why: Trouble,
}

/// Why a step's file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error("its name is not 1 to 32 of `a-z 0-9 -`")]
    Name,
    #[error("there is no such standard step, and no file {}", .0.display())]
    Missing(PathBuf),
    #[error(
        "{} is gone; its last version serves until Iris is started again",
        .0.display()
    )]
    Gone(PathBuf),
    #[error("{} cannot be read: {error}", file.display())]
    Unreadable {
        file: PathBuf,
        error: std::io::Error,
    },
    #[error(transparent)]
    Load(#[from] LoadError),
}

impl Steps {
    /// With the standard steps loaded. `folder` need not exist.
    pub async fn start(
        engine: Arc<Engine>,
        cache: Cache,
        folder: PathBuf,
    ) -> Result<Self, Problem> {
        let mut loaded = BTreeMap::new();
        for source in standard::sources() {
            let name = source.name.clone();
            let step = Step::load(&engine, &cache, source)
                .await
                .map_err(|error| Problem {
                    step: name.clone(),
                    why: error.into(),
                })?;
            loaded.insert(name, Arc::new(step));
        }
        Ok(Self {
            engine,
            cache,
            folder,
            loaded: ArcSwap::from_pointee(loaded),
            said: Mutex::default(),
        })
    }

    pub fn get(&self, name: &str) -> Option<Arc<Step>> {
        self.loaded.load().get(name).cloned()
    }

    /// Names of those in force.
    pub fn names(&self) -> BTreeSet<String> {
        self.loaded.load().keys().cloned().collect()
    }

    /// Where operators put steps of their own. It need not be there.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Names of the components in the folder.
    pub fn dropped_in(&self) -> BTreeSet<String> {
        let entries = std::fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .flatten();
        let files = entries.map(|entry| entry.path());
        let wasm = files.filter(|path| path.extension() == Some("wasm".as_ref()));
        wasm.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .collect()
    }

    /// Reads the files of these steps, and takes those that are new or changed. A file in the
    /// folder stands in for the standard step of its name. Where a file is wrong, the step that was
    /// in force stays.
    pub async fn refresh(&self, names: &BTreeSet<String>) -> Vec<Problem> {
        let mut problems = vec![];
        for name in names {
            if let Err(why) = self.refresh_one(name).await {
                problems.push(Problem {
                    step: name.clone(),
                    why,
                });
            }
        }
        problems
    }

    /// Takes what is new in the folder, changed, or gone, and says in the log what is newly wrong.
    /// Whether other steps are in force now.
    pub async fn reload(&self) -> bool {
        let mut names = self.dropped_in();
        let loaded = self.loaded.load_full();
        let brought = loaded.iter().filter(|(_, step)| !step.standard());
        names.extend(brought.map(|(name, _)| name.clone()));
        let problems = self.refresh(&names).await;
        let problems: BTreeSet<String> = problems.iter().map(ToString::to_string).collect();
        metrics::gauge!("iris_step_mistakes")
            .set(u32::try_from(problems.len()).unwrap_or(u32::MAX));
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        for problem in problems.difference(&said) {
            tracing::error!("Not in force: {problem}");
        }
        *said = problems;
        !Arc::ptr_eq(&loaded, &self.loaded.load())
    }

    async fn refresh_one(&self, name: &str) -> Result<(), Trouble> {
        if !descriptor::short_name(name, 32) {
            return Err(Trouble::Name);
        }
        let file = self.folder.join(format!("{name}.wasm"));
        let source = match read(&file, self.engine.limits.component).await {
            Ok(bytes) => Source {
                name: name.to_owned(),
                bytes: bytes.into(),
                standard: false,
            },
            Err(Trouble::Missing(file)) => match self.get(name) {
                Some(step) if step.standard() => return Ok(()),
                Some(_) => standard::source(name).ok_or(Trouble::Gone(file))?,
                None => return Err(Trouble::Missing(file)),
            },
            Err(trouble) => return Err(trouble),
        };
        if self.get(name).is_some_and(|step| source.is(&step)) {
            return Ok(());
        }
        let step = Arc::new(Step::load(&self.engine, &self.cache, source).await?);
        let version = &step.descriptor(crate::team::Locale::En).version;
        tracing::info!(
            step.name = name,
            step.version = version,
            step.digest = step.digest(),
            "Step `{name}` {version} is in force"
        );
        self.loaded.rcu(|loaded| {
            let mut loaded = BTreeMap::clone(loaded);
            loaded.insert(name.to_owned(), step.clone());
            loaded
        });
        Ok(())
    }
}

/// A file that is too large is not read at all.
async fn read(file: &Path, limit: usize) -> Result<Vec<u8>, Trouble> {
    let unreadable = |error: std::io::Error| {
        let file = file.to_owned();
        if error.kind() == std::io::ErrorKind::NotFound {
            Trouble::Missing(file)
        } else {
            Trouble::Unreadable { file, error }
        }
    };
    let length = tokio::fs::metadata(file).await.map_err(unreadable)?.len();
    if usize::try_from(length).is_ok_and(|length| length <= limit) {
        tokio::fs::read(file).await.map_err(unreadable)
    } else {
        Err(LoadError::TooLarge { limit }.into())
    }
}
