//! From a file to a step that can be called: what is no step of this contract is refused here, with
//! the name of what is wrong.

use std::{collections::BTreeSet, sync::Arc};

use sha2::{Digest, Sha256};

use super::{
    cache::Cache,
    call::{Call, Facts, Fault},
    concerns,
    descriptor::{BadDescriptor, Descriptor},
    engine::Engine,
    program::{self, Program},
    running::Running,
    settings::Settings,
    standard,
};
use crate::{
    clock::Moment,
    event::{Event, What},
    ids::{Owner, TeamId},
    team::{Locale, Team},
};

/// The version of the contract that this Iris speaks.
pub const CONTRACT: &str = "0.1.0";

/// A step, compiled and described.
pub struct Step {
    pub(super) owner: Owner,
    pub(super) program: Program,
    digest: String,
    contract: String,
    functions: BTreeSet<String>,
    standard: bool,
    english: Descriptor,
    japanese: Descriptor,
    settings: Settings,
}

/// Where a step's file comes from.
#[derive(Clone, Debug)]
pub struct Source {
    /// What it is called until it has said its name: its file.
    pub name: String,
    pub bytes: Arc<[u8]>,
    /// It came with Iris, and carries its own allowances.
    pub standard: bool,
}

impl Source {
    /// The standard step of this name.
    pub fn standard(name: &str) -> Option<Self> {
        standard::sources().find(|source| source.name == name)
    }

    /// Whether the step was made from this.
    pub fn is(&self, step: &Step) -> bool {
        self.standard == step.standard && hex::encode(Sha256::digest(&self.bytes)) == step.digest
    }
}

/// A file that is not taken as a step. The one before it stays in force.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("it is larger than {} MiB", limit >> 20)]
    TooLarge { limit: usize },
    #[error("it is no WebAssembly component: {0}")]
    NotComponent(String),
    #[error("it speaks version {theirs} of the contract with steps, this Iris speaks {CONTRACT}")]
    Version { theirs: String },
    #[error("it imports what this Iris does not have: {0}")]
    Import(String),
    #[error("it does not export `iris:step/handler` as the contract has it: {0}")]
    Handler(String),
    #[error("it cannot describe itself: {0}")]
    Describe(#[source] Fault),
    #[error("its description is wrong: {0}")]
    Descriptor(#[from] BadDescriptor),
    #[error("the schema of its settings is wrong: {0}")]
    Settings(String),
}

impl Step {
    /// Compiles a step, or finds it compiled, and lets it describe itself.
    pub async fn load(
        engine: &Arc<Engine>,
        cache: &Cache,
        source: Source,
    ) -> Result<Self, LoadError> {
        let limit = engine.limits.file;
        if source.bytes.len() > limit {
            return Err(LoadError::TooLarge { limit });
        }
        let compiled = cache.compile(engine, source.bytes).await?;
        let (program, contract) = Program::new(engine, &compiled.component)?;
        let functions = program::functions(engine, &compiled.component);
        let file = Owner::from(source.name);
        let english = describe(&program, &file, Locale::En).await?;
        let japanese = describe(&program, &file, Locale::Ja).await?;
        english.same_as(&japanese)?;
        let owner = Owner::from(english.name.as_str());
        let settings = Settings::new(&english.settings).map_err(LoadError::Settings)?;
        let step = Self {
            owner,
            program,
            digest: compiled.digest,
            contract,
            functions,
            standard: source.standard,
            english,
            japanese,
            settings,
        };
        let owner = &step.owner;
        for event in step.unknown_events() {
            tracing::warn!(step = %owner, event, "Step `{owner}` asks for an event that nobody knows");
        }
        Ok(step)
    }

    /// Events that it asks for and that do not exist.
    pub fn unknown_events(&self) -> impl Iterator<Item = &String> {
        let events = self.english.events.iter();
        events.filter(|event| !concerns::is_known(event))
    }

    pub fn name(&self) -> &Owner {
        &self.owner
    }

    /// SHA-256 of its file, in hex.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The version of the contract that it was built against, such as `0.1.0`.
    pub fn contract(&self) -> &str {
        &self.contract
    }

    /// The functions of the contract that it can call, such as `messages.post`.
    pub fn functions(&self) -> &BTreeSet<String> {
        &self.functions
    }

    /// Whether it came with Iris.
    pub fn standard(&self) -> bool {
        self.standard
    }

    pub fn descriptor(&self, locale: Locale) -> &Descriptor {
        match locale {
            Locale::En => &self.english,
            Locale::Ja => &self.japanese,
        }
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}

/// Asks the step what it is. Nothing is granted to it and everything reads empty.
async fn describe(
    program: &Program,
    owner: &Owner,
    locale: Locale,
) -> Result<Descriptor, LoadError> {
    let running = Running::new(owner.clone(), nothing(), None, program.limits());
    let said = program
        .describe(running, locale.tag())
        .await
        .map_err(LoadError::Describe)?;
    Ok(Descriptor::checked(said)?)
}

/// A call in which nothing has happened, to nobody.
fn nothing() -> Call {
    let event = Event {
        id: "describe".to_owned(),
        team: TeamId::from(""),
        at: Moment::default(),
        by: None,
        incident: None,
        chain: 0,
        lineage: None,
        what: What::HomeOpened,
    };
    let team = Team {
        name: String::new(),
        locale: Locale::En,
        zone: "UTC".to_owned(),
        command: String::new(),
        severities: vec![],
        roles: vec![],
        products: vec![],
        steps: vec![],
        hooks: vec![],
        shared_channels: false,
    };
    Call {
        event: Arc::new(event),
        facts: Facts {
            now: Moment::default(),
            team: Arc::new(team),
            incident: None,
            steps: Arc::default(),
            messages: Arc::default(),
            silent: Arc::default(),
            room_wished: false,
            reacted: None,
            workspace: None,
        },
        config: "{}".into(),
        grants: Arc::default(),
        typed: None,
    }
}
