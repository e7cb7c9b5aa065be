//! A store, a Slack and a performer, with a clock that stands still.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use iris::{
    clock::{Clock, Moment, SharedClock},
    effect::{Act, Content, Effect, MessageRef, Need, State, Target},
    event::Event,
    ids::{Number, Owner, TeamId},
    incident::{Cause, Declaration, declare},
    perform::{Deps, PerformSettings, Performer, Secrets},
    slack::{Slack, SlackSettings},
    store::{Commit, SharedStore, sqlite::Sqlite},
    tasks::Tasks,
};
use slack_sim::{ClockSetting, Message, Settings, Sim};
use tempfile::TempDir;
use tokio::sync::{mpsc, watch};

/// How long a call may take: short, because some tests wait for it.
const TIMEOUT: Duration = Duration::from_millis(400);

/// Moved by hand, together with Slack's.
pub(crate) struct HandClock(watch::Sender<Moment>);

impl Clock for HandClock {
    fn now(&self) -> Moment {
        *self.0.borrow()
    }

    fn sleep_until(&self, until: Moment) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let mut moved = self.0.subscribe();
        Box::pin(async move {
            // Ends with the clock.
            let _ = moved.wait_for(|now| *now >= until).await;
        })
    }
}

pub(crate) struct World {
    pub(crate) sim: Sim,
    pub(crate) store: SharedStore,
    pub(crate) performer: Performer,
    pub(crate) events: mpsc::UnboundedReceiver<Event>,
    pub(crate) clock: Arc<HandClock>,
    patience: PerformSettings,
    secrets: Secrets,
    tasks: Tasks,
    _dir: TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        Self::fetching(settings, PerformSettings::default(), Secrets::new()).await
    }

    pub(crate) async fn fetching(
        settings: Settings,
        patience: PerformSettings,
        secrets: Secrets,
    ) -> Self {
        let settings = Settings {
            clock: ClockSetting::manual(),
            ..settings
        };
        let sim = Sim::start(settings).await.expect("a workspace");
        let clock = Arc::new(HandClock(watch::Sender::new(Moment(
            sim.clock().micros() / 1000,
        ))));
        let dir = tempfile::tempdir().expect("a folder");
        let store = Sqlite::open(&dir.path().join("iris.db"), clock.clone()).expect("a store");
        let store: SharedStore = Arc::new(store);
        let (performer, events, tasks) = start(
            &sim,
            &store,
            clock.clone(),
            patience.clone(),
            secrets.clone(),
        );
        let world = Self {
            patience,
            secrets,
            sim,
            store,
            performer,
            events,
            clock,
            tasks,
            _dir: dir,
        };
        world.known().await;
        world
    }

    /// Until Slack has said whose the token is: a machine under load takes its time.
    async fn known(&self) {
        self.performer.idle().await;
        while !self.performer.knows_all() {
            self.wait(1).await;
        }
    }

    /// Ends the performer as it is, and starts another on what the store holds.
    pub(crate) async fn restart(&mut self) {
        self.tasks.stop().await;
        let (patience, secrets) = (self.patience.clone(), self.secrets.clone());
        let (performer, events, tasks) = start(
            &self.sim,
            &self.store,
            self.clock.clone(),
            patience,
            secrets,
        );
        performer.recover().await.expect("a store");
        (self.performer, self.events, self.tasks) = (performer, events, tasks);
    }

    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Writes effects down without acting on them.
    pub(crate) async fn commit(&self, effects: &[Effect]) {
        let mut effects = effects.to_vec();
        for effect in &mut effects {
            effect.planned_at = self.now();
        }
        let commit = Commit {
            team: Some(team()),
            effects,
            ..Commit::default()
        };
        self.store.commit(commit).await.expect("a commit");
    }

    /// Writes an incident down.
    pub(crate) async fn declare(&self, number: Number) {
        let cause = Cause {
            owner: &Owner::core(),
            by: None,
            now: self.now(),
        };
        let (incident, changed) = declare(number, &Declaration::default(), cause);
        let commit = Commit {
            team: Some(team()),
            incident: Some(incident),
            entries: changed.entries,
            ..Commit::default()
        };
        self.store.commit(commit).await.expect("a commit");
    }

    /// Writes effects down, and acts on them as far as there is no need to wait.
    pub(crate) async fn plan(&self, effects: &[Effect]) {
        self.commit(effects).await;
        let mut planned = Vec::new();
        for effect in effects {
            let stored = self
                .store
                .effect(&team(), &effect.key)
                .await
                .expect("a store");
            planned.extend(stored);
        }
        self.performer.take(planned);
        self.performer.idle().await;
    }

    /// Lets time pass, second by second, with everything done that falls due.
    pub(crate) async fn wait(&self, seconds: u64) {
        for _ in 0..seconds {
            self.performer.idle().await;
            self.sim.advance(Duration::from_secs(1));
            self.clock
                .0
                .send_modify(|now| *now = now.plus(Duration::from_secs(1)));
        }
        self.performer.idle().await;
    }

    /// Returns when it is so, without time passing.
    pub(crate) async fn until(&self, mut so: impl AsyncFnMut() -> bool) {
        while !so().await {
            tokio::task::yield_now().await;
        }
    }

    pub(crate) async fn state(&self, key: &str) -> State {
        self.effect(key).await.state
    }

    pub(crate) async fn effect(&self, key: &str) -> Effect {
        let effect = self.store.effect(&team(), key).await.expect("a store");
        effect.expect("a planned effect")
    }

    pub(crate) async fn is_applied(&self, key: &str) -> bool {
        matches!(self.state(key).await, State::Applied { .. })
    }

    /// The code by which it was refused.
    pub(crate) async fn refusal(&self, key: &str) -> Option<String> {
        let State::Refused { code } = self.state(key).await else {
            return None;
        };
        Some(code)
    }

    /// What the events say that came so far.
    pub(crate) fn told(&mut self) -> Vec<Event> {
        std::iter::from_fn(|| self.events.try_recv().ok()).collect()
    }

    /// What Iris said in a channel.
    pub(crate) fn said(&self, channel: &str) -> Vec<Message> {
        let messages = self.sim.messages(channel);
        messages
            .into_iter()
            .filter(|m| m.by_app && m.subtype.is_none())
            .collect()
    }

    pub(crate) fn texts(&self, channel: &str) -> Vec<String> {
        self.said(channel)
            .into_iter()
            .map(|message| message.text)
            .collect()
    }

    /// How often a method was called.
    pub(crate) fn calls(&self, method: &str) -> usize {
        self.sim
            .calls()
            .iter()
            .filter(|call| call.method == method)
            .count()
    }
}

/// Iris's side of the simulated workspace.
pub(crate) fn slack(sim: &Sim) -> Slack {
    let api_url = sim.api_url().parse().expect("an address");
    let token = sim.settings().bot_token.clone().into();
    Slack::new(SlackSettings {
        api_url,
        timeout: TIMEOUT,
        token,
    })
    .expect("a client")
}

fn start(
    sim: &Sim,
    store: &SharedStore,
    clock: SharedClock,
    settings: PerformSettings,
    secrets: Secrets,
) -> (Performer, mpsc::UnboundedReceiver<Event>, Tasks) {
    let (events, caused) = mpsc::unbounded_channel();
    let tasks = Tasks::new();
    let deps = Deps {
        store: store.clone(),
        slacks: vec![slack(sim)],
        clock,
        tasks: tasks.clone(),
        events,
        secrets,
        settings,
    };
    (Performer::start(deps).expect("a performer"), caused, tasks)
}

pub(crate) fn team() -> TeamId {
    "T0ACME".into()
}

/// An effect of the step `guide` in incident 1.
pub(crate) fn effect(key: &str, wish: &str, act: Act) -> Effect {
    Effect {
        key: key.to_owned(),
        team: team(),
        incident: Some(1),
        by: None,
        owner: Owner::from("guide"),
        wish: wish.to_owned(),
        chain: 0,
        lineage: None,
        act,
        outside: true,
        needs: vec![],
        order: None,
        slot: None,
        state: State::Planned,
        attempts: 0,
        not_before: Moment(0),
        planned_at: Moment(0),
        until: None,
    }
}

pub(crate) fn room(key: &str, name: &str) -> Effect {
    let (name, latin) = (name.to_owned(), "inc-latin".to_owned());
    effect(
        key,
        "room.open",
        Act::CreateRoom {
            name,
            latin,
            hidden: false,
        },
    )
}

pub(crate) fn in_room(key: &str, wish: &str, act: Act) -> Effect {
    Effect {
        needs: vec![Need::Room],
        ..effect(key, wish, act)
    }
}

pub(crate) fn invite(key: &str, people: &[&str]) -> Effect {
    let people = people.iter().map(ToString::to_string).collect();
    in_room(key, "room.invite", Act::Invite { people })
}

pub(crate) fn topic(key: &str, text: &str) -> Effect {
    let act = Act::SetTopic {
        text: text.to_owned(),
    };
    let order = Some("topic".to_owned());
    Effect {
        slot: order.clone(),
        order,
        ..in_room(key, "room.topic", act)
    }
}

/// A named message in a channel, `key` being what it says.
pub(crate) fn post(key: &str, name: &str, to: Target) -> Effect {
    let needs = match &to {
        Target::Room => vec![Need::Room],
        Target::Thread(MessageRef::Named { name, .. }) => vec![need(name)],
        Target::Channel(_) | Target::Person(_) | Target::Thread(_) => vec![],
    };
    let order = Some(format!("{to:?}"));
    let act = Act::Post {
        name: Some(name.to_owned()),
        to,
        content: content(key),
    };
    Effect {
        needs,
        order,
        ..effect(key, "messages.post", act)
    }
}

/// What is done to a message that is known by name.
pub(crate) fn on(key: &str, wish: &str, name: &str, act: impl Fn(MessageRef) -> Act) -> Effect {
    Effect {
        needs: vec![need(name)],
        ..effect(key, wish, act(named(name)))
    }
}

pub(crate) fn named(name: &str) -> MessageRef {
    MessageRef::Named {
        owner: "guide".into(),
        name: name.to_owned(),
    }
}

fn need(name: &str) -> Need {
    Need::Message {
        owner: "guide".into(),
        name: name.to_owned(),
    }
}

pub(crate) fn content(text: &str) -> Content {
    Content {
        text: text.to_owned(),
        ..Content::default()
    }
}

pub(crate) fn ops() -> Target {
    Target::Channel("C0OPS".into())
}
