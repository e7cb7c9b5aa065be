//! A team with one incident and one of the standard steps: what happens is told to the step, what
//! it wishes is written down, and its changes and state stay for what happens next.

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use iris::{
    clock::{Moment, SystemClock},
    effect::{Scope, Wish},
    event::{Event, What},
    ids::{Owner, UserId},
    incident::{Cause, Change, Declaration, Incident, NewEntry, Room, apply, declare},
    registry::Registry,
    step::{
        Cache, Call, Engine, Facts, Grants, Limits, Outcome, Recorded, Source, Step, Steps, Typed,
    },
    store::{Commit, Person, SharedStore, StatePlace, Timer, TimerChange, sqlite::Sqlite},
    team::{Allow, Locale, Team},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{Mutex, OnceCell};

use crate::{
    show::{Page, caused},
    team::{situation, team, title},
};

/// Who is there. Aya declares.
pub(crate) const AYA: &str = "U0AYA";
pub(crate) const KEN: &str = "U0KEN";
pub(crate) const YUI: &str = "U0YUI";

/// 1 December 2026, a Tuesday, 14:05 in Tokyo.
const NOW: Moment = Moment(1_796_101_500_000);

/// What the step is told of, and where what it says is written.
pub(crate) struct World {
    pub(crate) team: Team,
    pub(crate) incident: Option<Incident>,
    /// The step's settings.
    pub(crate) config: Value,
    pub(crate) now: Moment,
    pub(crate) page: Page,
    step: Arc<Step>,
    store: SharedStore,
    messages: Vec<(Owner, String)>,
    events: u32,
    _folder: TempDir,
}

/// Plays the scenario in both languages, and compares what was written with the snapshots: all of
/// it in English, the words in Japanese.
pub(crate) async fn play(step: &str, name: &str, scenario: impl AsyncFn(&mut World)) {
    for locale in [Locale::En, Locale::Ja] {
        let mut world = World::new(step, locale).await;
        scenario(&mut world).await;
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(Path::new("snapshots").join(step));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let name = format!("{name}.{}", locale.tag());
        settings.bind(|| insta::assert_snapshot!(name, world.page.text()));
    }
}

impl World {
    async fn new(step: &str, locale: Locale) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("iris.db");
        let store: SharedStore = Arc::new(Sqlite::open(&file, Arc::new(SystemClock)).unwrap());
        let mut world = Self {
            team: team(locale),
            incident: None,
            config: json!({}),
            now: NOW,
            page: Page::new(locale),
            step: self::step(step).await,
            store,
            messages: vec![],
            events: 0,
            _folder: folder,
        };
        for (id, name) in [(AYA, "Aya Sato"), (KEN, "Ken Mori"), (YUI, "Yui Tanaka")] {
            world.knows(id, name, false).await;
        }
        world
            .declare(Declaration {
                title: title(locale).to_owned(),
                situation: situation(locale).to_owned(),
                product: Some("payments".to_owned()),
                severity: Some("sev1".to_owned()),
                origin: Some("C0OPS".into()),
                ..Declaration::default()
            })
            .await;
        world
    }

    /// Another incident than the usual one.
    pub(crate) async fn declare(&mut self, declaration: Declaration) {
        let number = self.incident.as_ref().map_or(42, |last| last.number + 1);
        let by = UserId::from(AYA);
        let cause = Cause {
            owner: &Owner::core(),
            by: Some(&by),
            now: self.now,
        };
        let (mut incident, changed) = declare(number, &declaration, cause);
        incident.people = [AYA.into()].into();
        self.incident = Some(incident);
        self.keep(Commit {
            entries: changed.entries,
            ..Commit::default()
        })
        .await;
    }

    /// The room stands, without that the step is told.
    pub(crate) fn room(&mut self) {
        self.incident.as_mut().unwrap().room = Some(Room {
            channel: "C0ROOM".into(),
            name: "inc-20261201-payments".to_owned(),
        });
    }

    /// A person whom Iris has met.
    pub(crate) async fn knows(&mut self, id: &str, name: &str, deactivated: bool) {
        let person = Person {
            id: id.into(),
            name: name.to_owned(),
            email: None,
            zone: None,
            deactivated,
            bot: false,
            seen: self.now,
        };
        let people = vec![person];
        self.store.put_people(&"T1".into(), people).await.unwrap();
    }

    /// This step, as events name it.
    pub(crate) fn me(&self) -> Owner {
        self.step.name().clone()
    }

    pub(crate) fn later(&mut self, time: Duration) {
        self.now = self.now.plus(time);
    }

    /// Tells the step what happened, and writes down what it says.
    pub(crate) async fn tell(&mut self, caption: &str, by: Option<&str>, what: What) {
        self.call(caption, by, what, None).await;
    }

    /// Somebody types one of the step's words.
    pub(crate) async fn types(&mut self, by: &str, word: &str, rest: &str) {
        use iris::event::{Command, Reply};
        let what = What::Command(Command {
            text: format!("{word} {rest}"),
            channel: "C0ROOM".into(),
            channel_name: "inc-20261201-payments".to_owned(),
            reply: Reply::default(),
        });
        let typed = Typed {
            word: word.to_owned(),
            rest: rest.to_owned(),
        };
        let caption = format!("{by} types: {word} {rest}");
        self.call(caption.trim_end(), Some(by), what, Some(typed))
            .await;
    }

    /// Changes the incident as the core does, and tells the step what that causes.
    pub(crate) async fn change(&mut self, by: &str, change: Change) {
        let owner = Owner::core();
        let events = self.apply(&owner, Some(by), change).await;
        for what in events {
            self.follows(Some(by), what).await;
        }
    }

    /// Something that another step or the core wrote down.
    pub(crate) async fn entry(&mut self, by: &str, kind: &str, text: &str, data: Value) {
        let entry = NewEntry {
            kind: kind.to_owned(),
            text: text.to_owned(),
            data: Some(data),
            ..NewEntry::default()
        };
        self.change(by, Change::Append { entry }).await;
    }

    /// A timer of this step fires now.
    pub(crate) async fn timer(&mut self, name: &str) {
        let what = What::Timer {
            owner: self.step.name().clone(),
            name: name.to_owned(),
            due: self.now,
        };
        self.tell(&format!("the timer {name} fires"), None, what)
            .await;
    }

    /// The same of a timer that is the team's.
    pub(crate) async fn team_timer(&mut self, name: &str) {
        let incident = self.incident.take();
        self.timer(name).await;
        self.incident = incident;
    }

    /// What a change causes, told to the step if it asks for such events.
    async fn follows(&mut self, by: Option<&str>, what: What) {
        let event = self.event(by, what);
        if self.step.concerns(&event) {
            let caption = caused(&event.what);
            self.tell(&caption, by, event.what).await;
        }
    }

    async fn call(&mut self, caption: &str, by: Option<&str>, what: What, typed: Option<Typed>) {
        let event = self.event(by, what);
        let asked = typed.is_some() || self.step.concerns(&event);
        assert!(asked, "{} is not told of this: {caption}", self.step.name());
        self.page.happened(caption);
        let call = Call {
            facts: self.facts(&event),
            event: Arc::new(event),
            config: self.step.settings().check(&self.config).unwrap(),
            grants: Arc::new(self.grants()),
            typed,
        };
        let ended = self.step.call(call, self.store.clone()).await.unwrap();
        self.page.outcome(&ended.outcome);
        if let Outcome::Done(recorded) = ended.outcome {
            for what in self.take(by, recorded).await {
                Box::pin(self.follows(by, what)).await;
            }
        }
    }

    fn event(&mut self, by: Option<&str>, what: What) -> Event {
        self.events += 1;
        Event {
            id: format!("Ev{}", self.events),
            team: "T1".into(),
            at: self.now,
            by: by.map(UserId::from),
            incident: self.incident.as_ref().map(|incident| incident.number),
            chain: 0,
            what,
        }
    }

    fn facts(&self, event: &Event) -> Facts {
        let reacted = match &event.what {
            What::Reacted(reacted) => Some(Arc::new(crate::acts::pinned(&reacted.message.ts))),
            _ => None,
        };
        Facts {
            silent: Arc::default(),
            now: self.now,
            team: Arc::new(self.team.clone()),
            incident: self.incident.clone().map(Arc::new),
            steps: self.team.steps.iter().map(|s| s.name.clone()).collect(),
            messages: Arc::new(self.messages.iter().cloned().collect()),
            room_wished: false,
            reacted,
            workspace: Some("https://acme.slack.com/".into()),
        }
    }

    /// A team's line that allows all that the step asks for.
    fn grants(&self) -> Grants {
        let asked = self.step.descriptor(Locale::En);
        let allow = Allow {
            wishes: asked
                .capabilities
                .iter()
                .map(|kind| kind.as_str().to_owned())
                .collect(),
            slack: asked.slack_methods.clone(),
            http: ["api.statuspage.example".to_owned()].into(),
            secrets: ["STATUSPAGE_TOKEN".to_owned()].into(),
        };
        Grants::of(asked, &allow, self.step.standard()).unwrap()
    }

    /// Keeps what a call came to: its state, its timers, its changes, the names of its messages.
    /// Returns what its changes cause.
    async fn take(&mut self, by: Option<&str>, recorded: Recorded) -> Vec<What> {
        let owner = self.step.name().clone();
        let (mut timers, mut caused) = (vec![], vec![]);
        for wish in recorded.wishes {
            match wish {
                Wish::Change(change) => {
                    caused.extend(self.apply(&owner, by, change).await);
                }
                Wish::Post { name, .. } | Wish::Upload { name, .. } => {
                    self.messages.push((owner.clone(), name));
                }
                Wish::Remove { name } => self.messages.retain(|(_, known)| *known != name),
                Wish::SetTimer { scope, name, at } => {
                    let place = self.place(scope == Scope::Incident);
                    timers.push(TimerChange::Set(Timer {
                        place,
                        name,
                        due: at,
                    }));
                }
                Wish::CancelTimer { scope, name } => {
                    let place = self.place(scope == Scope::Incident);
                    timers.push(TimerChange::Cancel { place, name });
                }
                _ => {}
            }
        }
        self.keep(Commit {
            writes: recorded.writes,
            timers,
            ..Commit::default()
        })
        .await;
        caused
    }

    async fn apply(&mut self, owner: &Owner, by: Option<&str>, change: Change) -> Vec<What> {
        let by = by.map(UserId::from);
        let cause = Cause {
            owner,
            by: by.as_ref(),
            now: self.now,
        };
        let incident = self.incident.as_mut().unwrap();
        let changed = apply(incident, change, cause, &self.team).unwrap();
        self.keep(Commit {
            entries: changed.entries,
            ..Commit::default()
        })
        .await;
        changed.events
    }

    async fn keep(&self, commit: Commit) {
        let commit = Commit {
            team: Some("T1".into()),
            incident: self.incident.clone(),
            ..commit
        };
        self.store.commit(commit).await.unwrap();
    }

    fn place(&self, of_incident: bool) -> StatePlace {
        let number = self.incident.as_ref().map(|incident| incident.number);
        StatePlace {
            team: "T1".into(),
            owner: self.step.name().clone(),
            incident: number.filter(|_| of_incident),
        }
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
