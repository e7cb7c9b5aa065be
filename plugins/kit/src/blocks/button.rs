//! Buttons.

use super::text::Plain;
use crate::limits::cut;
use serde::Serialize;

/// See [`button`].
#[derive(Clone, Debug, Serialize)]
pub struct Button {
    action_id: String,
    text: Plain,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessibility_label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirm: Option<Confirm>,
}

/// A button; its label, a verb, is cut to 75. A press comes to the owner named
/// before the first colon of `action_id`.
pub fn button(action_id: impl Into<String>, label: &str) -> Button {
    Button {
        action_id: action_id.into(),
        text: Plain::cut(label, 75),
        value: None,
        style: None,
        url: None,
        accessibility_label: None,
        confirm: None,
    }
}

impl Button {
    /// What comes with the press, at most 2,000: the incident's number, or
    /// `number/argument`.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// The one button that most people should press.
    #[must_use]
    pub fn primary(mut self) -> Self {
        self.style = Some("primary");
        self
    }

    /// A button that raises an alarm.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.style = Some("danger");
        self
    }

    /// Opens an address besides.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// What screen readers say instead of the label, cut to 75. Needed where a
    /// label repeats in one message.
    #[must_use]
    pub fn accessibility_label(mut self, label: &str) -> Self {
        self.accessibility_label = Some(cut(label, 75).into_owned());
        self
    }

    /// Asks before it counts.
    #[must_use]
    pub fn confirm(mut self, confirm: Confirm) -> Self {
        self.confirm = Some(confirm);
        self
    }
}

/// The question before a press counts.
#[derive(Clone, Debug, Serialize)]
pub struct Confirm {
    title: Plain,
    text: Plain,
    #[serde(rename = "confirm")]
    yes: Plain,
    #[serde(rename = "deny")]
    no: Plain,
}

impl Confirm {
    /// Cut to 100, 300, 30 and 30.
    pub fn new(title: &str, text: &str, yes: &str, no: &str) -> Self {
        Self {
            title: Plain::cut(title, 100),
            text: Plain::cut(text, 300),
            yes: Plain::cut(yes, 30),
            no: Plain::cut(no, 30),
        }
    }
}
