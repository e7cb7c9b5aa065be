//! One incident is handled serially, many at once. A lane is the queue of one incident, or of a
//! team for what belongs to none.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::watch;

use super::{answers::Answering, prepare::Preparing};
use crate::{
    event::Event,
    ids::{Number, TeamId},
};

/// Which lane an event waits in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Lane {
    pub team: TeamId,
    pub incident: Option<Number>,
}

impl Lane {
    fn of(event: &Event) -> Self {
        Self {
            team: event.team.clone(),
            incident: event.incident,
        }
    }
}

/// An event that waits, and who waits for what it comes to.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub event: Event,
    /// Tried before, in this run or in one that ended: some of its calls may be done.
    pub again: bool,
    /// Who waits for a form's acknowledgement. Nobody listens any more when Slack's time is up.
    pub answer: Option<Answering>,
    /// The form that it opens, should its turn take long to come.
    pub preparing: Option<Preparing>,
}

impl Waiting {
    /// A new event, for whose outcome nobody waits.
    pub(crate) fn of(event: Event) -> Self {
        Self {
            event,
            again: false,
            answer: None,
            preparing: None,
        }
    }
}

/// All lanes. A lane exists as long as something is in it.
#[derive(Clone)]
pub(crate) struct Lanes {
    queues: Arc<Mutex<HashMap<Lane, VecDeque<Waiting>>>>,
    /// How many lanes there are; tests and the end of the program wait for none.
    busy: Arc<watch::Sender<usize>>,
}

impl Default for Lanes {
    fn default() -> Self {
        Self {
            queues: Arc::default(),
            busy: Arc::new(watch::Sender::new(0)),
        }
    }
}

impl Lanes {
    /// Puts an event at the end of its lane. True when the lane is new: somebody must
    /// [`Lanes::next`] it until it is empty.
    #[must_use]
    pub(crate) fn push(&self, waiting: Waiting) -> Option<Lane> {
        let lane = Lane::of(&waiting.event);
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        let new = !queues.contains_key(&lane);
        queues.entry(lane.clone()).or_default().push_back(waiting);
        self.busy.send_replace(queues.len());
        new.then_some(lane)
    }

    /// The next event of a lane. `None`: it is empty, and gone.
    pub(crate) fn next(&self, lane: &Lane) -> Option<Waiting> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        let next = queues.get_mut(lane).and_then(VecDeque::pop_front);
        if next.is_none() {
            queues.remove(lane);
        }
        self.busy.send_replace(queues.len());
        next
    }

    /// Whether this event would have to wait for others.
    pub(crate) fn is_busy(&self, event: &Event) -> bool {
        let queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        queues.contains_key(&Lane::of(event))
    }

    pub(crate) fn is_idle(&self) -> bool {
        *self.busy.borrow() == 0
    }

    /// Resolves when nothing waits in any lane.
    pub(crate) async fn idle(&self) {
        let mut busy = self.busy.subscribe();
        // The sender lives as long as `self`: waiting cannot fail.
        let _ = busy.wait_for(|lanes| *lanes == 0).await;
    }
}
