//! Iris's clock in the demo and in stories: the workspace's.

use std::{future::Future, pin::Pin};

use crate::clock::{Clock, Moment};

/// Shows what the simulated workspace's clock shows.
pub struct WorkspaceClock(pub slack_sim::Clock);

impl Clock for WorkspaceClock {
    fn now(&self) -> Moment {
        Moment(self.0.micros() / 1000)
    }

    fn sleep_until(&self, until: Moment) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let clock = self.0.clone();
        Box::pin(async move { clock.reaches(until.0.saturating_mul(1000)).await })
    }
}
