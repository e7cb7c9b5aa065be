//! What an effect does outside. Each act has one recipe in `perform/`.

use serde::{Deserialize, Serialize};

use super::{Content, File, MessageRef, Request};
use crate::ids::{ChannelId, UserId};

/// What is to be done. Places and messages that do not stand yet are named, and looked up when the
/// effect is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// Make the room. `latin` is tried when Slack does not take `name`; a taken name gets the next
    /// free suffix.
    CreateRoom {
        name: String,
        latin: String,
        hidden: bool,
    },
    /// Bring people in; groups are expanded and addresses looked up before.
    Invite {
        people: Vec<String>,
    },
    SetTopic {
        text: String,
    },
    Bookmark {
        title: String,
        link: String,
        emoji: Option<String>,
    },
    RenameRoom {
        name: String,
    },
    ArchiveRoom,

    /// Post a message; `name` is remembered with its id.
    Post {
        name: Option<String>,
        to: Target,
        content: Content,
    },
    Update {
        message: MessageRef,
        content: Content,
    },
    Delete {
        message: MessageRef,
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
    /// Only one person sees it.
    Whisper {
        user: UserId,
        to: Target,
        content: Content,
    },
    /// Through a `response_url`.
    Respond {
        url: String,
        content: Content,
        replace: bool,
    },
    Upload {
        name: String,
        to: Target,
        file: File,
    },

    /// `view` is whole: with callback and private metadata. `reply` is the `response_url` of who
    /// asked for it, to be told should it be too late.
    OpenView {
        trigger: String,
        view: String,
        #[serde(default)]
        reply: Option<String>,
        /// What the form is known by, when it is to be filled later.
        #[serde(default)]
        name: Option<String>,
    },
    /// Fill a form that was opened under this name.
    FillView {
        name: String,
        view: String,
        reply: Option<String>,
    },
    PushView {
        trigger: String,
        view: String,
    },
    UpdateView {
        view_id: String,
        view: String,
    },
    PublishHome {
        user: UserId,
        view: String,
    },

    /// A method of a step's own choice.
    Call {
        key: String,
        method: String,
        arguments: String,
        repeatable: bool,
    },
    Fetch {
        key: String,
        request: Request,
        repeatable: bool,
    },
}

/// Where an act happens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    Room,
    Channel(ChannelId),
    /// The direct conversation with a person; Slack takes the person's id as the channel.
    Person(UserId),
    Thread(MessageRef),
}

impl Act {
    /// The form that it shows for the first time, whole.
    pub fn form(&self) -> Option<&str> {
        if let Self::OpenView { view, .. }
        | Self::FillView { view, .. }
        | Self::PushView { view, .. } = self
        {
            Some(view)
        } else {
            None
        }
    }

    /// The Slack method that does it, or `http`: for the store, metrics and people.
    pub fn method(&self) -> &str {
        match self {
            Self::CreateRoom { .. } => "conversations.create",
            Self::Invite { .. } => "conversations.invite",
            Self::SetTopic { .. } => "conversations.setTopic",
            Self::Bookmark { .. } => "bookmarks.add",
            Self::RenameRoom { .. } => "conversations.rename",
            Self::ArchiveRoom => "conversations.archive",
            Self::Post { .. } => "chat.postMessage",
            Self::Update { .. } => "chat.update",
            Self::Delete { .. } => "chat.delete",
            Self::Pin { .. } => "pins.add",
            Self::Unpin { .. } => "pins.remove",
            Self::React { .. } => "reactions.add",
            Self::Unreact { .. } => "reactions.remove",
            Self::Whisper { .. } => "chat.postEphemeral",
            Self::Respond { .. } => "response_url",
            Self::Upload { .. } => "files.completeUploadExternal",
            Self::OpenView { .. } => "views.open",
            Self::PushView { .. } => "views.push",
            Self::UpdateView { .. } | Self::FillView { .. } => "views.update",
            Self::PublishHome { .. } => "views.publish",
            Self::Call { method, .. } => method,
            Self::Fetch { .. } => "http",
        }
    }
}
