//! Slack's rate limits, by method and channel, on the workspace's clock.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

const MINUTE: u64 = 60_000_000;

/// Slack's tiers; special methods have numbers of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tier {
    Two,
    Three,
    Four,
    /// About ten a second.
    Generous,
    /// One a second and channel, with short bursts.
    Posting,
}

impl Tier {
    /// How many calls in how many microseconds.
    pub(crate) fn window(self) -> (usize, u64) {
        match self {
            Self::Two => (20, MINUTE),
            Self::Three => (50, MINUTE),
            Self::Four => (100, MINUTE),
            Self::Generous => (600, MINUTE),
            Self::Posting => (5, 5_000_000),
        }
    }
}

#[derive(Default)]
pub(crate) struct Limits {
    used: Mutex<HashMap<(&'static str, String), VecDeque<u64>>>,
}

impl Limits {
    /// Counts a call at `now`, or says after how many seconds it may come again.
    pub(crate) fn take(
        &self,
        method: &'static str,
        tier: Tier,
        channel: &str,
        now: u64,
    ) -> Result<(), u64> {
        let (most, window) = tier.window();
        let key = if tier == Tier::Posting {
            channel.to_owned()
        } else {
            String::new()
        };
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let times = used.entry((method, key)).or_default();
        while times.front().is_some_and(|at| at + window <= now) {
            times.pop_front();
        }
        if let Some(oldest) = times.front().filter(|_| times.len() >= most) {
            return Err((oldest + window - now).div_ceil(1_000_000));
        }
        times.push_back(now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_is_counted_by_the_minute() {
        let limits = Limits::default();
        for _ in 0..20 {
            assert_eq!(limits.take("users.list", Tier::Two, "", 1_000_000), Ok(()));
        }
        assert_eq!(
            limits.take("users.list", Tier::Two, "", 11_000_000),
            Err(50)
        );
        assert_eq!(limits.take("pins.add", Tier::Two, "", 11_000_000), Ok(()));
        assert_eq!(limits.take("users.list", Tier::Two, "", 61_000_000), Ok(()));
    }

    #[test]
    fn posting_is_counted_by_channel() {
        let limits = Limits::default();
        for _ in 0..5 {
            assert_eq!(
                limits.take("chat.postMessage", Tier::Posting, "C1", 0),
                Ok(())
            );
        }
        assert_eq!(
            limits.take("chat.postMessage", Tier::Posting, "C1", 0),
            Err(5)
        );
        assert_eq!(
            limits.take("chat.postMessage", Tier::Posting, "C2", 0),
            Ok(())
        );
    }
}
