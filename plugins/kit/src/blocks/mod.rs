//! Block Kit: what messages and forms are made of.
//!
//! Structs that serialise straight to Slack's JSON, as a `serde_json::Value` on
//! the way would cost a step five times as much. Texts are cut to Slack's
//! limits where they are put in, so no block is refused for its length.

mod button;
mod choices;
mod controls;
mod fields;
mod text;
mod views;

pub use button::{Button, Confirm, button};
pub use choices::{Checkboxes, Choice, External, RadioButtons, Select};
pub use controls::Control;
pub use fields::{Conversations, DatePicker, PeopleMenu, TextInput};
pub use text::{Mrkdwn, Plain, Text, mrkdwn, plain};
pub use views::{Home, Modal};

use crate::rich::RichText;
use serde::Serialize;

/// A block of a message or a form.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// Large bold text; see [`header`].
    Header(Header),
    /// Small grey text; see [`context`].
    Context(Context),
    /// Text with a button beside it; see [`section`].
    Section(Section),
    /// Buttons in a row; see [`actions`].
    Actions(Actions),
    /// A line; see [`divider`].
    Divider(Divider),
    /// A field of a form; see [`input`].
    Input(Input),
    /// Paragraphs, quotes and lists.
    RichText(RichText),
}

/// See [`header`].
#[derive(Clone, Debug, Serialize)]
pub struct Header {
    block_id: String,
    pub(crate) text: Plain,
}

/// See [`context`].
#[derive(Clone, Debug, Serialize)]
pub struct Context {
    block_id: String,
    pub(crate) elements: Vec<Text>,
}

/// See [`section`].
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    block_id: String,
    pub(crate) text: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessory: Option<Control>,
}

/// See [`actions`].
#[derive(Clone, Debug, Serialize)]
pub struct Actions {
    block_id: String,
    elements: Vec<Control>,
}

/// See [`divider`].
#[derive(Clone, Debug, Serialize)]
pub struct Divider {
    block_id: String,
}

/// See [`input`].
#[derive(Clone, Debug, Serialize)]
pub struct Input {
    block_id: String,
    pub(crate) label: Plain,
    element: Control,
    optional: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<Plain>,
}

/// Large bold text, cut to 150.
pub fn header(block_id: impl Into<String>, text: &str) -> Block {
    Block::Header(Header {
        block_id: block_id.into(),
        text: Plain::cut(text, 150),
    })
}

/// Small grey text: one to ten pieces.
pub fn context(block_id: impl Into<String>, texts: impl IntoIterator<Item = Text>) -> Block {
    let elements = texts.into_iter().take(10).collect();
    Block::Context(Context {
        block_id: block_id.into(),
        elements,
    })
}

/// Text, with room for a button at its side ([`Section::accessory`]).
pub fn section(block_id: impl Into<String>, text: impl Into<Text>) -> Section {
    Section {
        block_id: block_id.into(),
        text: text.into().cut(3000),
        accessory: None,
    }
}

/// Buttons and menus in a row, at most 25.
pub fn actions(
    block_id: impl Into<String>,
    elements: impl IntoIterator<Item = impl Into<Control>>,
) -> Block {
    let elements = elements.into_iter().map(Into::into).take(25).collect();
    Block::Actions(Actions {
        block_id: block_id.into(),
        elements,
    })
}

/// A line.
pub fn divider(block_id: impl Into<String>) -> Block {
    Block::Divider(Divider {
        block_id: block_id.into(),
    })
}

/// A field of a form, required unless [`Input::optional`]. `block_id` is its
/// name in the answer.
pub fn input(block_id: impl Into<String>, label: &str, element: impl Into<Control>) -> Input {
    Input {
        block_id: block_id.into(),
        label: Plain::cut(label, 2000),
        element: element.into(),
        optional: false,
        hint: None,
    }
}

impl Section {
    /// The button or menu at its side.
    #[must_use]
    pub fn accessory(mut self, control: impl Into<Control>) -> Self {
        self.accessory = Some(control.into());
        self
    }
}

impl Input {
    /// May be left empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// A line of help below it.
    #[must_use]
    pub fn hint(mut self, hint: &str) -> Self {
        self.hint = Some(Plain::cut(hint, 2000));
        self
    }
}

impl From<Section> for Block {
    fn from(section: Section) -> Self {
        Self::Section(section)
    }
}

impl From<Input> for Block {
    fn from(input: Input) -> Self {
        Self::Input(input)
    }
}

impl From<RichText> for Block {
    fn from(rich: RichText) -> Self {
        Self::RichText(rich)
    }
}

/// Blocks, a view or anything else of this module as the JSON that Slack takes.
pub fn to_json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).expect("blocks hold nothing that JSON cannot say")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn value(block: impl Into<Block>) -> Value {
        serde_json::from_str(&to_json(&block.into())).unwrap()
    }

    #[test]
    fn a_role_line_with_its_button() {
        let take = button("guide:take:operation-lead", "🙋 I'll take it")
            .value("42/operation-lead")
            .primary()
            .accessibility_label("Take the role Operation lead");
        assert_eq!(
            value(
                section(
                    "role:operation-lead",
                    mrkdwn("*Operation lead*\nNobody yet")
                )
                .accessory(take)
            ),
            json!({"type": "section", "block_id": "role:operation-lead",
                "text": {"type": "mrkdwn", "text": "*Operation lead*\nNobody yet", "verbatim": true},
                "accessory": {"type": "button", "action_id": "guide:take:operation-lead",
                    "text": {"type": "plain_text", "text": "🙋 I'll take it", "emoji": true},
                    "value": "42/operation-lead", "style": "primary",
                    "accessibility_label": "Take the role Operation lead"}})
        );
    }

    #[test]
    fn the_parts_of_a_message() {
        assert_eq!(
            value(header("head", "🔴 SEV1 · Checkout fails with 500")),
            json!({"type": "header", "block_id": "head", "text": {"type": "plain_text",
                "text": "🔴 SEV1 · Checkout fails with 500", "emoji": true}})
        );
        assert_eq!(
            value(context("facts", [mrkdwn("*Ongoing*")])),
            json!({"type": "context", "block_id": "facts", "elements": [
                {"type": "mrkdwn", "text": "*Ongoing*", "verbatim": true}]})
        );
        assert_eq!(
            value(divider("d1")),
            json!({"type": "divider", "block_id": "d1"})
        );
    }

    #[test]
    fn a_field_of_a_form() {
        let what = TextInput::new("v")
            .multiline()
            .max_length(2000)
            .placeholder("What you see");
        assert_eq!(
            value(
                input("what", "What is happening?", what)
                    .optional()
                    .hint("Goes to the top")
            ),
            json!({"type": "input", "block_id": "what", "optional": true,
                "label": {"type": "plain_text", "text": "What is happening?", "emoji": true},
                "hint": {"type": "plain_text", "text": "Goes to the top", "emoji": true},
                "element": {"type": "plain_text_input", "action_id": "v", "multiline": true,
                    "max_length": 2000,
                    "placeholder": {"type": "plain_text", "text": "What you see", "emoji": true}}})
        );
        let unsure = Choice::new("unsure", "Not sure yet").description("You can set it later");
        let option = json!({"value": "unsure",
            "text": {"type": "plain_text", "text": "Not sure yet", "emoji": true},
            "description": {"type": "plain_text", "text": "You can set it later", "emoji": true}});
        let radio =
            RadioButtons::new("v", vec![Choice::new("sev1", "SEV1"), unsure]).initial("unsure");
        assert_eq!(
            value(input("severity", "Severity", radio))["element"]["initial_option"],
            option
        );
    }

    #[test]
    fn texts_are_cut_where_slack_would_refuse_them() {
        let long = "x".repeat(4000);
        let cut = |pointer: &str, block: Block| {
            value(block)
                .pointer(pointer)
                .and_then(Value::as_str)
                .unwrap()
                .chars()
                .count()
        };
        assert_eq!(cut("/text/text", header("h", &long)), 150);
        assert_eq!(cut("/text/text", section("s", plain(&long)).into()), 3000);
        assert_eq!(
            cut("/elements/0/text/text", actions("a", [button("b", &long)])),
            75
        );
    }
}
