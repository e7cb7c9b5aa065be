//! The two kinds of text objects.

use crate::limits::cut;
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// Shown as it is, but `:name:` becomes an emoji. People's words may stand here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain(pub(crate) String);

/// Slack's markup. Only Iris's own sentences, ids and escaped words of the
/// team's file may stand here; nothing is made a link by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mrkdwn(pub(crate) String);

/// A text where both kinds are allowed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum Text {
    /// See [`plain`].
    Plain(Plain),
    /// See [`mrkdwn`].
    Mrkdwn(Mrkdwn),
}

/// Plain text: what people wrote, and what needs no markup.
pub fn plain(text: impl Into<String>) -> Text {
    Text::Plain(Plain(text.into()))
}

/// Slack's markup: never what people wrote.
pub fn mrkdwn(text: impl Into<String>) -> Text {
    Text::Mrkdwn(Mrkdwn(text.into()))
}

impl Plain {
    pub(crate) fn cut(text: &str, limit: usize) -> Self {
        Self(cut(text, limit).into_owned())
    }
}

impl Text {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Plain(Plain(text)) | Self::Mrkdwn(Mrkdwn(text)) => text,
        }
    }

    pub(super) fn cut(self, limit: usize) -> Self {
        match self {
            Self::Plain(Plain(text)) => Self::Plain(Plain::cut(&text, limit)),
            Self::Mrkdwn(Mrkdwn(text)) => Self::Mrkdwn(Mrkdwn(cut(&text, limit).into_owned())),
        }
    }
}

impl Serialize for Plain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object(serializer, "plain_text", &self.0, "emoji")
    }
}

impl Serialize for Mrkdwn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object(serializer, "mrkdwn", &self.0, "verbatim")
    }
}

fn object<S: Serializer>(
    serializer: S,
    kind: &str,
    text: &str,
    flag: &'static str,
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_struct("Text", 3)?;
    object.serialize_field("type", kind)?;
    object.serialize_field("text", text)?;
    object.serialize_field(flag, &true)?;
    object.end()
}
