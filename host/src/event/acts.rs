//! What people do in Slack, and what happens in its channels.

use serde::{Deserialize, Serialize};

use crate::{
    clock::Moment,
    ids::{ChannelId, MessageId, UserId},
};

/// How to answer the person who acted, as long as Slack allows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Opens one form within three seconds of the act.
    pub trigger: Option<String>,
    /// Takes at most 5 messages within 30 minutes.
    pub response_url: Option<String>,
}

/// `/incident …`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// What was typed after the slash command, as Slack sends it: `&<>` escaped, mentions
    /// `<@U…|name>`.
    pub text: String,
    pub channel: ChannelId,
    /// Name of the channel; `directmessage` and the like for what has none.
    pub channel_name: String,
    pub reply: Reply,
}

/// A button or a menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pressed {
    /// `owner:verb…`, as it stands in the message.
    pub action: String,
    pub block: String,
    /// What was chosen; for a button its `value`.
    pub values: Vec<String>,
    /// What is filled in at present around it.
    pub answers: Vec<Answer>,
    pub channel: Option<ChannelId>,
    /// `None` in a form.
    pub message: Option<PressedMessage>,
    pub view: Option<View>,
    pub reply: Reply,
}

/// The message that held a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PressedMessage {
    pub id: MessageId,
    /// Only one person sees it; it can be replaced by `response_url` alone.
    pub ephemeral: bool,
    /// The message in whose thread it stands.
    pub thread: Option<String>,
}

/// A form on somebody's screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    pub id: String,
    /// Changes with each update of the view.
    pub hash: String,
    /// `owner:form`.
    pub callback: String,
    /// `private_metadata` as Iris wrote it.
    pub memo: String,
}

/// A form that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    pub view: View,
    pub answers: Vec<Answer>,
    pub reply: Reply,
}

/// A form that was closed without being sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormClosed {
    pub view: View,
}

/// Somebody looks for a choice in a menu of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuAsked {
    /// `owner:form`.
    pub callback: String,
    /// `block_id` of the menu.
    pub field: String,
    /// What was typed so far; may be empty.
    pub typed: String,
}

/// An entry of Slack's menus, chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortcut {
    /// `owner:name`.
    pub callback: String,
    pub message: Option<SeenMessage>,
    pub reply: Reply,
}

/// What a person chose or typed in one input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// `block_id` of an input block, `action_id` of any other element.
    pub field: String,
    /// Empty when nothing was chosen.
    pub values: Vec<String>,
}

/// Somebody came into a channel, or left it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    pub channel: ChannelId,
    pub user: UserId,
    /// Who invited them; `None` when they came by themselves.
    pub inviter: Option<UserId>,
}

/// An emoji on a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reacted {
    /// Without colons and skin tone.
    pub emoji: String,
    pub added: bool,
    pub message: MessageId,
    /// Who wrote the message; absent for some of Slack's own.
    pub author: Option<UserId>,
}

/// A message that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenMessage {
    pub id: MessageId,
    /// Timestamp of the message in whose thread it stands.
    pub thread: Option<String>,
    /// `None` when an app wrote it.
    pub author: Option<UserId>,
    pub at: Moment,
    /// Slack's mrkdwn.
    pub text: String,
    /// Names of the files with it.
    pub files: Vec<String>,
}
