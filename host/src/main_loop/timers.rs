//! Wakes steps: turns timers that are due into events, each once.

use std::{sync::Arc, time::Duration};

use tokio::sync::Notify;
use tracing::warn;

use super::MainLoop;
use crate::{clock::Moment, store::StoreError};

/// How long to wait after the store failed.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Runs until the tasks stop. `changed` tells that a commit set, moved or cancelled a timer.
pub(crate) async fn run(main: MainLoop, changed: Arc<Notify>) {
    let tasks = main.0.parts.tasks.clone();
    loop {
        let next = fire(&main).await.unwrap_or_else(|problem| {
            warn!(%problem, "Timers cannot be read; trying again");
            Some(main.clock().now().plus(AFTER_FAILURE))
        });
        let due = async {
            match next {
                Some(at) => main.clock().sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = due => {}
            () = changed.notified() => {}
            () = tasks.stopping() => return,
        }
    }
}

/// Fires what is due, and says when the next is.
async fn fire(main: &MainLoop) -> Result<Option<Moment>, StoreError> {
    for event in main.store().fire(main.clock().now()).await? {
        main.push(event);
    }
    main.store().next_timer().await
}
