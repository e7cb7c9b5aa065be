//! Ties the stages together: takes events in, gives each its turn, and hands what it comes to on.
//!
//! An event is durable before it is acknowledged. Its incident's lane then looks up how things
//! stand, asks the core and the steps, and commits all of it at once; only after that is anything
//! sent. What comes of it comes in again as an event.

mod calls;
mod deeds;
mod draft;
mod handle;
mod lanes;
mod locate;
mod operators;
mod read;
mod scene;
mod steps;
mod timers;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use rand::{RngExt, distr::Alphanumeric};
use serde_json::Value;
use tokio::sync::{Notify, mpsc, oneshot};
use tracing::{error, info};

use self::{
    lanes::{Lanes, Waiting},
    locate::{Place, locate},
    steps::{BoundTeams, TeamSteps},
};
use crate::{
    clock::{Moment, SharedClock},
    config::Teams,
    event::{Event, What},
    ids::TeamId,
    inbox::{Ack, Intake, IntakeError},
    perform::{Identity, Performer},
    step::Steps,
    store::{Accepted, SharedStore, StoreError},
    tasks::Tasks,
};

/// How long a form's acknowledgement may take: Slack waits three seconds.
const FORM_BUDGET: Duration = Duration::from_secs(2);
/// Length of an effect's key: as hard to guess as a UUID.
const KEY: usize = 22;

/// What the main loop works with.
pub struct Parts {
    pub store: SharedStore,
    pub clock: SharedClock,
    pub teams: Arc<Teams>,
    pub steps: Arc<Steps>,
    pub performer: Performer,
    pub tasks: Tasks,
}

/// The main loop. Clones share it.
#[derive(Clone)]
pub struct MainLoop(Arc<Inner>);

struct Inner {
    parts: Parts,
    bound: BoundTeams,
    lanes: Lanes,
    timers: Arc<Notify>,
}

impl MainLoop {
    pub fn new(parts: Parts) -> Self {
        let inner = Inner {
            parts,
            bound: BoundTeams::default(),
            lanes: Lanes::default(),
            timers: Arc::new(Notify::new()),
        };
        Self(Arc::new(inner))
    }

    /// Takes up what an earlier run left, then runs until the tasks are told to stop. `outcomes`
    /// are the events that the performer committed.
    pub async fn start(&self, outcomes: mpsc::UnboundedReceiver<Event>) -> Result<(), StoreError> {
        let left = self.store().open_events().await?;
        if !left.is_empty() {
            info!(
                events = left.len(),
                "{} events were left by the run before",
                left.len()
            );
        }
        for event in left {
            self.queue(Waiting {
                event,
                again: true,
                answer: None,
            });
        }
        let tasks = &self.0.parts.tasks;
        let (main, changed) = (self.clone(), self.0.timers.clone());
        tasks.spawn(async move { timers::run(main, changed).await });
        let main = self.clone();
        tasks.spawn(async move { main.hear(outcomes).await });
        tasks.spawn(operators::run(self.clone()));
        Ok(())
    }

    /// Resolves when no event waits and nothing is being sent.
    pub async fn idle(&self) {
        loop {
            self.0.lanes.idle().await;
            self.performer().idle().await;
            // What an effect came to is an event again.
            tokio::task::yield_now().await;
            if self.is_idle() {
                return;
            }
        }
    }

    /// Whether [`MainLoop::idle`] would resolve at once.
    pub fn is_idle(&self) -> bool {
        self.0.lanes.is_idle() && self.performer().is_idle()
    }

    /// When something that waits for nothing but time may be sent.
    pub fn next_sending(&self) -> Option<Moment> {
        self.performer().next()
    }

    async fn hear(&self, mut outcomes: mpsc::UnboundedReceiver<Event>) {
        let tasks = self.0.parts.tasks.clone();
        loop {
            tokio::select! {
                event = outcomes.recv() => match event {
                    Some(event) => self.push(event),
                    None => return,
                },
                () = tasks.stopping() => return,
            }
        }
    }

    fn push(&self, event: Event) {
        self.queue(Waiting {
            event,
            again: false,
            answer: None,
        });
    }

    /// Puts an event in again when its time has come.
    fn push_later(&self, event: Event, at: Moment) {
        let main = self.clone();
        self.0.parts.tasks.spawn(async move {
            tokio::select! {
                () = main.clock().sleep_until(at) => {
                    main.queue(Waiting { event, again: true, answer: None });
                }
                // It is durable: the next run takes it up.
                () = main.0.parts.tasks.stopping() => {}
            }
        });
    }

    fn queue(&self, waiting: Waiting) {
        let Some(lane) = self.0.lanes.push(waiting) else {
            return;
        };
        let main = self.clone();
        self.0.parts.tasks.spawn(async move {
            while let Some(waiting) = main.0.lanes.next(&lane) {
                main.handle(waiting).await;
            }
        });
    }

    fn store(&self) -> &dyn crate::store::Store {
        &*self.0.parts.store
    }

    fn clock(&self) -> &SharedClock {
        &self.0.parts.clock
    }

    fn performer(&self) -> &Performer {
        &self.0.parts.performer
    }

    fn timers_changed(&self) {
        self.0.timers.notify_one();
    }

    /// The team's file and steps. `None`: it has no file and there is no default.
    fn team(&self, team: &TeamId) -> Option<Arc<TeamSteps>> {
        let file = self.0.parts.teams.team(team)?;
        Some(self.0.bound.get(team, file, &self.0.parts.steps))
    }

    fn workspace(&self, team: &TeamId) -> Option<Identity> {
        self.performer().identity(team)
    }
}

/// A key for an effect: nobody has it, nobody guesses it.
fn new_key() -> String {
    rand::rng()
        .sample_iter(Alphanumeric)
        .take(KEY)
        .map(char::from)
        .collect()
}

#[async_trait]
impl Intake for MainLoop {
    async fn take(&self, mut event: Event) -> Result<Ack, IntakeError> {
        let unavailable = |problem: StoreError| {
            error!(%problem, "An event was not taken: the store failed");
            IntakeError::Unavailable
        };
        match locate(&event, self.store()).await.map_err(unavailable)? {
            Place::Incident(number) => event.incident = Some(number),
            Place::Team => {}
            Place::Elsewhere => return Ok(Ack::Empty),
        }
        let accepted = self
            .0
            .parts
            .store
            .accept(&event)
            .await
            .map_err(unavailable)?;
        let is_form = matches!(event.what, What::Submitted(_));
        if let Accepted::Seen { answer } = accepted {
            let answer = answer.and_then(|json| serde_json::from_str::<Value>(&json).ok());
            return Ok(answer.map_or(Ack::Empty, Ack::Json));
        }
        if !is_form && self.team(&event.team).is_some() {
            self.push(event);
            return Ok(Ack::Empty);
        }
        // A form shows what it came to; and a person without a team is told so at once.
        let (answer, answered) = oneshot::channel();
        self.queue(Waiting {
            event,
            again: false,
            answer: Some(answer),
        });
        let until = self.clock().now().plus(FORM_BUDGET);
        tokio::select! {
            ack = answered => Ok(ack.unwrap_or_default()),
            () = self.clock().sleep_until(until) => Ok(Ack::Empty),
        }
    }
}
