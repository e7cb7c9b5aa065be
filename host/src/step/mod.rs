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

use crate::{
    registry::{FetchError, Reference, Registry},
    team::{Origin, StepUse},
};

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
mod keep;
mod limits;
mod load;
mod program;
mod running;
mod sandbox;
mod settings;
mod standard;
mod turns;
mod typed;
mod wall;
mod weigh;

pub use cache::Cache;
pub use call::{Call, Ended, Facts, Fault, FieldError, Outcome, Recorded, Typed};
pub use descriptor::{BadDescriptor, Descriptor, Menu, Reach, Shortcut, Word};
pub use engine::{Engine, EngineError};
pub use grants::{Grants, Missing, Permission, Ungranted};
pub use keep::{fits, storable};
pub use limits::Limits;
pub use load::{CONTRACT, LoadError, Source, Step};
pub use settings::{BadSetting, Settings};

/// The steps that are in force. Read at every event, replaced while in use: a call that runs keeps
/// the step it began with.
pub struct Steps {
    engine: Arc<Engine>,
    cache: Cache,
    /// Where operators put steps of their own.
    folder: PathBuf,
    /// Those that come with Iris, by name.
    standard: BTreeMap<String, Arc<Step>>,
    brought: ArcSwap<BTreeMap<Origin, Brought>>,
    registry: Registry,
    /// What is wrong with their files, as it was last said.
    said: Mutex<BTreeSet<String>>,
}

/// A step that operators brought.
#[derive(Clone)]
struct Brought {
    step: Arc<Step>,
    /// Its file is no more: it serves who uses it already.
    gone: bool,
}

/// A step that is not in force as its file stands: for the operator.
#[derive(Debug, thiserror::Error)]
#[error("the step `{step}`: {why}")]
pub struct Problem {
    pub step: Origin,
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
        "{} is gone; its last version serves the teams that use it until Iris is started again",
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
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

impl Steps {
    /// With the standard steps loaded. `folder` need not exist.
    pub async fn start(
        engine: Arc<Engine>,
        cache: Cache,
        registry: Registry,
        folder: PathBuf,
    ) -> Result<Self, Problem> {
        let mut standard = BTreeMap::new();
        for source in standard::sources() {
            let name = source.name.clone();
            let step = Step::load(&engine, &cache, source)
                .await
                .map_err(|error| Problem {
                    step: Origin::file(&name),
                    why: error.into(),
                })?;
            standard.insert(name, Arc::new(step));
        }
        Ok(Self {
            engine,
            cache,
            folder,
            standard,
            brought: ArcSwap::default(),
            registry,
            said: Mutex::default(),
        })
    }

    /// What is in force for this line of a team's file: what an operator brought, else the standard
    /// step, which also stays where the line allows nothing more.
    pub fn of(&self, line: &StepUse) -> Option<Arc<Step>> {
        let standard = self.standard.get(&line.name).cloned();
        if line.keeps_standard() && standard.is_some() {
            return standard;
        }
        let brought = self.brought.load();
        let brought = brought.get(&line.origin).map(|has| has.step.clone());
        brought.or_else(|| self.standard.get(line.origin.standard()?).cloned())
    }

    /// What lies in the folder under this name, else the standard step of that name.
    pub fn get(&self, name: &str) -> Option<Arc<Step>> {
        let brought = self.brought.load();
        let brought = brought.get(&Origin::file(name)).map(|has| has.step.clone());
        brought.or_else(|| self.standard.get(name).cloned())
    }

    /// Whether what comes from there was taken.
    pub fn has(&self, origin: &Origin) -> bool {
        self.brought.load().contains_key(origin)
    }

    /// Whether it was fetched before, so that no registry need be asked.
    pub fn is_kept(&self, origin: &Origin) -> bool {
        match origin {
            Origin::Folder { .. } => false,
            Origin::Registry(reference) => self.registry.has(reference),
        }
    }

    /// Whether what an operator brought has no file any more.
    pub fn is_gone(&self, origin: &Origin) -> bool {
        self.brought.load().get(origin).is_some_and(|has| has.gone)
    }

    /// All in force: the standard ones, then what operators brought, with where it comes from.
    pub fn all(&self) -> Vec<(Origin, Arc<Step>)> {
        let standard = self.standard.iter();
        let standard = standard.map(|(name, step)| (Origin::file(name), step.clone()));
        let brought = self.brought.load_full();
        let brought = brought
            .iter()
            .map(|(from, has)| (from.clone(), has.step.clone()));
        standard.chain(brought).collect()
    }

    /// Where operators put steps of their own. It need not be there.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The components in the folder.
    pub fn dropped_in(&self) -> BTreeSet<Origin> {
        let entries = std::fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .flatten();
        let files = entries.map(|entry| entry.path());
        let wasm = files.filter(|path| path.extension() == Some("wasm".as_ref()));
        wasm.filter_map(|path| Some(Origin::file(path.file_stem()?.to_str()?)))
            .collect()
    }

    /// Reads the files of these steps, and takes those that are new or changed. Where a file is
    /// wrong, the step that was in force stays.
    pub async fn refresh(&self, origins: &BTreeSet<Origin>) -> Vec<Problem> {
        let mut problems = vec![];
        for origin in origins {
            if let Err(why) = self.refresh_one(origin).await {
                problems.push(Problem {
                    step: origin.clone(),
                    why,
                });
            }
        }
        problems
    }

    /// Takes what is new in the folder, changed, or gone, and says in the log what is newly wrong.
    /// Whether other steps are in force now.
    pub async fn reload(&self) -> bool {
        let before = self.brought.load_full();
        let mut origins = self.dropped_in();
        let known = before.keys();
        origins.extend(known.filter(|origin| origin.is_file()).cloned());
        let problems = self.refresh(&origins).await;
        let problems: BTreeSet<String> = problems.iter().map(ToString::to_string).collect();
        metrics::gauge!("iris_step_mistakes")
            .set(u32::try_from(problems.len()).unwrap_or(u32::MAX));
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        for problem in problems.difference(&said) {
            tracing::error!("Not in force: {problem}");
        }
        *said = problems;
        let steps = |brought: &BTreeMap<Origin, Brought>| -> Vec<_> {
            brought.values().map(|has| Arc::as_ptr(&has.step)).collect()
        };
        steps(&before) != steps(&self.brought.load())
    }

    async fn refresh_one(&self, origin: &Origin) -> Result<(), Trouble> {
        match origin {
            Origin::Folder { file } => self.refresh_file(origin, file).await,
            Origin::Registry(reference) => self.fetch(origin, reference).await,
        }
    }

    /// What a digest names is the same for ever: once it is in force, there is nothing to refresh.
    async fn fetch(&self, origin: &Origin, reference: &Reference) -> Result<(), Trouble> {
        if self.brought.load().contains_key(origin) {
            return Ok(());
        }
        let bytes = self.registry.get(reference).await?;
        let source = Source {
            name: reference.short().to_owned(),
            bytes: bytes.into(),
            standard: false,
        };
        let step = Step::load(&self.engine, &self.cache, source).await?;
        self.take(origin, &Arc::new(step));
        Ok(())
    }

    async fn refresh_file(&self, origin: &Origin, name: &str) -> Result<(), Trouble> {
        if !descriptor::short_name(name, 32) {
            return Err(Trouble::Name);
        }
        let file = self.folder.join(format!("{name}.wasm"));
        let source = match read(&file, self.engine.limits.file).await {
            Ok(bytes) => Source {
                name: name.to_owned(),
                bytes: bytes.into(),
                standard: false,
            },
            Err(Trouble::Missing(file)) => return self.missing(origin, name, file),
            Err(trouble) => return Err(trouble),
        };
        let before = self.brought.load().get(origin).cloned();
        let step = match before {
            Some(has) if source.is(&has.step) && !has.gone => return Ok(()),
            Some(has) if source.is(&has.step) => has.step,
            Some(_) | None => Arc::new(Step::load(&self.engine, &self.cache, source).await?),
        };
        self.take(origin, &step);
        Ok(())
    }

    fn take(&self, origin: &Origin, step: &Arc<Step>) {
        let version = &step.descriptor(crate::team::Locale::En).version;
        tracing::info!(
            step.name = %origin,
            step.version = version,
            step.digest = step.digest(),
            "Step `{origin}` {version} is in force"
        );
        self.change(|brought| {
            let step = step.clone();
            brought.insert(origin.clone(), Brought { step, gone: false });
        });
    }

    /// There is no file. Where the standard step has that name, it is in force again.
    fn missing(&self, origin: &Origin, name: &str, file: PathBuf) -> Result<(), Trouble> {
        if self.standard.contains_key(name) {
            if self.brought.load().contains_key(origin) {
                tracing::info!(step.name = name, "The standard step `{name}` is in force");
                self.change(|brought| drop(brought.remove(origin)));
            }
            return Ok(());
        }
        if !self.brought.load().contains_key(origin) {
            return Err(Trouble::Missing(file));
        }
        if !self.is_gone(origin) {
            self.change(|brought| {
                if let Some(has) = brought.get_mut(origin) {
                    has.gone = true;
                }
            });
        }
        Err(Trouble::Gone(file))
    }

    fn change(&self, how: impl Fn(&mut BTreeMap<Origin, Brought>)) {
        self.brought.rcu(|brought| {
            let mut brought = BTreeMap::clone(brought);
            how(&mut brought);
            brought
        });
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
