//! What a delivery says: raw body in, [`Event`] out. Lenient, as Slack adds fields and kinds at
//! any time: what is not known is kept as [`What::Other`], and is never an error.
//!
//! * [`command`]      `/incident …`
//! * [`interaction`]  buttons, forms, shortcuts
//! * [`envelope`]     what any of them travels in through a socket
//! * [`event`]        the Events API; [`message`] its largest part
//! * [`installation`] the app itself comes and goes
//! * [`answers`]      what is filled in
//! * [`team`]         whose delivery it is

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    clock::Moment,
    event::{Event, What},
    ids::{TeamId, UserId},
    installer::News,
};

mod answers;
mod command;
mod envelope;
mod event;
mod installation;
mod interaction;
mod json;
mod message;
mod team;

pub use envelope::{Disconnect, Envelope, Frame, frame};

/// What came in.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivery {
    Happened(Box<Happened>),
    /// About the installation itself.
    Installation(News),
    /// Slack wants to see it back.
    Challenge(String),
    /// Slack looks at the certificate.
    SslCheck,
    /// Understood, and nothing is to be done about it.
    Nothing(Kind),
}

/// Something that happened in Slack.
#[derive(Clone, Debug, PartialEq)]
pub struct Happened {
    pub kind: Kind,
    pub event: Event,
    pub author: Author,
    /// The organisation whose installation brought it.
    pub org: Option<TeamId>,
}

/// Whose message, reaction or arrival it is, to tell Iris's own from others'.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    pub user: Option<String>,
    /// `B…`
    pub bot: Option<String>,
}

/// For metrics and for what the acknowledgement may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Command,
    Pressed,
    Submitted,
    Closed,
    Shortcut,
    /// A menu asks for its choices.
    Asked,
    Event,
    /// An interaction that this version does not know.
    Other,
    Challenge,
    SslCheck,
    /// It was refused before anybody could tell.
    Unknown,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Pressed => "pressed",
            Self::Submitted => "submitted",
            Self::Closed => "closed",
            Self::Shortcut => "shortcut",
            Self::Asked => "menu-asked",
            Self::Event => "event",
            Self::Other => "other",
            Self::Challenge => "challenge",
            Self::SslCheck => "ssl-check",
            Self::Unknown => "unknown",
        }
    }
}

impl Delivery {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Happened(happened) => happened.kind,
            Self::Installation(_) => Kind::Event,
            Self::Challenge(_) => Kind::Challenge,
            Self::SslCheck => Kind::SslCheck,
            Self::Nothing(kind) => *kind,
        }
    }
}

/// Signed, but nothing that Slack would write.
#[derive(Debug, thiserror::Error)]
pub enum Malformed {
    #[error("the body is neither JSON nor a form")]
    Form(#[from] serde_urlencoded::de::Error),
    // serde_json stops at 128 levels, so depth costs no memory.
    #[error("the JSON is malformed, or deeper than 128 levels, at line {}", .0.line())]
    Json(#[from] serde_json::Error),
    #[error("`{0}` is missing")]
    Missing(&'static str),
}

/// Reads the raw body of a verified delivery; commands, interactions and events are told apart by
/// their content, on whatever route they came. `now` is when it came in.
pub fn decode(body: &[u8], now: Moment) -> Result<Delivery, Malformed> {
    let came = Came {
        digest: hex::encode(&Sha256::digest(body)[..16]),
        now,
    };
    if body.trim_ascii_start().starts_with(b"{") {
        return event::decode(serde_json::from_slice(body)?, &came);
    }
    let form: Vec<(String, String)> = serde_urlencoded::from_bytes(body)?;
    let field = |name: &str| {
        form.iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| &**value)
    };
    if field("ssl_check") == Some("1") {
        Ok(Delivery::SslCheck)
    } else if let Some(payload) = field("payload") {
        interaction::decode(serde_json::from_str(payload)?, &came)
    } else if field("command").is_some() {
        command::decode(field, &came)
    } else {
        Err(Malformed::Missing("payload"))
    }
}

/// How it came in, for what it does not say itself.
struct Came {
    /// Names a delivery that has no id of its own: the same bytes are the same delivery.
    digest: String,
    now: Moment,
}

/// What a delivery comes to. Without a team there is nobody it could concern.
struct Draft {
    kind: Kind,
    /// `None`: named by its bytes.
    id: Option<String>,
    team: Option<TeamId>,
    at: Option<Moment>,
    by: Option<UserId>,
    author: Author,
    org: Option<TeamId>,
    what: What,
}

impl Draft {
    fn finish(self, came: &Came) -> Delivery {
        let Some(team) = self.team else {
            tracing::debug!(
                delivery.kind = self.kind.as_str(),
                "A delivery names no workspace"
            );
            return Delivery::Nothing(self.kind);
        };
        let event = Event {
            id: self.id.unwrap_or_else(|| format!("digest:{}", came.digest)),
            team,
            at: self.at.unwrap_or(came.now),
            by: self.by,
            incident: None,
            chain: 0,
            lineage: None,
            what: self.what,
        };
        Delivery::Happened(Box::new(Happened {
            kind: self.kind,
            event,
            author: self.author,
            org: self.org,
        }))
    }
}

/// Keeps what this version does not know, but for Slack's old verification token, which is a
/// secret.
fn other(name: &str, mut data: Value) -> What {
    if let Some(fields) = data.as_object_mut() {
        fields.remove("token");
    }
    What::Other {
        name: name.to_owned(),
        data,
    }
}
