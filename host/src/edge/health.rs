//! Whether the process is up, whether it can work, and its figures.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::EdgeDeps;

/// What is wrong at present. Shared: whoever notices says so, and takes it back.
#[derive(Debug, Default)]
pub struct Readiness {
    troubles: RwLock<BTreeMap<Part, Trouble>>,
}

/// What Iris cannot work without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Store,
    Backup,
    Steps,
    Token,
    Sockets,
    Process,
}

/// Why it cannot work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    StoreUnavailable,
    Restored,
    StepsLoading,
    StepRefused,
    TokenUnchecked,
    TokenRefused,
    SlackUnreachable,
    SocketsOpening,
    AppTokenRefused,
    SocketModeOff,
    TooManySockets,
    NoSocket,
    Stopping,
}

impl Trouble {
    /// For who looks from outside: nothing about the inside.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::StoreUnavailable => "The store cannot be written to.",
            Self::Restored => "The store is a backup: nothing is sent until `iris store resume`.",
            Self::StepsLoading => "The steps are being loaded.",
            Self::StepRefused => "A step that a team uses could not be loaded; the log says which.",
            Self::TokenUnchecked => "Slack has not yet confirmed the bot token.",
            Self::TokenRefused => "Slack refuses the bot token: give Iris a valid SLACK_BOT_TOKEN.",
            Self::SlackUnreachable => "Slack cannot be reached.",
            Self::SocketsOpening => "The sockets to Slack are being opened.",
            Self::AppTokenRefused => {
                "Slack refuses the app token: give Iris a valid SLACK_APP_TOKEN (`xapp-…`)."
            }
            Self::SocketModeOff => {
                "Socket Mode is switched off in the Slack app's settings: switch it on."
            }
            Self::TooManySockets => {
                "The Slack app has as many sockets as it may: stop other copies of Iris, or lower \
                 SLACK_SOCKETS."
            }
            Self::NoSocket => "No socket to Slack is open: it is tried again.",
            Self::Stopping => "Iris is stopping.",
        }
    }
}

impl Readiness {
    /// Takes the place of what was said of the part before.
    pub fn set(&self, part: Part, trouble: Trouble) {
        self.troubles
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(part, trouble);
    }

    /// The part works.
    pub fn clear(&self, part: Part) {
        self.troubles
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&part);
    }

    /// Empty when Iris can work.
    pub fn troubles(&self) -> Vec<Trouble> {
        let troubles = self.troubles.read().unwrap_or_else(PoisonError::into_inner);
        troubles.values().copied().collect()
    }
}

pub(super) async fn alive() -> &'static str {
    "ok\n"
}

pub(super) async fn ready(State(deps): State<Arc<EdgeDeps>>) -> Response {
    let troubles = deps.readiness.troubles();
    if troubles.is_empty() {
        return "ready\n".into_response();
    }
    let sentences: String = troubles.iter().flat_map(|t| [t.sentence(), "\n"]).collect();
    (StatusCode::SERVICE_UNAVAILABLE, sentences).into_response()
}

pub(super) async fn figures(State(deps): State<Arc<EdgeDeps>>) -> Response {
    // Drains what has gathered since the last look; nobody else does.
    deps.metrics.run_upkeep();
    let prometheus = [(
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    )];
    (prometheus, deps.metrics.render()).into_response()
}
