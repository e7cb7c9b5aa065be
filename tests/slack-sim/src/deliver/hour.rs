//! How many events an app may be sent in an hour; beyond it Slack says `app_rate_limited` once a
//! minute, and keeps the events to itself.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

const HOUR: u64 = 3_600;
const MINUTE: u64 = 60;

/// What becomes of an event.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Passage {
    Sent,
    /// The app hears of this minute, in Unix seconds, that events were kept from it.
    Told(u64),
    Kept,
}

pub(super) struct Hour {
    most: usize,
    used: Mutex<Used>,
}

#[derive(Default)]
struct Used {
    /// The seconds of the events of the last hour.
    sent: VecDeque<u64>,
    told: Option<u64>,
}

impl Hour {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            used: Mutex::default(),
        }
    }

    pub(super) fn pass(&self, now: u64) -> Passage {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        while used.sent.front().is_some_and(|at| at + HOUR <= now) {
            used.sent.pop_front();
        }
        if used.sent.len() < self.most {
            used.sent.push_back(now);
            return Passage::Sent;
        }
        let minute = now / MINUTE * MINUTE;
        if used.told == Some(minute) {
            return Passage::Kept;
        }
        used.told = Some(minute);
        Passage::Told(minute)
    }
}

#[cfg(test)]
mod tests {
    use super::Hour;
    use super::Passage::{self, Kept, Sent, Told};

    #[test]
    fn what_is_too_much_is_told_once_a_minute() {
        let hour = Hour::new(2);
        let passed: Vec<Passage> = [0, 1, 2, 3, 60, 3_601].map(|now| hour.pass(now)).into();
        assert_eq!(passed, [Sent, Sent, Told(0), Kept, Told(60), Sent]);
    }
}
