//! What a message says.

use iris_kit::blocks::{Block, to_json};
use iris_kit::limits::{FALLBACK, cut};
use serde::Serialize;

pub use crate::bindings::iris::step::types::Content;

impl Content {
    /// A message of mrkdwn: Iris's own sentences and ids only, never people's
    /// words. With [`Content::blocks`] the text becomes what notifications and
    /// screen readers say: a whole sentence, with people's words escaped
    /// (`Texts::mrkdwn` does it).
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            blocks: None,
            more: None,
        }
    }

    /// What is shown; the text is cut to 300 then.
    #[must_use]
    pub fn blocks(mut self, blocks: &[Block]) -> Self {
        self.text = cut(&self.text, FALLBACK).into_owned();
        self.blocks = Some(to_json(blocks));
        self
    }

    /// Further arguments of the Slack method, as an object.
    #[must_use]
    pub fn more(mut self, arguments: &impl Serialize) -> Self {
        self.more = Some(to_json(arguments));
        self
    }

    /// In a thread: also shown in the channel.
    #[must_use]
    pub fn also_in_channel(self) -> Self {
        #[derive(Serialize)]
        struct Broadcast {
            reply_broadcast: bool,
        }
        self.more(&Broadcast {
            reply_broadcast: true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Content;
    use iris_kit::blocks::divider;

    #[test]
    fn a_fallback_is_short_and_a_message_is_not() {
        let long = "x".repeat(1000);
        assert_eq!(Content::new(&long).text.len(), 1000);
        let content = Content::new(&long)
            .blocks(&[divider("d")])
            .also_in_channel();
        assert_eq!(content.text.chars().count(), 300);
        assert_eq!(
            content.blocks.as_deref(),
            Some(r#"[{"type":"divider","block_id":"d"}]"#)
        );
        assert_eq!(content.more.as_deref(), Some(r#"{"reply_broadcast":true}"#));
    }
}
