//! What a step, or the core, may wish for. One case for each function of the contract, and a few
//! that only the core has.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    clock::Moment,
    ids::{ChannelId, MessageId, Owner, UserId},
    incident::{Change, Declaration},
};

/// A wish: recorded, not done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "wish", rename_all = "kebab-case")]
pub enum Wish {
    /// `incident.*`
    Change(Change),

    /// `room.*`
    OpenRoom {
        name: String,
        hidden: bool,
    },
    /// People as in a team's file: `U…`, `S…`, `@handle` or an e-mail address.
    Invite {
        people: Vec<String>,
    },
    Topic {
        text: String,
    },
    Bookmark {
        title: String,
        link: String,
        emoji: Option<String>,
    },
    Rename {
        name: String,
    },
    Archive,

    /// `messages.*`
    Post {
        name: String,
        place: Place,
        content: Content,
    },
    Update {
        name: String,
        content: Content,
    },
    Say {
        place: Place,
        content: Content,
    },
    Remove {
        name: String,
    },
    Pin {
        message: MessageRef,
    },
    Unpin {
        message: MessageRef,
    },
    React {
        message: MessageRef,
        emoji: String,
    },
    Unreact {
        message: MessageRef,
        emoji: String,
    },
    Reply {
        content: Content,
    },
    ReplyInstead {
        content: Content,
    },
    Whisper {
        to: UserId,
        place: Place,
        content: Content,
    },
    Upload {
        name: String,
        place: Place,
        file: File,
    },

    /// `forms.*`: `view` is checked JSON without what Iris adds.
    OpenForm {
        form: String,
        view: String,
        memo: String,
    },
    NextForm {
        form: String,
        view: String,
        memo: String,
    },

    /// `timers.*`
    SetTimer {
        scope: Scope,
        name: String,
        at: Moment,
    },
    CancelTimer {
        scope: Scope,
        name: String,
    },

    /// `slack.call`: `arguments` is a checked JSON object.
    Call {
        key: String,
        method: String,
        arguments: String,
        repeatable: bool,
    },
    /// `http.fetch`
    Fetch {
        key: String,
        request: Request,
        repeatable: bool,
    },

    /// The core's alone: a new incident.
    Declare(Declaration),
    /// The core's alone: change a form that stands on somebody's screen.
    UpdateView {
        view_id: String,
        form: String,
        view: String,
        memo: String,
    },
    /// The core's alone: a form that says to wait, known by this name until it is filled.
    PrepareForm {
        name: String,
        view: String,
    },
    /// The core's alone: a form that could not be opened in time, as it was. `view` is whole.
    ReopenForm {
        view: String,
    },
    /// The core's alone: a person's App Home.
    PublishHome {
        user: UserId,
        view: String,
    },
    /// The core's alone: the home of who acts, once more when all that the event comes to is written
    /// down.
    RedrawHome,
}

impl Wish {
    /// Interface and function, as `wish-failed` names it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Change(_) => "incident.change",
            Self::OpenRoom { .. } => "room.open",
            Self::Invite { .. } => "room.invite",
            Self::Topic { .. } => "room.topic",
            Self::Bookmark { .. } => "room.bookmark",
            Self::Rename { .. } => "room.rename",
            Self::Archive => "room.archive",
            Self::Post { .. } => "messages.post",
            Self::Update { .. } => "messages.update",
            Self::Say { .. } => "messages.say",
            Self::Remove { .. } => "messages.remove",
            Self::Pin { .. } => "messages.pin",
            Self::Unpin { .. } => "messages.unpin",
            Self::React { .. } => "messages.react",
            Self::Unreact { .. } => "messages.unreact",
            Self::Reply { .. } => "messages.reply",
            Self::ReplyInstead { .. } => "messages.reply-instead",
            Self::Whisper { .. } => "messages.whisper",
            Self::Upload { .. } => "messages.upload",
            Self::OpenForm { .. } | Self::ReopenForm { .. } => "forms.open",
            Self::NextForm { .. } => "forms.next",
            Self::SetTimer { .. } => "timers.at",
            Self::CancelTimer { .. } => "timers.cancel",
            Self::Call { .. } => "slack.call",
            Self::Fetch { .. } => "http.fetch",
            Self::PrepareForm { .. } => "core.prepare-form",
            Self::Declare(_) => "core.declare",
            Self::UpdateView { .. } => "core.update-view",
            Self::PublishHome { .. } => "core.publish-home",
            Self::RedrawHome => "core.redraw-home",
        }
    }
}

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The incident's room; the message waits for it.
    Room,
    /// Where the incident is announced.
    Origin,
    Channel(ChannelId),
    /// The direct conversation between Iris and one person.
    Person(UserId),
    /// The thread under a message.
    Thread(MessageRef),
}

/// A message, by the name its owner gave it or by its id in Slack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MessageRef {
    Named { owner: Owner, name: String },
    Seen(MessageId),
}

/// What a message says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Slack's mrkdwn: what notifications and screen readers use.
    pub text: String,
    /// Checked JSON: an array of blocks, with action ids that carry their owner.
    pub blocks: Option<String>,
    /// Further arguments of the method: a checked JSON object.
    pub more: Option<String>,
}

impl Content {
    /// As an answer to somebody's act that only they see, in Slack's JSON.
    pub(crate) fn only_for_one(&self) -> Map<String, Value> {
        let more = self.more.as_deref().map(serde_json::from_str);
        let mut message = match more {
            Some(Ok(Value::Object(more))) => more,
            _ => Map::new(),
        };
        message.insert("text".to_owned(), json!(self.text));
        let blocks = self.blocks.as_deref().map(serde_json::from_str);
        if let Some(Ok(blocks)) = blocks {
            message.insert("blocks".to_owned(), blocks);
        }
        message
            .entry("response_type")
            .or_insert_with(|| json!("ephemeral"));
        message
    }
}

/// A file to upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub filename: String,
    pub title: String,
    pub bytes: Vec<u8>,
    pub comment: String,
}

/// An HTTP request to another service. Secrets are still placeholders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<Vec<u8>>,
    pub timeout_seconds: u32,
}

/// Whether something belongs to one incident or to the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    Incident,
    Team,
}
