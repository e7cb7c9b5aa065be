//! What entries carry besides their words, as far as it is told.

use serde::{Deserialize, Serialize};

/// The fields of all kinds, as `wit/README.md` lists them; each kind has a few.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Data {
    pub severity: Option<String>,
    pub product: Option<String>,
    pub name: Option<String>,
    pub channel: Option<String>,
    pub renamed: bool,
    pub gone: Option<String>,
    pub back: bool,
    /// What declared the incident, or what an alert came through.
    pub through: Option<String>,
    pub people: Vec<String>,
    pub missing: Vec<Missing>,
    pub user: Option<String>,
    pub how: Option<String>,
    pub role: Option<String>,
    pub was: Option<String>,
    pub now: Option<String>,
    pub n: u32,
    pub act: Option<String>,
    pub owner: Option<String>,
    pub due: Option<u64>,
    pub due_has_time: bool,
    pub done_at: Option<u64>,
    #[serde(flatten)]
    pub message: MessageData,
}

/// Of a captured message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageData {
    /// Another app wrote it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub app: bool,
    /// Names of the files with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited: Option<u64>,
    /// When it was deleted in Slack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted: Option<u64>,
}

/// Somebody who could not be called.
#[derive(Clone, Debug, Deserialize)]
pub struct Missing {
    pub who: String,
    #[serde(default)]
    pub code: String,
}

impl Data {
    /// Nothing where it is not as expected: an entry is told by what is left.
    pub fn parse(json: Option<&str>) -> Self {
        json.map(serde_json::from_str)
            .and_then(Result::ok)
            .unwrap_or_default()
    }
}
