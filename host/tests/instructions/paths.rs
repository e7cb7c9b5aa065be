//! The three paths that every delivery takes: in, through a step, into the store.

use std::sync::Arc;

use iris::{
    clock::SystemClock,
    event::{Declared, What},
    step::{Engine, Limits, Source, Step},
    store::{Commit, SharedStore, sqlite::Sqlite},
};
use serde_json::json;
use tempfile::TempDir;

use crate::{
    bench::Bench,
    stage::{self, about},
    support,
};

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Path {
    /// A signed message of a room, to the event that is handed over.
    Edge,
    /// The step `invite`, the smallest, hears of a declaration in a fresh instance. What callgrind
    /// shows of the processor is less than there is: the first run compiles the step anew, and keeps
    /// that for later ones.
    Step,
    /// A declaration with three effects is stored.
    Commit,
}

impl Path {
    pub(crate) const ALL: [Self; 3] = [Self::Edge, Self::Step, Self::Commit];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Edge => "edge",
            Self::Step => "step",
            Self::Commit => "commit",
        }
    }
}

/// Goes it so many times, on one thread but for the store's own.
pub(crate) fn walk(path: Path, times: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        match path {
            Path::Edge => edge(times).await,
            Path::Step => step(times).await,
            Path::Commit => commit(times).await,
        }
    });
}

async fn edge(times: u32) {
    let bench = Bench::new();
    let message = include_bytes!("../edge/fixtures/message.json");
    for _ in 0..times {
        let answer = bench.deliver(&message[..]).await;
        assert_eq!(answer.status, 200);
    }
    assert_eq!(bench.intake.taken().len(), times as usize);
}

async fn step(times: u32) {
    let (_folder, store) = store();
    let engine = Engine::new(Limits::default()).unwrap();
    let invite = Source::standard("invite").unwrap();
    let invite = Step::load(&engine, &stage::cache(), invite).await.unwrap();
    let mut call = about(What::Declared(Declared { answers: [].into() }), json!([]));
    call.config = invite.settings().check(&json!({})).unwrap();
    call.facts.messages = Arc::default();
    for _ in 0..times {
        invite.call(call.clone(), store.clone()).await.unwrap();
    }
}

async fn commit(times: u32) {
    let (_folder, store) = store();
    for number in 1..=times {
        let (incident, entries) = support::incident(number);
        let effect = |of: &str| support::effect(&format!("{of}-{number}"), Some(number));
        let declared = Commit {
            done: Some(format!("Ev{number}")),
            incident: Some(incident),
            entries,
            effects: ["room", "guide", "news"].map(effect).into(),
            ..support::commit()
        };
        store.commit(declared).await.unwrap();
    }
}

fn store() -> (TempDir, SharedStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(&folder.path().join("iris.db"), Arc::new(SystemClock)).unwrap();
    (folder, Arc::new(store))
}
