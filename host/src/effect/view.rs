//! Forms carry what Iris needs to know when they come back: whose form it is, of which incident, and
//! what its owner wanted to remember.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    event::View,
    ids::{Number, Owner},
};

/// The callback of the App Home, of which there is one for each person.
pub const HOME: &str = "core:home";

/// What `private_metadata` of a form of Iris holds. Slack's limit is 3,000 characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memo {
    /// Version of this shape.
    pub v: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<Number>,
    /// The owner's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub memo: String,
}

impl Memo {
    /// Lenient: a form of another app, or of an older Iris, has none.
    pub fn parse(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }
}

/// Whether it is somebody's App Home: no form, so nothing can be put on top of it or in its place.
pub fn is_home(view: &View) -> bool {
    view.callback == HOME
}

/// The whole view: with `callback_id` and `private_metadata`. `view` is a checked JSON object.
pub fn complete(
    view: &str,
    owner: &Owner,
    form: &str,
    incident: Option<Number>,
    memo: &str,
) -> String {
    let mut view: Value = serde_json::from_str(view).unwrap_or_else(|_| json!({}));
    let memo = Memo {
        v: 1,
        incident,
        memo: memo.to_owned(),
    };
    view["callback_id"] = json!(format!("{owner}:{form}"));
    view["private_metadata"] = json!(serde_json::to_string(&memo).unwrap_or_default());
    view.to_string()
}
