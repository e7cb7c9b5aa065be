//! What the step remembers of an incident.

use iris_step::{Failure, Scope, state};
use serde::{Deserialize, Serialize};

/// All of it, under one key.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Memory {
    /// The room's name, once it stands.
    pub(crate) room: Option<String>,
    /// Whether the announcement was posted and not refused.
    pub(crate) announced: bool,
    /// Replies in its thread.
    replies: u32,
    /// Updates that were kept out of the thread since the last one in it.
    held: u32,
    /// The latest update: when, and as much of it as is shown.
    pub(crate) latest: Option<(u64, String)>,
    /// What could not be set, and Slack's code.
    pub(crate) unset: Vec<(String, String)>,
}

/// From this many replies on, only every third update goes into the thread.
const MANY: u32 = 10;

impl Memory {
    pub(crate) fn read() -> Result<Self, Failure> {
        Ok(state::get(Scope::Incident, KEY)?.unwrap_or_default())
    }

    pub(crate) fn keep(&self) -> Result<(), Failure> {
        Ok(state::put(Scope::Incident, KEY, self)?)
    }

    /// Counts a reply that must be seen.
    pub(crate) fn reply(&mut self) {
        self.replies += 1;
    }

    /// Counts an update; says whether it goes into the thread.
    pub(crate) fn reply_with_update(&mut self) -> bool {
        if self.replies >= MANY {
            self.held += 1;
            if self.held < 3 {
                return false;
            }
            self.held = 0;
        }
        self.replies += 1;
        true
    }
}

const KEY: &str = "room";

#[cfg(test)]
mod tests {
    use super::Memory;

    #[test]
    fn a_long_thread_takes_every_third_update() {
        let mut memory = Memory::default();
        let taken: Vec<bool> = (0..16).map(|_| memory.reply_with_update()).collect();
        assert_eq!(taken[..10], [true; 10]);
        assert_eq!(taken[10..], [false, false, true, false, false, true]);
    }
}
