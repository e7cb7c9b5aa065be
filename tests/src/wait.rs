//! Waiting for what others do: in real time, and not for ever.

use std::time::Duration;

/// A minute: machines that test several things at once are slow.
const PATIENCE: Duration = Duration::from_mins(1);

/// What comes of it. Panics, naming `what` was waited for, when a minute has gone by.
pub async fn in_time<T>(what: &str, done: impl Future<Output = T>) -> T {
    let done = tokio::time::timeout(PATIENCE, done).await;
    done.unwrap_or_else(|_| panic!("in vain: {what}"))
}

/// Returns when it is so. Panics like [`in_time`].
pub async fn until(what: &str, mut so: impl AsyncFnMut() -> bool) {
    in_time(what, async {
        while !so().await {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
