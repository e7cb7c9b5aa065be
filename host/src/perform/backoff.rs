//! How long to wait after a failure: longer each time, and never two at the same moment.

use std::time::Duration;

use super::settings::PerformSettings;

/// Waits that double.
#[derive(Clone, Debug)]
pub(crate) struct Backoff {
    first: Duration,
    longest: Duration,
    failures: u32,
}

impl Backoff {
    pub(crate) fn new(settings: &PerformSettings) -> Self {
        Self {
            first: settings.backoff,
            longest: settings.longest_backoff,
            failures: 0,
        }
    }

    /// After this many failures.
    pub(super) fn after(settings: &PerformSettings, failures: u32) -> Duration {
        let mut backoff = Self::new(settings);
        backoff.failures = failures.saturating_sub(1);
        backoff.next()
    }

    pub(crate) fn next(&mut self) -> Duration {
        let factor = 2_u32.saturating_pow(self.failures.min(16));
        self.failures += 1;
        let wait = self.first.saturating_mul(factor).min(self.longest);
        wait.mul_f64(rand::random_range(0.5..=1.0))
    }

    /// All is well: the next failure is the first.
    pub(crate) fn reset(&mut self) {
        self.failures = 0;
    }
}
