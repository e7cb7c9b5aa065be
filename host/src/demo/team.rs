//! The languages in which the demo's Iris speaks, each with its team's file.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
pub(super) enum Language {
    #[default]
    #[serde(rename = "en")]
    English,
    #[serde(rename = "ja")]
    Japanese,
}

impl Language {
    pub(super) fn team(self) -> &'static str {
        match self {
            Self::English => include_str!("../../../examples/teams/default.toml"),
            Self::Japanese => include_str!("../../../tests/teams/acme-ja.toml"),
        }
    }
}
