//! The workspace's own clock: the computer's, or one that only tests move.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

/// Tue 2026-12-01 14:05:00 in Tokyo: where a manual clock stands unless told otherwise.
pub(crate) const DEFAULT_START: u64 = 1_796_101_500;

/// Tells the time of the workspace; clones share it.
#[derive(Clone, Debug)]
pub struct Clock {
    base: Base,
    /// Microseconds that `Sim::advance` added.
    offset: Arc<watch::Sender<u64>>,
}

#[derive(Clone, Copy, Debug)]
enum Base {
    Real,
    /// Stands still at this many seconds since 1970.
    Manual(u64),
}

impl Clock {
    /// The computer's clock. `Sim::advance` puts it forward.
    pub fn real() -> Self {
        Self::on(Base::Real)
    }

    /// A clock that stands at `unix_seconds` and moves only by `Sim::advance`.
    pub fn manual(unix_seconds: u64) -> Self {
        Self::on(Base::Manual(unix_seconds))
    }

    /// Microseconds since 1970.
    pub fn micros(&self) -> u64 {
        let base = match self.base {
            Base::Real => real_micros(),
            Base::Manual(seconds) => seconds * 1_000_000,
        };
        base + *self.offset.borrow()
    }

    /// Seconds since 1970.
    pub fn seconds(&self) -> u64 {
        self.micros() / 1_000_000
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.offset.send_modify(|offset| *offset += micros_of(by));
    }

    /// Returns when the clock shows `micros` or later, however it got there.
    pub async fn reaches(&self, micros: u64) {
        let mut moved = self.offset.subscribe();
        loop {
            moved.mark_unchanged();
            let Some(left) = micros.checked_sub(self.micros()).filter(|left| *left > 0) else {
                return;
            };
            match self.base {
                Base::Manual(_) => {
                    let _ = moved.changed().await;
                }
                Base::Real => {
                    tokio::select! {
                        _ = moved.changed() => {}
                        () = tokio::time::sleep(Duration::from_micros(left)) => {}
                    }
                }
            }
        }
    }

    fn on(base: Base) -> Self {
        Self {
            base,
            offset: Arc::new(watch::Sender::new(0)),
        }
    }
}

pub(crate) fn micros_of(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the computer for the time"
)]
fn real_micros() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, micros_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn manual_clock_moves_only_when_told() {
        let clock = Clock::manual(100);
        assert_eq!(clock.seconds(), 100);
        let waiter = clock.clone();
        let reached = async move {
            waiter.reaches(103_000_000).await;
            waiter.seconds()
        };
        let moved = async {
            clock.advance(Duration::from_secs(2));
            clock.advance(Duration::from_secs(2));
        };
        assert_eq!(tokio::join!(reached, moved).0, 104);
    }
}
