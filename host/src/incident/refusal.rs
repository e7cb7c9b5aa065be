//! Why a wish was not recorded: typed, so that a step can say so.

use serde::{Deserialize, Serialize};

/// Why a wish was not recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub kind: RefusalKind,
    /// Stable, for programs.
    pub code: String,
    /// For whoever maintains the step or the team's file, in English.
    pub sentence: String,
}

impl Refusal {
    pub fn new(kind: RefusalKind, code: &str, sentence: impl Into<String>) -> Self {
        Self {
            kind,
            code: code.to_owned(),
            sentence: sentence.into(),
        }
    }
}

/// As `refusal-kind` in the contract with steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalKind {
    NotGranted,
    NotFound,
    Malformed,
    TooLarge,
    NotNow,
    Conflict,
}
