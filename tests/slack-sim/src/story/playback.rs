//! Plays a story step by step, or to its end, in a workspace where the clock may be the
//! computer's: whoever is told to press a button waits for it as a person would.

use std::time::Duration;

use serde::Serialize;

use super::line::{Line, Malformed, parse};
use super::player::{Player, Settle, Stuck};
use crate::sim::Sim;

/// How often somebody looks for what is not there yet.
const GLANCE: Duration = Duration::from_millis(250);
/// How long they look for it.
const PATIENCE: Duration = Duration::from_secs(20);
/// Without a call of the app for this long, nothing more is expected of it.
const CALM: Duration = Duration::from_millis(400);

/// A story that is being played.
pub struct Playback {
    player: Player<'static>,
    lines: Vec<(usize, String, Line)>,
    /// The next one.
    at: usize,
    patience: Duration,
}

/// One act, or time that passed, and what people saw after it.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// Counted from 1, in the story.
    pub line: usize,
    pub text: String,
    pub seen: Vec<String>,
}

/// How far a story has been played.
#[derive(Clone, Debug, Serialize)]
pub struct Played {
    /// Steps done.
    pub done: usize,
    pub steps: usize,
    /// The line that comes next.
    pub next: Option<String>,
}

impl Playback {
    /// Reads a story to play it in `sim`, as a person would who watches.
    pub fn new(sim: &Sim, story: &str) -> Result<Self, Malformed> {
        Self::with(sim, story, CALM, PATIENCE)
    }

    /// The same, where it is known how long the app can be silent before it does something, and
    /// how long to look for what is not there.
    pub fn with(
        sim: &Sim,
        story: &str,
        silence: Duration,
        patience: Duration,
    ) -> Result<Self, Malformed> {
        let waiting = sim.clone();
        let settle: Settle<'static> = Box::new(move |time| {
            let sim = waiting.clone();
            Box::pin(async move {
                if let Some(time) = time {
                    sim.advance(time);
                }
                calm(&sim, silence).await;
            })
        });
        let steps = parse(story)?
            .into_iter()
            .zip(story.lines())
            .enumerate()
            .filter(|(_, (line, _))| matches!(line, Line::Act(_) | Line::Pass(_)))
            .map(|(index, (line, text))| (index + 1, text.to_owned(), line));
        Ok(Self {
            player: Player::new(sim, settle),
            lines: steps.collect(),
            at: 0,
            patience,
        })
    }

    /// Plays the next step; `None` at the end. A step that nobody could take is still the next.
    pub async fn step(&mut self) -> Result<Option<Step>, Stuck> {
        let Some((line, text, act)) = self.lines.get(self.at) else {
            return Ok(None);
        };
        let mut looked = Duration::ZERO;
        let seen = loop {
            match self.player.play(act).await {
                Err(Stuck::Unseen { .. }) if looked < self.patience => {
                    tokio::time::sleep(GLANCE).await;
                    looked += GLANCE;
                }
                played => break played?,
            }
        };
        self.at += 1;
        Ok(Some(Step {
            line: *line,
            text: text.clone(),
            seen,
        }))
    }

    pub fn played(&self) -> Played {
        Played {
            done: self.at,
            steps: self.lines.len(),
            next: self.lines.get(self.at).map(|(_, text, _)| text.clone()),
        }
    }
}

/// Returns when nothing is on its way and the app has been silent for a moment.
async fn calm(sim: &Sim, silence: Duration) {
    loop {
        sim.quiet().await;
        let before = sim.call_count();
        tokio::time::sleep(silence).await;
        if sim.call_count() == before {
            return;
        }
    }
}
