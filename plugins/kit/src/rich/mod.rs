//! `rich_text`: the one block in which people's words, mentions and links mix.

mod people;

pub use people::{clean, one_line, people_words};

use crate::escape::escape;
use serde::Serialize;
use std::fmt::Write;

/// A run of `rich_text`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Element {
    /// Shown as it is; nothing in it is markup.
    Text {
        /// Never empty: Slack refuses it.
        text: String,
        /// How it looks.
        #[serde(skip_serializing_if = "Style::is_plain")]
        style: Style,
    },
    /// A link with its label.
    Link {
        /// Where it leads.
        url: String,
        /// What is shown.
        text: String,
    },
    /// A mention, which can be tapped, and pings in a new message.
    User {
        /// `U…` or `W…`.
        user_id: String,
    },
    /// A link to a channel.
    Channel {
        /// `C…`, `G…` or `D…`.
        channel_id: String,
    },
    /// An emoji by its Slack name, without colons.
    Emoji {
        /// Such as `mega`.
        name: String,
    },
}

/// How a run of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Style {
    /// Bold.
    #[serde(skip_serializing_if = "is_false")]
    pub bold: bool,
    /// As code.
    #[serde(skip_serializing_if = "is_false")]
    pub code: bool,
}

impl Style {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde calls it with a reference"
    )]
    fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// Text as it is.
pub fn text(text: impl Into<String>) -> Element {
    Element::Text {
        text: text.into(),
        style: Style::default(),
    }
}

/// Text in bold.
pub fn bold(text: impl Into<String>) -> Element {
    Element::Text {
        text: text.into(),
        style: Style {
            bold: true,
            code: false,
        },
    }
}

/// Text as code.
pub fn code(text: impl Into<String>) -> Element {
    Element::Text {
        text: text.into(),
        style: Style {
            bold: false,
            code: true,
        },
    }
}

/// A mention.
pub fn user(id: impl Into<String>) -> Element {
    Element::User { user_id: id.into() }
}

/// A link to a channel.
pub fn channel(id: impl Into<String>) -> Element {
    Element::Channel {
        channel_id: id.into(),
    }
}

/// A link with its label.
pub fn link(url: impl Into<String>, text: impl Into<String>) -> Element {
    Element::Link {
        url: url.into(),
        text: text.into(),
    }
}

/// An emoji by its Slack name, without colons.
pub fn emoji(name: impl Into<String>) -> Element {
    Element::Emoji { name: name.into() }
}

impl Element {
    /// As it reads where neither markup nor mentions work.
    pub(crate) fn write_plain(&self, out: &mut String) {
        match self {
            Self::Text { text, .. } | Self::Link { text, .. } => out.push_str(text),
            Self::User { user_id } => {
                out.push('@');
                out.push_str(user_id);
            }
            Self::Channel { channel_id } => {
                out.push('#');
                out.push_str(channel_id);
            }
            Self::Emoji { name } => {
                let _ = write!(out, ":{name}:");
            }
        }
    }

    /// As it reads in Slack's mrkdwn.
    pub(crate) fn write_mrkdwn(&self, out: &mut String) {
        let _ = match self {
            Self::Text { text, .. } => write!(out, "{}", escape(text)),
            Self::Link { url, text } => write!(out, "<{}|{}>", escape(url), escape(text)),
            Self::User { user_id } => write!(out, "<@{user_id}>"),
            Self::Channel { channel_id } => write!(out, "<#{channel_id}>"),
            Self::Emoji { name } => write!(out, ":{name}:"),
        };
    }

    /// How many UTF-16 units of it count against a message's limit.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Text { text, .. } | Self::Link { text, .. } => crate::limits::utf16_len(text),
            Self::User { user_id: id }
            | Self::Channel { channel_id: id }
            | Self::Emoji { name: id } => id.len(),
        }
    }
}

/// A `rich_text` block, built piece by piece. Empty pieces are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RichText {
    pub(crate) block_id: String,
    #[serde(rename = "elements")]
    pub(crate) pieces: Vec<Piece>,
}

/// One piece of a `rich_text` block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type")]
pub(crate) enum Piece {
    #[serde(rename = "rich_text_section")]
    Section { elements: Vec<Element> },
    #[serde(rename = "rich_text_quote")]
    Quote { elements: Vec<Element> },
    #[serde(rename = "rich_text_list")]
    List {
        style: ListStyle,
        elements: Vec<Row>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ListStyle {
    Bullet,
    Ordered,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "rich_text_section")]
pub(crate) struct Row {
    pub(crate) elements: Vec<Element>,
}

impl RichText {
    /// An empty block; `block_id` stays the same in every version of a message.
    pub fn new(block_id: impl Into<String>) -> Self {
        Self {
            block_id: block_id.into(),
            pieces: Vec::new(),
        }
    }

    /// A paragraph.
    #[must_use]
    pub fn section(self, elements: Vec<Element>) -> Self {
        let elements = merged(elements);
        if elements.is_empty() {
            self
        } else {
            self.with(Piece::Section { elements })
        }
    }

    /// A quote, with a bar at its side.
    #[must_use]
    pub fn quote(self, elements: Vec<Element>) -> Self {
        let elements = merged(elements);
        if elements.is_empty() {
            self
        } else {
            self.with(Piece::Quote { elements })
        }
    }

    /// A list with bullets.
    #[must_use]
    pub fn bullets(self, rows: Vec<Vec<Element>>) -> Self {
        self.list(ListStyle::Bullet, rows)
    }

    /// A list with numbers.
    #[must_use]
    pub fn numbered(self, rows: Vec<Vec<Element>>) -> Self {
        self.list(ListStyle::Ordered, rows)
    }

    /// Nothing to show: Slack refuses such a block.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    fn list(self, style: ListStyle, rows: Vec<Vec<Element>>) -> Self {
        let rows = rows.into_iter().map(merged).filter(|row| !row.is_empty());
        let elements: Vec<_> = rows.map(|elements| Row { elements }).collect();
        if elements.is_empty() {
            self
        } else {
            self.with(Piece::List { style, elements })
        }
    }

    fn with(mut self, piece: Piece) -> Self {
        self.pieces.push(piece);
        self
    }
}

/// The elements with texts of one style put together, and without empty ones,
/// which Slack refuses.
pub(crate) fn merged(elements: Vec<Element>) -> Vec<Element> {
    let mut merged: Vec<Element> = Vec::with_capacity(elements.len());
    for element in elements {
        match (merged.last_mut(), element) {
            (_, Element::Text { text, .. }) if text.is_empty() => {}
            (
                Some(Element::Text {
                    text: before,
                    style,
                }),
                Element::Text { text, style: same },
            ) if *style == same => {
                before.push_str(&text);
            }
            (_, element) => merged.push(element),
        }
    }
    merged
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}

#[cfg(test)]
mod tests {
    use super::{RichText, bold, channel, emoji, text, user};
    use serde_json::{json, to_value};

    #[test]
    fn a_block_reads_as_slack_wants_it() {
        let block = RichText::new("room")
            .section(vec![bold("War room "), channel("C0ROOM42")])
            .quote(vec![text("Since "), text(""), text("14:00"), emoji("mega")])
            .numbered(vec![vec![user("U1")]])
            .section(vec![]);
        assert_eq!(
            to_value(block).unwrap(),
            json!({"block_id": "room", "elements": [
                {"type": "rich_text_section", "elements": [
                    {"type": "text", "text": "War room ", "style": {"bold": true}},
                    {"type": "channel", "channel_id": "C0ROOM42"}]},
                {"type": "rich_text_quote", "elements": [
                    {"type": "text", "text": "Since 14:00"}, {"type": "emoji", "name": "mega"}]},
                {"type": "rich_text_list", "style": "ordered", "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]}]},
            ]})
        );
    }
}
