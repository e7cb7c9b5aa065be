//! Socket Mode: Iris asks Slack for connections, and Slack delivers through them. Slack needs no way
//! in, and a firewall no hole.
//!
//! * [`keep`]        keeps one place filled: opens, replaces, waits
//! * [`connection`]  one socket, from its first frame to its last acknowledgement
//! * [`standing`]    what all of them together come to, for operators
//!
//! An envelope is acknowledged on the socket that brought it, when what it tells of is stored; and
//! none waits for another. One that is not acknowledged comes again, through whichever socket.

mod connection;
mod keep;
mod standing;

use std::{num::NonZeroU8, sync::Arc};

use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::standing::Standing;
pub(crate) use self::standing::remedy;
use crate::{
    clock::SharedClock,
    edge::{Envelopes, Readiness},
    perform::PerformSettings,
    slack::socket::Dialer,
    tasks::Tasks,
};

/// What sockets are kept with.
pub struct Deps {
    pub dialer: Dialer,
    /// Takes what they deliver.
    pub envelopes: Envelopes,
    pub clock: SharedClock,
    pub tasks: Tasks,
    /// Hears whether any is open.
    pub readiness: Arc<Readiness>,
    /// How long is waited after a failure.
    pub patience: PerformSettings,
    /// How many are open at a time.
    pub count: NonZeroU8,
}

/// The sockets. Clones share them.
#[derive(Clone)]
pub struct Sockets(Arc<Shared>);

struct Shared {
    dialer: Dialer,
    envelopes: Envelopes,
    clock: SharedClock,
    tasks: Tasks,
    standing: Standing,
    patience: PerformSettings,
    count: NonZeroU8,
    /// No envelope is taken any more.
    stop: CancellationToken,
    /// Whoever still has something to acknowledge.
    under_way: TaskTracker,
}

impl Sockets {
    pub fn new(deps: Deps) -> Self {
        Self(Arc::new(Shared {
            standing: Standing::new(deps.readiness, deps.count),
            dialer: deps.dialer,
            envelopes: deps.envelopes,
            clock: deps.clock,
            tasks: deps.tasks,
            patience: deps.patience,
            count: deps.count,
            stop: CancellationToken::new(),
            under_way: TaskTracker::new(),
        }))
    }

    /// Opens them, and keeps them open until [`Sockets::stop`].
    pub fn open(&self) {
        let (all, told) = (self.0.stop.clone(), self.0.tasks.clone());
        self.0.spawn(async move {
            tokio::select! {
                () = told.stopping() => all.cancel(),
                () = all.cancelled() => {}
            }
        });
        for _ in 0..self.0.count.get() {
            self.0.spawn(keep::keep(self.0.clone()));
        }
    }

    /// Takes nothing more, acknowledges what was taken, and closes.
    pub async fn stop(&self) {
        self.0.stop.cancel();
        self.0.under_way.close();
        self.0.under_way.wait().await;
    }
}

impl Shared {
    /// Beside everything else, and waited for at the end.
    fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(self.under_way.track_future(work));
    }
}
