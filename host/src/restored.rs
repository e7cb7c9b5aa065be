//! A start on a backup: Slack knows more than the store, so nothing is sent until an operator says
//! that it may. What comes in is taken in meanwhile.

use std::{sync::Arc, time::Duration};

use tracing::{error, info, warn};

use crate::{
    clock::SharedClock,
    edge::{Part, Readiness, Trouble},
    perform::Performer,
    store::{SharedStore, StoreError},
    tasks::Tasks,
};

/// How often the store is asked whether it may go on.
const LISTEN: Duration = Duration::from_secs(1);

/// What a start on a backup has to do with.
#[derive(Clone)]
pub(crate) struct Start {
    pub(crate) store: SharedStore,
    pub(crate) clock: SharedClock,
    pub(crate) performer: Performer,
    pub(crate) readiness: Arc<Readiness>,
    pub(crate) tasks: Tasks,
}

impl Start {
    /// Before anything is taken up: pauses, if this is a backup.
    pub(crate) async fn check(self) -> Result<(), StoreError> {
        let Some(restored) = self.store.restored().await? else {
            return Ok(());
        };
        self.performer.pause();
        self.readiness.set(Part::Backup, Trouble::Restored);
        let made = jiff::Timestamp::from_millisecond(
            i64::try_from(restored.made_at.0).unwrap_or(i64::MAX),
        );
        error!(
            effects = restored.unknown,
            dropped = restored.dropped,
            "This store is a backup{}: Iris takes in what comes and sends nothing until `iris store \
             resume`. Then {} effects that were open in it are looked up in Slack before anything is \
             repeated; {} events and timers of that time are not handled again",
            made.map_or_else(|_| String::new(), |made| format!(" of {made}")),
            restored.unknown,
            restored.dropped,
        );
        let tasks = self.tasks.clone();
        tasks.spawn(self.wait());
        Ok(())
    }

    async fn wait(self) {
        loop {
            tokio::select! {
                () = self.clock.sleep_until(self.clock.now().plus(LISTEN)) => {}
                () = self.tasks.stopping() => return,
            }
            match self.store.restored().await {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(problem) => warn!(%problem, "The store cannot be asked whether it may go on"),
            }
        }
        info!("An operator lets the restored store go on");
        self.readiness.clear(Part::Backup);
        self.performer.go_on();
    }
}
