//! The steps of this repository on the stage of `iris::rehearse`: a scenario that cannot be played
//! is a mistake of the test.

use std::{
    collections::BTreeMap,
    ops::{Deref, DerefMut},
    path::Path,
    sync::Arc,
};

use iris::{
    event::{SeenMessage, What},
    incident::{Change, Declaration},
    registry::Registry,
    rehearse::Stage,
    step::{Cache, Engine, Limits, Source, Step, Steps},
    team::Locale,
};
use serde_json::Value;
use tokio::sync::{Mutex, OnceCell};

pub(crate) use iris::rehearse::{AYA, KEN, YUI};

/// The stage, in tests.
pub(crate) struct World(Stage);

/// Plays the scenario in both languages, and compares what was written with the snapshots: all of
/// it in English, the words in Japanese.
pub(crate) async fn play(step: &str, name: &str, scenario: impl AsyncFn(&mut World)) {
    for locale in [Locale::En, Locale::Ja] {
        let mut stage = Stage::new(self::step(step).await, locale).await.unwrap();
        for host in ["api.statuspage.example", "oncall.acme.example"] {
            stage.http.insert(host.to_owned());
        }
        for secret in ["STATUSPAGE_TOKEN", "ONCALL_TOKEN"] {
            stage.secrets.insert(secret.to_owned());
        }
        let mut world = World(stage);
        scenario(&mut world).await;
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(Path::new("snapshots").join(step));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let name = format!("{name}.{}", locale.tag());
        settings.bind(|| insta::assert_snapshot!(name, world.page.text()));
    }
}

impl Deref for World {
    type Target = Stage;

    fn deref(&self) -> &Stage {
        &self.0
    }
}

impl DerefMut for World {
    fn deref_mut(&mut self) -> &mut Stage {
        &mut self.0
    }
}

impl World {
    pub(crate) async fn declare(&mut self, declaration: Declaration) {
        self.0.declare(declaration).await.unwrap();
    }

    pub(crate) async fn knows(&mut self, id: &str, name: &str, deactivated: bool) {
        self.0.knows(id, name, deactivated).await.unwrap();
    }

    pub(crate) async fn tell(&mut self, caption: &str, by: Option<&str>, what: What) {
        self.0.tell(caption, by, what).await.unwrap();
    }

    pub(crate) async fn types(&mut self, by: &str, word: &str, rest: &str) {
        self.0.types(by, word, rest).await.unwrap();
    }

    pub(crate) async fn change(&mut self, by: &str, change: Change) {
        self.0.change(by, change).await.unwrap();
    }

    pub(crate) async fn entry(&mut self, by: &str, kind: &str, text: &str, data: Value) {
        self.0.entry(by, kind, text, data).await.unwrap();
    }

    pub(crate) async fn timer(&mut self, name: &str) {
        self.0.timer(name).await.unwrap();
    }

    pub(crate) async fn team_timer(&mut self, name: &str) {
        self.0.team_timer(name).await.unwrap();
    }

    pub(crate) async fn presses(&mut self, by: &str, action: &str, value: &str) {
        self.0.presses(by, action, value).await.unwrap();
    }

    pub(crate) async fn submits(
        &mut self,
        by: &str,
        form: &str,
        memo: &str,
        filled: &[(&str, &str)],
    ) {
        self.0.submits(by, form, memo, filled).await.unwrap();
    }

    pub(crate) async fn chooses(&mut self, by: &str, shortcut: &str, message: SeenMessage) {
        self.0.chooses(by, shortcut, message).await.unwrap();
    }

    pub(crate) async fn reacts(&mut self, by: &str, emoji: &str, added: bool, ts: &str) {
        self.0.reacts(by, emoji, added, ts).await.unwrap();
    }

    pub(crate) async fn joins(&mut self, who: &str) {
        self.0.joins(who).await.unwrap();
    }

    pub(crate) async fn invited(&mut self, came: &[&str], missing: &[(&str, &str)]) {
        self.0.invited(came, missing).await.unwrap();
    }

    pub(crate) async fn refuses(&mut self, wish: &str, name: Option<&str>, code: &str) {
        self.0.refuses(wish, name, code).await.unwrap();
    }

    pub(crate) async fn answers(&mut self, key: &str, answer: Value) {
        self.0.answers(key, answer).await.unwrap();
    }
}

/// A standard step, or one of the examples.
async fn step(name: &str) -> Arc<Step> {
    static EXAMPLES: Mutex<BTreeMap<String, Arc<Step>>> = Mutex::const_new(BTreeMap::new());
    if let Some(step) = steps().await.get(name) {
        return step;
    }
    // One at a time: they are built when they are asked for.
    let mut examples = EXAMPLES.lock().await;
    if let Some(step) = examples.get(name) {
        return step.clone();
    }
    let source = Source {
        name: name.to_owned(),
        bytes: crate::examples::component(name).into(),
        standard: false,
    };
    let engine = Engine::new(Limits::default()).unwrap();
    let step = Arc::new(Step::load(&engine, &cache(), source).await.unwrap());
    examples.insert(name.to_owned(), step.clone());
    step
}

fn cache() -> Cache {
    Cache::new(Some(
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiled-steps"),
    ))
}

/// Compiled once, found compiled by later runs.
async fn steps() -> &'static Steps {
    static STEPS: OnceCell<Steps> = OnceCell::const_new();
    let start = async || {
        let engine = Engine::new(Limits::default()).unwrap();
        let registry = Registry::new("none".into(), 0);
        let steps = Steps::start(engine, cache(), registry, "none".into()).await;
        steps.unwrap()
    };
    STEPS.get_or_init(start).await
}
