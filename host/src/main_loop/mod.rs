//! Ties the stages together: takes events in, gives each its turn, and hands what it comes to on.
//!
//! An event is durable before it is acknowledged. Its incident's lane then looks up how things
//! stand, asks the core and the steps, and commits all of it at once; only after that is anything
//! sent. What comes of it comes in again as an event.

mod alerts;
mod answers;
mod at_once;
mod calls;
mod deeds;
mod draft;
mod handle;
mod lanes;
mod locate;
mod named;
mod operators;
mod prepare;
mod read;
mod scene;
mod steps;
mod timers;
mod turnstile;

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use iris_kit::Locale;
use rand::{RngExt, distr::Alphanumeric};
use serde_json::{Value, json};
use tokio::sync::{Notify, mpsc};
use tracing::{debug, error, info};

use self::{
    alerts::Floods,
    answers::{Answer, Answers},
    lanes::{Lanes, Waiting},
    locate::{Place, locate},
    steps::{BoundTeams, TeamSteps},
    turnstile::Turnstile,
};
use crate::{
    clock::{Moment, SharedClock},
    config::Teams,
    decide,
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
    turnstile: Turnstile,
    lanes: Lanes,
    answers: Answers,
    timers: Arc<Notify>,
    /// How many events of the performer have arrived.
    heard: AtomicU64,
    /// Until when events wait that wait for nothing but time.
    later: Mutex<Vec<Moment>>,
    floods: Floods,
}

impl MainLoop {
    pub fn new(parts: Parts) -> Self {
        let inner = Inner {
            parts,
            bound: BoundTeams::default(),
            turnstile: Turnstile::default(),
            lanes: Lanes::default(),
            answers: Answers::default(),
            timers: Arc::new(Notify::new()),
            heard: AtomicU64::new(0),
            later: Mutex::default(),
            floods: Floods::default(),
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
                again: true,
                ..Waiting::of(event)
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

    /// Handles an event that is stored already.
    pub fn take_up(&self, event: Event) {
        self.push(event);
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
        // What an effect came to is on its way until it stands in a lane, and what a lane plans is
        // in the performer before the lane is empty: so the performer is asked before and after.
        let performer = self.performer();
        let told = performer.told();
        performer.is_idle()
            && told == self.0.heard.load(Ordering::SeqCst)
            && self.0.lanes.is_idle()
            && performer.is_idle()
            && told == performer.told()
    }

    /// How many events that are not done wait for a later time.
    pub fn later(&self) -> usize {
        let now = self.clock().now();
        self.waits().iter().filter(|at| **at > now).count()
    }

    fn waits(&self) -> MutexGuard<'_, Vec<Moment>> {
        self.0.later.lock().unwrap_or_else(PoisonError::into_inner)
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
                    Some(event) => {
                        self.push(event);
                        self.0.heard.fetch_add(1, Ordering::SeqCst);
                    }
                    None => return,
                },
                () = tasks.stopping() => return,
            }
        }
    }

    fn push(&self, event: Event) {
        self.queue(Waiting::of(event));
    }

    /// Puts an event in again when its time has come.
    fn push_later(&self, event: Event, at: Moment) {
        let main = self.clone();
        self.waits().push(at);
        self.0.parts.tasks.spawn(async move {
            tokio::select! {
                () = main.clock().sleep_until(at) => {
                    main.queue(Waiting { again: true, ..Waiting::of(event) });
                    let mut waits = main.waits();
                    if let Some(mine) = waits.iter().position(|wait| *wait == at) {
                        waits.swap_remove(mine);
                    }
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

    /// Finds the event's place and makes it durable. `None`: it concerns nobody.
    async fn accept(&self, event: &mut Event) -> Result<Option<Accepted>, StoreError> {
        if let What::Alerted(alerted) = &event.what {
            event.incident = self.incident_of_alert(&event.team, alerted).await?;
        }
        match locate(event, self.store()).await? {
            Place::Incident(number) => event.incident = Some(number),
            Place::Team => {}
            Place::Elsewhere => return Ok(None),
        }
        self.store().accept(event).await.map(Some)
    }

    async fn not_taken(&self, event: &Event, problem: &StoreError) -> IntakeError {
        error!(%problem, "An event was not taken: the store failed");
        self.tell_of_store(event).await;
        IntakeError::Unavailable
    }

    /// Nothing can be written down, so nothing is done: who acted is told, where they asked. The one
    /// thing that is sent without being stored before.
    async fn tell_of_store(&self, event: &Event) {
        let reply = event.what.reply();
        let Some(url) = reply.and_then(|reply| reply.response_url.as_deref()) else {
            return;
        };
        let Some(slack) = self.performer().slack(&event.team) else {
            return;
        };
        let slack = slack.about("the store is down");
        let file = self.0.parts.teams.team(&event.team);
        let said = decide::failures::store_down(file.map_or(Locale::En, |file| file.locale));
        let message = json!({
            "response_type": "ephemeral",
            "replace_original": false,
            "text": said.text,
        });
        if let Err(problem) = slack.respond(url, &message).await {
            debug!(%problem, "Nor could the person be told");
        }
    }

    /// The answer, or an empty one when Slack's time is up. `None`: the event is not stored, or not
    /// yet, and must come again.
    async fn answered(&self, mut answer: Answer) -> Option<Ack> {
        let until = self.clock().now().plus(FORM_BUDGET);
        let ack = tokio::select! {
            ack = answer.come() => ack,
            () = self.clock().sleep_until(until) => None,
        };
        ack.or_else(|| answer.is_kept().then_some(Ack::Empty))
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
    /// Whoever delivers may hang up: what was begun goes on all the same.
    async fn take(&self, event: Event) -> Result<Ack, IntakeError> {
        let main = self.clone();
        let taking = async move { main.take_in(event).await };
        let taken = self.0.parts.tasks.spawn(taking).await;
        taken.unwrap_or_else(|problem| {
            error!(%problem, "An event was not taken");
            Err(IntakeError::Unavailable)
        })
    }
}

impl MainLoop {
    async fn take_in(&self, mut event: Event) -> Result<Ack, IntakeError> {
        let turn = self.0.turnstile.turn(&event.team).await;
        match self.shown_at_once(&event).await {
            Ok(None) => {}
            Ok(Some(ack)) => return Ok(ack),
            Err(problem) => return Err(self.not_taken(&event, &problem).await),
        }
        let (answering, answer) = self.0.answers.join(&event);
        let Some(answering) = answering else {
            drop(turn);
            return self.answered(answer).await.ok_or(IntakeError::Unavailable);
        };
        self.admit(&event).await?;
        let accepted = match self.accept(&mut event).await {
            Ok(Some(accepted)) => accepted,
            Ok(None) => return Ok(answering.answer(Ack::Empty)),
            Err(problem) => return Err(self.not_taken(&event, &problem).await),
        };
        if let Accepted::Seen { answer: said } = accepted {
            let said = said.and_then(|json| serde_json::from_str::<Value>(&json).ok());
            return Ok(answering.answer(said.map_or(Ack::Empty, Ack::Json)));
        }
        answering.keep();
        // Only an answer is waited for from here on.
        drop(turn);
        let waits = matches!(event.what, What::Submitted(_) | What::Alerted(_));
        if let Some(team) = self.team(&event.team).filter(|_| !waits) {
            self.queue(Waiting {
                preparing: self.prepare(&event, &team),
                ..Waiting::of(event)
            });
            return Ok(answering.answer(Ack::Empty));
        }
        // A form shows what it came to, and so does an alert; and a person without a team is told
        // so at once.
        self.queue(Waiting {
            answer: Some(answering),
            ..Waiting::of(event)
        });
        Ok(self.answered(answer).await.unwrap_or_default())
    }
}
