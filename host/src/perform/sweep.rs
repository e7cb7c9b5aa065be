//! Removes the twin of a message or bookmark that was sent again, should its first sending arrive late. What is
//! to be swept is stored before the message is sent again, so that no kill forgets it.

use serde_json::{Value, json};

use super::{
    backoff::Backoff,
    errand::World,
    recipes::{Wanted, find_all},
    resolve::Spot,
    stop::Stop,
    urgency::Caller,
};
use crate::{
    clock::Moment,
    effect::{Act, State},
    ids::ChannelId,
    store,
};

/// How often it is tried when Slack does not let it.
const TRIES: u32 = 5;

/// One message that may have a twin.
#[derive(Debug)]
pub(super) struct Sweep {
    what: store::Sweep,
    failures: u32,
}

impl Sweep {
    pub(super) fn new(what: store::Sweep) -> Self {
        Self { what, failures: 0 }
    }

    pub(super) fn at(&self) -> Moment {
        self.what.at
    }

    /// Looks, and removes. What is to be tried again comes back.
    pub(super) async fn run(mut self, world: &World) -> Option<Self> {
        match self.remove(world).await {
            Ok(()) => {}
            Err(Stop::Later(at)) => {
                self.what.at = at;
                return Some(self);
            }
            Err(stop) => {
                self.failures += 1;
                if self.failures < TRIES {
                    let wait = Backoff::after(&world.settings, self.failures);
                    self.what.at = world.now().plus(wait);
                    return Some(self);
                }
                tracing::warn!(
                    effect.key = %self.what.effect,
                    "A message may stand twice: {stop:?}"
                );
            }
        }
        let store::Sweep { team, effect, .. } = &self.what;
        if let Err(error) = world.store.drop_sweep(team, effect).await {
            tracing::warn!(effect.key = %effect, "It will be looked for once more: {error}");
        }
        None
    }

    async fn remove(&self, world: &World) -> Result<(), Stop> {
        let store::Sweep {
            team,
            effect: key,
            channel,
            thread,
            ..
        } = &self.what;
        let Some(effect) = world.store.effect(team, key).await? else {
            return Ok(());
        };
        if !effect.state.settled() {
            return Err(Stop::Later(world.now().plus(world.settings.sweep)));
        }
        let State::Applied { answer } = &effect.state else {
            return Ok(());
        };
        let caller = Caller::idle(team, "twins");
        if let Act::Bookmark { title, .. } = &effect.act {
            let keep = &answer["bookmark"];
            return one_bookmark(world, caller, channel, (title, keep)).await;
        }
        let spot = Spot {
            channel: channel.clone(),
            thread: thread.clone(),
        };
        let wanted = Wanted {
            key,
            since: effect.planned_at,
        };
        let found = find_all(world, caller, &spot, wanted).await?;
        for ts in found.into_iter().filter(|ts| answer["ts"] != **ts) {
            let twin = json!({ "channel": channel, "ts": ts });
            world.look(caller, "chat.delete", &twin).await?;
            tracing::info!(effect.key = %key, "A message that stood twice was removed");
        }
        Ok(())
    }
}

/// Removes bookmarks of this title but the one that stays.
async fn one_bookmark(
    world: &World,
    caller: Caller<'_>,
    room: &ChannelId,
    (title, keep): (&str, &Value),
) -> Result<(), Stop> {
    let all = json!({ "channel_id": room });
    let all = world.look(caller, "bookmarks.list", &all).await?;
    let twin = |bookmark: &&Value| bookmark["title"] == title && bookmark["id"] != *keep;
    for bookmark in all.list("/bookmarks").iter().filter(twin) {
        let twin = json!({ "channel_id": room, "bookmark_id": bookmark["id"] });
        world.look(caller, "bookmarks.remove", &twin).await?;
        tracing::info!("A bookmark that stood twice was removed");
    }
    Ok(())
}
