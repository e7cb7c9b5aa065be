//! What happened, append-only. The timeline is a view of the entries, and so are all figures.

use serde::{Deserialize, Serialize};

use crate::{
    clock::Moment,
    ids::{MessageId, Owner, UserId},
};

/// Something that happened, written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// 1, 2, 3, … within the incident.
    pub seq: u32,
    /// When it happened, which may be before it was written down.
    pub at: Moment,
    pub kind: String,
    /// Who wrote it.
    pub owner: Owner,
    pub by: Option<UserId>,
    /// People's words as plain text; at most 4,000 characters.
    pub text: String,
    /// A JSON object of the writer's; `wit/README.md` lists the kinds.
    pub data: Option<serde_json::Value>,
    /// The message it came from.
    pub message: Option<MessageId>,
    /// A later entry of the same owner and key takes the place of this one in what is shown.
    pub key: Option<String>,
}

/// An entry to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEntry {
    pub kind: String,
    pub text: String,
    /// `None`: now.
    pub at: Option<Moment>,
    /// `None`: whoever caused the event.
    pub by: Option<UserId>,
    pub key: Option<String>,
    pub message: Option<MessageId>,
    pub data: Option<serde_json::Value>,
}
