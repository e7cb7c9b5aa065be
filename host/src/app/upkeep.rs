//! What goes on beside everything else: says what Slack thinks of the tokens, and keeps house.

use std::{collections::HashSet, sync::Arc, time::Duration};

use tokio::sync::watch;
use tracing::error;

use crate::{
    clock::SharedClock,
    config::Teams,
    edge::{Part, Readiness, Trouble},
    install,
    logging::Lines,
    perform::{Health, Healths},
    step::Steps,
    store::{SharedStore, Store, StoreError},
    tasks::Tasks,
};

/// Between two rounds of housekeeping.
const HOUSEKEEPING: Duration = Duration::from_mins(1);

/// Stores what steps say, many lines at a time.
pub(super) async fn keep_lines(mut lines: Lines, store: SharedStore, tasks: Tasks) {
    const AT_ONCE: usize = 500;
    let mut gathered = Vec::new();
    loop {
        tokio::select! {
            some = lines.recv_many(&mut gathered, AT_ONCE) => if some == 0 { return },
            () = tasks.stopping() => {
                while let Ok(line) = lines.try_recv() {
                    gathered.push(line);
                }
                if gathered.is_empty() {
                    return;
                }
            }
        }
        // The log has them too: nothing is said about a store that fails, which says so itself.
        let _ = store.log(std::mem::take(&mut gathered)).await;
    }
}

/// Says in the log what a token may not do and the steps need.
pub(super) async fn watch_scopes(
    mut health: watch::Receiver<Healths>,
    teams: Arc<Teams>,
    steps: Arc<Steps>,
    tasks: Tasks,
) {
    // A thousand workspaces: what was said of one is not looked at again because of another.
    let mut seen = HashSet::new();
    loop {
        let good: Vec<_> = health
            .borrow_and_update()
            .values()
            .filter_map(Health::identity)
            .map(|us| (us.team.clone(), us.scopes.clone()))
            .collect();
        let needs = install::needs(&teams, &steps);
        let needed = needs.scopes();
        seen.retain(|(_, _, of)| *of == needed);
        for (team, granted) in good {
            if !seen.insert((team.clone(), granted.clone(), needed.clone())) {
                continue;
            }
            // Empty: Slack did not say.
            let lacks = needs.beside(&granted).lacks();
            if let Some(lacks) = lacks.filter(|_| !granted.is_empty()) {
                error!(team.id = %team, "The bot token of {team} {lacks}");
            }
        }
        tokio::select! {
            changed = health.changed() => if changed.is_err() { return },
            () = tasks.stopping() => return,
        }
    }
}

/// Says in `/readyz` what Slack says of the tokens. One that is refused harms nobody else: Iris is
/// ready while any is good.
pub(super) async fn watch_tokens(
    mut health: watch::Receiver<Healths>,
    readiness: Arc<Readiness>,
    tasks: Tasks,
) {
    loop {
        let troubles: Vec<_> = health.borrow_and_update().values().map(trouble).collect();
        match troubles.iter().min().copied().flatten() {
            Some(trouble) => readiness.set(Part::Token, trouble),
            None => readiness.clear(Part::Token),
        }
        tokio::select! {
            changed = health.changed() => if changed.is_err() { return },
            () = tasks.stopping() => return,
        }
    }
}

/// Now and then: drops what nobody asks for, counts incidents, looks whether the store works.
pub(super) async fn keep_house(
    store: SharedStore,
    clock: SharedClock,
    readiness: Arc<Readiness>,
    tasks: Tasks,
) {
    loop {
        match round(&*store, &clock).await {
            Ok(()) => readiness.clear(Part::Store),
            Err(problem) => {
                error!(%problem, "The store fails");
                readiness.set(Part::Store, Trouble::StoreUnavailable);
            }
        }
        tokio::select! {
            () = clock.sleep_until(clock.now().plus(HOUSEKEEPING)) => {}
            () = tasks.stopping() => return,
        }
    }
}

fn trouble(health: &Health) -> Option<Trouble> {
    match health {
        Health::Good(_) => None,
        Health::Unasked => Some(Trouble::TokenUnchecked),
        Health::Refused { .. } => Some(Trouble::TokenRefused),
        Health::Unreachable { .. } => Some(Trouble::SlackUnreachable),
    }
}

async fn round(store: &dyn Store, clock: &SharedClock) -> Result<(), StoreError> {
    store.healthy().await?;
    store.tidy(clock.now()).await?;
    for (status, count) in store.tally().await? {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        metrics::gauge!("iris_incidents", "status" => status.as_str()).set(f64::from(count));
    }
    Ok(())
}
