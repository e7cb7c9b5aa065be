//! What entries carry besides their words, as far as the timeline tells it.

use iris_step::facts::Entry;
use serde::{Deserialize, Serialize};

/// The fields of all kinds; each kind has a few of them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Data {
    pub(crate) severity: Option<String>,
    pub(crate) product: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) channel: Option<String>,
    pub(crate) renamed: bool,
    pub(crate) people: Vec<String>,
    pub(crate) missing: Vec<Missing>,
    pub(crate) user: Option<String>,
    pub(crate) how: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) was: Option<String>,
    pub(crate) now: Option<String>,
    pub(crate) n: u32,
    pub(crate) act: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) due: Option<u64>,
    pub(crate) due_has_time: bool,
    pub(crate) done_at: Option<u64>,
    #[serde(flatten)]
    pub(crate) message: MessageData,
}

/// Of a captured message; this step writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct MessageData {
    /// Another app wrote it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) app: bool,
    /// Names of the files with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) files: Vec<String>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) edited: Option<u64>,
    /// When it was deleted in Slack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) deleted: Option<u64>,
}

/// Somebody who could not be called.
#[derive(Debug, Deserialize)]
pub(crate) struct Missing {
    pub(crate) who: String,
    #[serde(default)]
    pub(crate) code: String,
}

impl Data {
    /// Nothing where it is not as expected: an entry is told by what is left.
    pub(crate) fn of(entry: &Entry) -> Self {
        let data = entry.data.as_deref().map(serde_json::from_str);
        data.and_then(Result::ok).unwrap_or_default()
    }
}
