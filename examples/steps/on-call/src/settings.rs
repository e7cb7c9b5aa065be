//! `config` of the step's line in the team's file. Iris has checked it against `settings.json`.

use serde::Deserialize;

/// What Iris checks it against.
pub(crate) const SCHEMA: &str = include_str!("../settings.json");

/// Where to find who is on call: at least one of the two.
#[derive(Debug, Deserialize)]
pub(crate) struct Settings {
    pub(crate) url: Option<String>,
    #[serde(default)]
    pub(crate) schedule: Vec<Rotation>,
}

/// People who take turns.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Rotation {
    /// None: for all products.
    pub(crate) product: Option<String>,
    /// None: for all severities.
    pub(crate) severity: Option<Vec<String>>,
    pub(crate) people: Vec<String>,
    /// How long a turn is, such as `7d`.
    pub(crate) every: String,
    /// When the first turn began, on the team's wall.
    pub(crate) from: String,
    #[serde(default)]
    pub(crate) overrides: Vec<Override>,
}

/// Somebody who stands in.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Override {
    pub(crate) who: String,
    pub(crate) from: String,
    /// The first moment at which they do so no more.
    pub(crate) to: String,
}
