//! Deliveries that are being answered. The same one again meanwhile gets the same answer: a form
//! that was sent twice is not closed by an empty one.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

use crate::{event::Event, ids::TeamId, inbox::Ack};

/// Which delivery: its team and the event's id.
type Key = (TeamId, String);
type Pending = HashMap<Key, watch::Receiver<Course>>;

/// How far a delivery has come.
#[derive(Clone, Debug)]
enum Course {
    /// It is being stored.
    Coming,
    /// It is stored, and no answer known yet.
    Kept,
    Answered(Ack),
}

/// All that are being answered. Clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answers(Arc<Mutex<Pending>>);

/// Whoever takes a delivery in, and tells all who wait what it came to. Dropped without an answer: it
/// was not taken.
#[derive(Debug)]
pub(crate) struct Answering {
    answers: Answers,
    key: Key,
    answer: watch::Sender<Course>,
}

/// The answer that is to come.
pub(crate) struct Answer(watch::Receiver<Course>);

impl Answers {
    /// The first to come takes the delivery in; all wait for the one answer.
    pub(crate) fn join(&self, event: &Event) -> (Option<Answering>, Answer) {
        let key = (event.team.clone(), event.id.clone());
        let mut pending = self.pending();
        if let Some(answer) = pending.get(&key) {
            return (None, Answer(answer.clone()));
        }
        let (answer, waiting) = watch::channel(Course::Coming);
        pending.insert(key.clone(), waiting.clone());
        let answering = Answering {
            answers: self.clone(),
            key,
            answer,
        };
        (Some(answering), Answer(waiting))
    }

    fn pending(&self) -> MutexGuard<'_, Pending> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Answering {
    /// It is stored: from now on whoever waits may go without an answer.
    pub(crate) fn keep(&self) {
        self.answer.send_replace(Course::Kept);
    }

    pub(crate) fn answer(self, ack: Ack) -> Ack {
        self.answer.send_replace(Course::Answered(ack.clone()));
        ack
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.answers.pending().remove(&self.key);
    }
}

impl Answer {
    /// `None`: it was not taken, or nobody will answer.
    pub(crate) async fn come(&mut self) -> Option<Ack> {
        let answered = |course: &Course| matches!(course, Course::Answered(_));
        match &*self.0.wait_for(answered).await.ok()? {
            Course::Answered(ack) => Some(ack.clone()),
            Course::Coming | Course::Kept => None,
        }
    }

    /// Whether it is stored, so that it may be acknowledged.
    pub(crate) fn is_kept(&self) -> bool {
        !matches!(&*self.0.borrow(), Course::Coming)
    }
}
