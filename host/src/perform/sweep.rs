//! Removes the twin of a message that was sent again, should its first sending arrive late.

use serde_json::{Value, json};

use super::{
    backoff::Backoff,
    errand::World,
    recipes::{Wanted, find_all},
    resolve::Spot,
    stop::Stop,
};
use crate::{clock::Moment, effect::Effect, ids::TeamId};

/// How often it is tried when Slack does not let it.
const TRIES: u32 = 5;

/// One message that may have a twin.
#[derive(Debug)]
pub(super) struct Sweep {
    pub(super) at: Moment,
    team: TeamId,
    key: String,
    since: Moment,
    spot: Spot,
    /// The timestamp of the one that stays.
    keep: String,
    failures: u32,
}

impl Sweep {
    /// `answer` is what the post came to.
    pub(super) fn new(at: Moment, effect: &Effect, spot: Spot, answer: &Value) -> Option<Self> {
        Some(Self {
            at,
            team: effect.team.clone(),
            key: effect.key.clone(),
            since: effect.planned_at,
            spot,
            keep: answer["ts"].as_str()?.to_owned(),
            failures: 0,
        })
    }

    /// Looks, and removes. What is to be tried again comes back.
    pub(super) async fn run(mut self, world: &World) -> Option<Self> {
        match self.remove(world).await {
            Ok(()) => None,
            Err(Stop::Later(at)) => Some(Self { at, ..self }),
            Err(stop) => {
                self.failures += 1;
                if self.failures == TRIES {
                    tracing::warn!(effect.key = %self.key, "A message may stand twice: {stop:?}");
                    return None;
                }
                self.at = world
                    .now()
                    .plus(Backoff::after(&world.settings, self.failures));
                Some(self)
            }
        }
    }

    async fn remove(&self, world: &World) -> Result<(), Stop> {
        let wanted = Wanted {
            key: &self.key,
            since: self.since,
        };
        let found = find_all(world, &self.team, &self.spot, wanted).await?;
        for ts in found.into_iter().filter(|ts| *ts != self.keep) {
            let twin = json!({ "channel": self.spot.channel, "ts": ts });
            world.look(&self.team, "chat.delete", &twin).await?;
            tracing::info!(effect.key = %self.key, "A message that stood twice was removed");
        }
        Ok(())
    }
}
