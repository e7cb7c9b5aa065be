//! Writes what people do as a story: each act, the time that passes, what people see of it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::act::{Act, Deed};
use super::line::written_duration;
use super::sight::Sight;
use crate::sim::Sim;

/// The workspace's recorder; it stands still until it is started.
#[derive(Default)]
pub(crate) struct Recorder(Mutex<Option<Recording>>);

struct Recording {
    sight: Sight,
    written: Vec<Written>,
}

/// A piece of the story.
enum Written {
    Line(String),
    Pass(Duration),
}

impl Recorder {
    pub(crate) fn is_on(&self) -> bool {
        self.locked().is_some()
    }

    /// Begins a new story; whatever is there already is not told.
    pub(crate) fn start(&self, sim: &Sim) {
        let recording = Recording {
            sight: Sight::of(sim),
            written: Vec::new(),
        };
        *self.locked() = Some(recording);
    }

    /// What can be seen before an act, if anybody writes.
    pub(crate) fn look(&self, sim: &Sim) -> Option<Sight> {
        self.is_on().then(|| Sight::of(sim))
    }

    /// Somebody did this; `before` is what could be seen when they did.
    pub(crate) fn did(&self, before: Sight, who: &str, deeds: Vec<Deed>) {
        let mut recording = self.locked();
        let Some(recording) = recording.as_mut().filter(|_| !deeds.is_empty()) else {
            return;
        };
        recording.see(before);
        for deed in deeds {
            let who = who.to_owned();
            let line = format!("> {}", Act { who, deed });
            recording.written.push(Written::Line(line));
        }
    }

    /// What a form says to who sent it.
    pub(crate) fn told(&self, lines: &[String]) {
        if let Some(recording) = self.locked().as_mut() {
            let lines = lines.iter().map(seen);
            recording.written.extend(lines.map(Written::Line));
        }
    }

    /// Time is about to pass.
    pub(crate) fn passes(&self, before: Sight, time: Duration) {
        let mut recording = self.locked();
        let Some(recording) = recording.as_mut().filter(|_| !time.is_zero()) else {
            return;
        };
        recording.see(before);
        match recording.written.last_mut() {
            Some(Written::Pass(passed)) => *passed += time,
            Some(Written::Line(_)) | None => recording.written.push(Written::Pass(time)),
        }
    }

    /// The story so far; `None` where nobody writes.
    pub(crate) fn text(&self, sim: &Sim) -> Option<String> {
        let now = self.look(sim)?;
        let mut recording = self.locked();
        let recording = recording.as_mut()?;
        recording.see(now);
        let lines = recording.written.iter().map(|written| match written {
            Written::Line(line) => format!("{line}\n"),
            Written::Pass(time) => format!("@ {}\n", written_duration(*time)),
        });
        Some(lines.collect())
    }

    pub(crate) fn stop(&self) {
        *self.locked() = None;
    }

    fn locked(&self) -> MutexGuard<'_, Option<Recording>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recording {
    fn see(&mut self, now: Sight) {
        let lines = now.since(&self.sight);
        self.written
            .extend(lines.iter().map(seen).map(Written::Line));
        self.sight = now;
    }
}

fn seen(line: &String) -> String {
    format!("< {line}").trim_end().to_owned()
}
