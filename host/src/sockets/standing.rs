//! What all sockets together come to: for `/readyz`, for figures, and in the log, where each trouble
//! is said once, with its remedy.

use std::{
    fmt,
    mem::discriminant,
    num::NonZeroU8,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tracing::{debug, error, info, warn};

use crate::edge::{Part, Readiness, Trouble};

pub(super) struct Standing {
    readiness: Arc<Readiness>,
    /// How many there should be.
    wanted: u32,
    now: Mutex<Now>,
}

#[derive(Default)]
struct Now {
    open: u32,
    /// What was said since all of them were open.
    said: Vec<Why>,
}

/// Why a socket was not opened, or is no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// Slack's code.
    Refused { code: String },
    /// Socket Mode is switched off.
    Disabled,
    /// The app has more than Slack allows.
    TooMany,
    /// Slack gave none, or it was lost.
    Unreachable(String),
    /// Slack closed it, as it does now and then.
    Closed,
    /// It gave no sign of life.
    Silent,
    /// A message was larger than Iris reads.
    TooLarge,
}

impl Standing {
    pub(super) fn new(readiness: Arc<Readiness>, wanted: NonZeroU8) -> Self {
        readiness.set(Part::Sockets, Trouble::SocketsOpening);
        metrics::gauge!("iris_sockets_open").set(0);
        Self {
            readiness,
            wanted: wanted.get().into(),
            now: Mutex::default(),
        }
    }

    /// One more delivers.
    pub(super) fn opened(&self) {
        let mut now = self.now();
        now.open += 1;
        metrics::gauge!("iris_sockets_open").set(now.open);
        self.readiness.clear(Part::Sockets);
        // What is wrong with one place is not over because another is filled anew.
        if now.open >= self.wanted && !now.said.is_empty() {
            now.said.clear();
            info!(
                sockets.open = now.open,
                "All sockets to Slack are open again"
            );
        } else if now.open == 1 {
            info!(sockets.open = now.open, "Slack delivers through a socket");
        }
    }

    /// None was opened.
    pub(super) fn failed(&self, why: &Why) {
        self.say(&mut self.now(), why);
    }

    /// One that was open is no more.
    pub(super) fn closed(&self, why: &Why) {
        let mut now = self.now();
        now.open -= 1;
        metrics::gauge!("iris_sockets_open").set(now.open);
        self.say(&mut now, why);
    }

    /// One is no more because Iris stops.
    pub(super) fn left(&self) {
        let mut now = self.now();
        now.open -= 1;
        metrics::gauge!("iris_sockets_open").set(now.open);
    }

    fn say(&self, now: &mut Now, why: &Why) {
        if now.open == 0 {
            self.readiness.set(Part::Sockets, why.trouble());
        }
        if now.said.iter().any(|said| said.is_like(why)) {
            debug!(sockets.open = now.open, "{why}");
            return;
        }
        match why {
            Why::Closed => return,
            Why::Refused { .. } | Why::Disabled | Why::TooMany | Why::TooLarge => {
                error!(sockets.open = now.open, "{why}");
            }
            Why::Unreachable(_) | Why::Silent => warn!(sockets.open = now.open, "{why}"),
        }
        now.said.push(why.clone());
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts what ends a socket, in Slack's words where they are Slack's.
pub(super) fn count(reason: &'static str) {
    metrics::counter!("iris_socket_disconnects_total", "reason" => reason).increment(1);
}

impl Why {
    /// The same trouble, whatever the words of this attempt.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Refused { code }, Self::Refused { code: other }) => code == other,
            _ => discriminant(self) == discriminant(other),
        }
    }

    fn trouble(&self) -> Trouble {
        match self {
            Self::Refused { .. } => Trouble::AppTokenRefused,
            Self::Disabled => Trouble::SocketModeOff,
            Self::TooMany => Trouble::TooManySockets,
            Self::Unreachable(_) | Self::Closed | Self::Silent | Self::TooLarge => {
                Trouble::NoSocket
            }
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { code } => {
                write!(f, "Slack gives no socket ({code}): {}", remedy(code))
            }
            Self::Disabled => f.write_str(
                "Socket Mode is switched off: switch it on in the Slack app's settings, under \
                 \"Socket Mode\", or start Iris without SLACK_APP_TOKEN",
            ),
            Self::TooMany => f.write_str(
                "The Slack app has more sockets than the ten it may: stop other copies of Iris, \
                 or lower SLACK_SOCKETS",
            ),
            Self::Unreachable(why) => write!(f, "A socket to Slack is missing: {why}"),
            Self::Closed => f.write_str("Slack closed a socket"),
            Self::Silent => f.write_str("A socket gave no sign of life and was given up"),
            Self::TooLarge => f.write_str("A socket was closed: a message was larger than 1 MiB"),
        }
    }
}

/// What an operator does about a code of `apps.connections.open`.
pub(crate) fn remedy(code: &str) -> &'static str {
    match code {
        "not_allowed_token_type" => {
            "SLACK_APP_TOKEN is no app-level token (`xapp-…`); one is made in the Slack app's \
             settings, under \"Basic Information\""
        }
        "missing_scope" | "no_permission" => {
            "make an app-level token with the scope connections:write and give it to Iris by \
             SLACK_APP_TOKEN"
        }
        "forbidden_team" => "the app may not be used in this workspace; ask its administrators",
        "account_inactive" | "token_revoked" | "token_expired" | "app_uninstalled" => {
            "the app token or its app is gone; make a new one and give it to Iris by SLACK_APP_TOKEN"
        }
        _ => "give Iris a valid SLACK_APP_TOKEN (`xapp-…`, with the scope connections:write)",
    }
}
