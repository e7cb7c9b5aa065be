//! What can be moved while the workspace runs: latency, rate limits, an outage.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::faults::Fault;
use crate::settings::Settings;

/// The workspace's levers; they begin where the settings put them.
pub struct Levers(Mutex<Positions>);

/// Where the levers stand.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Positions {
    /// Real milliseconds that every Web API call takes besides its work.
    pub latency_ms: u64,
    /// Whether Slack's rate limits are enforced.
    pub rate_limits: bool,
    /// Slack is down.
    #[serde(default)]
    pub outage: Option<Outage>,
}

/// Slack is down: no call is applied, and nothing is delivered.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Outage {
    pub calls: OutageCalls,
    pub events: OutageEvents,
}

/// What the app's calls meet meanwhile.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum OutageCalls {
    /// HTTP 503.
    Refused,
    /// They are never answered.
    Unanswered,
}

/// What becomes of the events of that time.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum OutageEvents {
    /// They are delivered when it is over.
    Late,
    /// The app never hears of them.
    Lost,
}

impl Levers {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self(Mutex::new(Positions {
            latency_ms: settings.latency_ms,
            rate_limits: settings.rate_limits,
            outage: None,
        }))
    }

    pub fn positions(&self) -> Positions {
        *self.locked()
    }

    pub fn outage(&self) -> Option<Outage> {
        self.locked().outage
    }

    pub(crate) fn latency(&self) -> Duration {
        Duration::from_millis(self.locked().latency_ms)
    }

    /// Moves them and says where they stood before.
    pub(crate) fn put(&self, positions: Positions) -> Positions {
        std::mem::replace(&mut *self.locked(), positions)
    }

    fn locked(&self) -> MutexGuard<'_, Positions> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Outage {
    /// How it looks to a call.
    pub(crate) fn fault(self) -> Fault {
        match self.calls {
            OutageCalls::Refused => Fault::Status(503),
            OutageCalls::Unanswered => Fault::NoAnswer,
        }
    }
}
