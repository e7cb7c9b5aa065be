//! Hears operators: takes up their words on parked effects, which they leave in the store.

use std::time::Duration;

use tracing::{info, warn};

use super::{MainLoop, lanes::Waiting};
use crate::store::StoreError;

/// How often the store is asked for words. It takes some ten microseconds.
const LISTEN: Duration = Duration::from_secs(1);

/// Runs until the tasks stop.
pub(crate) async fn run(main: MainLoop) {
    let tasks = main.0.parts.tasks.clone();
    loop {
        if let Err(problem) = hear(&main).await {
            warn!(%problem, "Operators' words cannot be read; trying again");
        }
        tokio::select! {
            () = main.clock().sleep_until(main.clock().now().plus(LISTEN)) => {}
            () = tasks.stopping() => return,
        }
    }
}

async fn hear(main: &MainLoop) -> Result<(), StoreError> {
    for word in main.store().words().await? {
        info!(
            effect.key = %word.effect, team.id = %word.team,
            "An operator has had a word on {}", word.effect
        );
        main.performer().reload(&word.team, &word.effect).await?;
        for event in word.events {
            // As one that was tried before: should it be known already, nothing is done twice.
            main.queue(Waiting {
                again: true,
                ..Waiting::of(event)
            });
        }
        main.store().heard(word.seq).await?;
    }
    Ok(())
}
