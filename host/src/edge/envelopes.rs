//! The door of Socket Mode. Whoever hands an envelope in vouches for the socket that it came
//! through: only `sockets` does, whose sockets Slack gave for the app's token.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::{EdgeDeps, decode::Envelope, reject::Rejection, take::take, vouched::Vouched};

/// So many envelopes are taken at once. Slack stays far below it; what is more is left to come
/// again.
const AT_ONCE: usize = 4096;

/// Takes envelopes. Clones share the bound.
#[derive(Clone)]
pub struct Envelopes {
    deps: Arc<EdgeDeps>,
    room: Arc<Semaphore>,
}

impl Envelopes {
    pub fn new(deps: EdgeDeps) -> Self {
        Self {
            deps: Arc::new(deps),
            room: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// What is to be said on the socket, once what happened is kept or needs no keeping. `None`:
    /// nothing, and Slack sends it again.
    pub async fn take(&self, envelope: &Envelope) -> Option<String> {
        let room = self.room.try_acquire();
        let vouched = match &room {
            Ok(_) => Vouched::by_socket(envelope, self.deps.clock.now()).map_err(Into::into),
            Err(_) => Err(Rejection::Busy),
        };
        let ack = take(&self.deps, vouched).await.ok()?;
        Some(envelope.acknowledged(ack))
    }
}
