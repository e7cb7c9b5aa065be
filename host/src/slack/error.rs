//! What can come of a call besides an answer, sorted by what may be done next.

use std::{fmt::Write as _, time::Duration};

use serde_json::Value;

use super::codes::{Meaning, meaning};

/// A call that Slack did not answer with `ok`.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SlackError {
    #[error("Slack limits {method} for {} s", after.as_secs())]
    RateLimited { method: String, after: Duration },
    #[error("{0}")]
    Rejected(Box<Rejection>),
    /// No connection was made: certainly not applied.
    #[error("{method} could not be sent: {why}")]
    NotSent { method: String, why: String },
    /// Sent, and no answer that can be understood came: may have been applied.
    #[error("nobody knows what came of {method}: {why}")]
    Unknown { method: String, why: String },
}

/// Slack's `"ok": false`.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("Slack refused {method}: {code}{}", self.detail())]
pub struct Rejection {
    pub method: String,
    pub code: String,
    /// Scopes that the call needs, with `missing_scope`.
    pub needed: Option<String>,
    /// Scopes that the token has, with `missing_scope`.
    pub provided: Option<String>,
    /// What Slack says about the arguments.
    pub messages: Vec<String>,
    /// Of a call about many things: what became of each.
    pub errors: Vec<Value>,
    /// The whole answer.
    pub body: Value,
}

/// What may be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// The same again, not before so long. Costs no attempt.
    After(Duration),
    /// The same again, a little later: it was not applied.
    Again,
    /// Look whether it was applied before anything else.
    Look,
    /// Nothing for this workspace until its token is good again.
    Token,
    /// Nothing: what was wished is so already.
    Done,
    /// Nothing: it will never be taken.
    Never,
    /// Nothing: a person must look.
    Ask,
}

impl SlackError {
    /// Slack's own code, when it refused.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Rejected(rejection) => Some(&rejection.code),
            Self::RateLimited { .. } | Self::NotSent { .. } | Self::Unknown { .. } => None,
        }
    }

    pub fn retry(&self) -> Retry {
        match self {
            Self::RateLimited { after, .. } => Retry::After(*after),
            Self::NotSent { .. } => Retry::Again,
            Self::Unknown { .. } => Retry::Look,
            Self::Rejected(rejection) => match meaning(&rejection.method, &rejection.code) {
                Meaning::Done => Retry::Done,
                Meaning::Never => Retry::Never,
                Meaning::Again => Retry::Again,
                Meaning::Unsure => Retry::Look,
                Meaning::Token => Retry::Token,
                Meaning::Unheard => Retry::Ask,
            },
        }
    }
}

impl Rejection {
    fn detail(&self) -> String {
        let mut detail = String::new();
        if let Some(needed) = &self.needed {
            let _ = write!(detail, " (needs the scope {needed})");
        }
        if !self.messages.is_empty() {
            let _ = write!(detail, " ({})", self.messages.join("; "));
        }
        detail
    }
}

/// Nothing can be sent at all: for the operator, at the start.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    #[error("`{0}` is no address of Slack's Web API: it must end in `/`")]
    Address(String),
    #[error("cannot set up HTTPS: {0}")]
    Client(String),
}
