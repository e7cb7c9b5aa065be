//! One event for one step: what it is given, and what comes of it.

use std::{collections::BTreeSet, sync::Arc};

use wasmtime::Trap;
use wasmtime_wasi::I32Exit;

use super::{
    bindings::exports::iris::step::handler::Failure,
    convert,
    grants::Grants,
    load::Step,
    running::{Running, Stop},
};
use crate::{
    clock::Moment,
    effect::Wish,
    event::{Event, SeenMessage, What},
    ids::Owner,
    incident::Incident,
    store::{SharedStore, StateRead, StateWrite, StoreError},
    team::Team,
};

/// What is kept of the words in which a step blames itself, in bytes.
const BUG: usize = 8 << 10;

/// What an error repeats of standard error, in bytes.
const SAID: usize = 1 << 10;

/// What a step is handed.
#[derive(Clone)]
pub struct Call {
    pub event: Arc<Event>,
    pub facts: Facts,
    /// Its settings, from [`Settings::check`](super::Settings::check).
    pub config: Arc<str>,
    pub grants: Arc<Grants>,
    /// For a command: which of the step's words was typed.
    pub typed: Option<Typed>,
}

/// How things stand when the event's turn comes. They stand still during the call.
#[derive(Clone)]
pub struct Facts {
    pub now: Moment,
    pub team: Arc<Team>,
    /// The event's incident.
    pub incident: Option<Arc<Incident>>,
    /// Names of the steps that work on it (all of the team's, without one), as in the file.
    pub steps: Arc<[String]>,
    /// Those that the file keeps out of it, as it is a drill.
    pub silent: Arc<[String]>,
    /// Messages of the incident (of the team, without one) that stand or are planned.
    pub messages: Arc<BTreeSet<(Owner, String)>>,
    /// Somebody has wished the incident's room already.
    pub room_wished: bool,
    /// For a reaction: the message it was put on, if it could be read.
    pub reacted: Option<Arc<SeenMessage>>,
    /// Where the workspace is, such as `https://acme.slack.com/`, if known: for links.
    pub workspace: Option<Arc<str>>,
}

/// A word of the step, typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub word: String,
    /// What followed it, as Slack sends it.
    pub rest: String,
}

/// A call that came to its end.
#[derive(Debug, PartialEq)]
pub struct Ended {
    pub outcome: Outcome,
    /// What it wished and was not granted, as the codes of the refusals: for the audit.
    pub ungranted: BTreeSet<String>,
    /// How many of its wishes were refused, for whatever reason.
    pub refusals: usize,
}

/// How a call ended by the step's own will.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    Done(Recorded),
    /// A sentence for the person who asked. Nothing of the call is done.
    Refused(String),
    /// What is wrong with the form, field by field. Nothing of the call is done.
    Fields(Vec<FieldError>),
    /// The step blames itself: as a trap.
    Bug(String),
}

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// `block_id` of the input.
    pub field: String,
    pub sentence: String,
}

/// What a call wished and remembers, to be committed together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recorded {
    /// In the order wished.
    pub wishes: Vec<Wish>,
    /// Team state that it relied on.
    pub reads: Vec<StateRead>,
    /// One for each key, the last one.
    pub writes: Vec<StateWrite>,
}

/// How a call ended against the step's will. Nothing of the call is done.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("it trapped: {why}{}", wrote(stderr))]
    Trapped {
        why: String,
        /// The beginning of what it wrote to standard error.
        stderr: String,
    },
    #[error("it computed longer than it may")]
    OutOfTime,
    #[error("it took more memory than it may")]
    OutOfMemory,
    #[error("it wished more than one call may hold")]
    TooMuch,
    /// Not the step's fault: the event is to be handled again, and no attempt is counted.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Step {
    /// Hands one event to the step, on an instance of its own. What is no case of the contract is
    /// passed over. Dropping the future stops the step.
    pub async fn call(&self, call: Call, store: SharedStore) -> Result<Ended, Fault> {
        let Some(event) = convert::event(&call, &self.owner) else {
            return Ok(Ended {
                outcome: Outcome::Done(Recorded::default()),
                ungranted: BTreeSet::new(),
                refusals: 0,
            });
        };
        let form = matches!(call.event.what, What::Submitted(_));
        let running = Running::new(self.owner.clone(), call, Some(store), self.program.limits());
        let (ended, running) = self.program.handle(running, &event).await?;
        let outcome = match ended {
            Ok(()) => Outcome::Done(running.recorded),
            Err(Failure::Refuse(sentence)) => Outcome::Refused(sentence),
            Err(Failure::Fields(fields)) if form => {
                Outcome::Fields(fields.into_iter().map(FieldError::from).collect())
            }
            Err(Failure::Fields(_)) => {
                Outcome::Bug("it refused fields, but no form was sent".to_owned())
            }
            Err(Failure::Bug(mut why)) => {
                why.truncate(why.floor_char_boundary(BUG));
                Outcome::Bug(why)
            }
        };
        Ok(Ended {
            outcome,
            ungranted: running.ungranted,
            refusals: running.refusals,
        })
    }
}

/// What a panic says is what the operator needs.
fn wrote(stderr: &str) -> String {
    match &stderr[..stderr.floor_char_boundary(SAID)] {
        "" => String::new(),
        said => format!("; it wrote: {said}"),
    }
}

impl Fault {
    /// What wasmtime says, told apart by who is to blame.
    pub(super) fn new(error: wasmtime::Error, stderr: String) -> Self {
        match error.downcast::<Stop>() {
            Ok(Stop::OutOfTime) => Self::OutOfTime,
            Ok(Stop::OutOfMemory) => Self::OutOfMemory,
            Ok(Stop::TooMuch) => Self::TooMuch,
            Ok(Stop::Store(error)) => Self::Store(error),
            Err(error) => {
                let why = if let Some(trap) = error.downcast_ref::<Trap>() {
                    trap.to_string()
                } else if let Some(I32Exit(code)) = error.downcast_ref() {
                    format!("it ended the program with code {code}")
                } else {
                    format!("{error:#}")
                };
                Self::Trapped { why, stderr }
            }
        }
    }
}
