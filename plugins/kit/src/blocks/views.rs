//! Whole views: forms and the home page.

use super::Block;
use super::text::Plain;
use serde::Serialize;

/// A form (Slack's modal). `callback_id` and `private_metadata` are the host's:
/// a step leaves them alone.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename = "modal")]
pub struct Modal {
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_id: Option<String>,
    title: Plain,
    #[serde(skip_serializing_if = "Option::is_none")]
    submit: Option<Plain>,
    #[serde(skip_serializing_if = "Option::is_none")]
    close: Option<Plain>,
    #[serde(skip_serializing_if = "Option::is_none")]
    private_metadata: Option<String>,
    blocks: Vec<Block>,
}

/// The home page of one person.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename = "home")]
pub struct Home {
    callback_id: String,
    blocks: Vec<Block>,
}

impl Modal {
    /// A form without a button to send it, until [`Modal::submit`] gives it one.
    /// The title is cut to 24.
    pub fn new(title: &str, blocks: Vec<Block>) -> Self {
        Self {
            callback_id: None,
            title: Plain::cut(title, 24),
            submit: None,
            close: None,
            private_metadata: None,
            blocks,
        }
    }

    /// The button that sends it, cut to 24.
    #[must_use]
    pub fn submit(mut self, label: &str) -> Self {
        self.submit = Some(Plain::cut(label, 24));
        self
    }

    /// The button that closes it, cut to 24.
    #[must_use]
    pub fn close(mut self, label: &str) -> Self {
        self.close = Some(Plain::cut(label, 24));
        self
    }

    /// Whose form it is: `owner:name`. For the host only.
    #[must_use]
    pub fn callback_id(mut self, id: impl Into<String>) -> Self {
        self.callback_id = Some(id.into());
        self
    }

    /// What comes back with the answer, at most 3,000. For the host only.
    #[must_use]
    pub fn private_metadata(mut self, metadata: impl Into<String>) -> Self {
        self.private_metadata = Some(metadata.into());
        self
    }
}

impl Home {
    /// A home page, at most 100 blocks.
    pub fn new(callback_id: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self {
            callback_id: callback_id.into(),
            blocks,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{plain, section, to_json};
    use super::{Home, Modal};

    #[test]
    fn views_say_what_they_are() {
        let wait = || vec![section("wait", plain("⏳")).into()];
        let modal = Modal::new("Declare an incident", wait())
            .close("Cancel")
            .callback_id("core:declare");
        assert_eq!(
            to_json(&modal),
            concat!(
                r#"{"type":"modal","callback_id":"core:declare","#,
                r#""title":{"type":"plain_text","text":"Declare an incident","emoji":true},"#,
                r#""close":{"type":"plain_text","text":"Cancel","emoji":true},"#,
                r#""blocks":[{"type":"section","block_id":"wait","#,
                r#""text":{"type":"plain_text","text":"⏳","emoji":true}}]}"#
            )
        );
        assert!(
            to_json(&Home::new("core:home", wait()))
                .starts_with(r#"{"type":"home","callback_id":"core:home","#)
        );
    }
}
