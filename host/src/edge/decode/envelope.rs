//! Socket Mode: what comes through a socket, and what is said there. Each delivery is in an
//! envelope; its payload is what HTTP would have carried.

use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};
use sha2::{Digest, Sha256};

use super::{Came, Delivery, Kind, Malformed, command, event, interaction, json::text};
use crate::{clock::Moment, inbox::Ack};

/// One message of Slack's on a socket.
#[derive(Clone, Debug)]
pub enum Frame {
    /// The first: from now on it delivers.
    Hello,
    /// It is about to be closed.
    Disconnect(Disconnect),
    Envelope(Envelope),
    /// Nothing that this version knows; its type.
    Unknown(String),
}

/// Why Slack closes a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disconnect {
    /// In about ten seconds.
    Warning,
    Refresh,
    /// Socket Mode is switched off in the app's settings.
    Disabled,
    /// The app has more than ten.
    TooMany,
    /// A reason that this version does not know.
    Other,
}

impl Disconnect {
    fn named(reason: &str) -> Self {
        match reason {
            "warning" => Self::Warning,
            "refresh_requested" => Self::Refresh,
            "link_disabled" => Self::Disabled,
            "too_many_websockets" => Self::TooMany,
            _ => Self::Other,
        }
    }

    /// In Slack's words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Refresh => "refresh_requested",
            Self::Disabled => "link_disabled",
            Self::TooMany => "too_many_websockets",
            Self::Other => "other",
        }
    }
}

/// A delivery that is not opened yet.
#[derive(Clone, Debug)]
pub struct Envelope {
    id: String,
    carries: Carries,
    payload: Box<RawValue>,
    /// Whether the acknowledgement may say anything.
    answerable: bool,
}

#[derive(Clone, Copy, Debug)]
enum Carries {
    Event,
    Command,
    Interaction,
    Unknown,
}

/// As Slack writes it.
#[derive(Deserialize)]
struct Written {
    #[serde(rename = "type")]
    kind: String,
    envelope_id: Option<String>,
    payload: Option<Box<RawValue>>,
    #[serde(default)]
    accepts_response_payload: bool,
    reason: Option<String>,
}

/// Reads one text frame.
pub fn frame(text: &str) -> Result<Frame, Malformed> {
    let written: Written = serde_json::from_str(text)?;
    Ok(match (&*written.kind, written.envelope_id) {
        ("hello", _) => Frame::Hello,
        ("disconnect", _) => {
            let reason = written.reason.unwrap_or_default();
            Frame::Disconnect(Disconnect::named(&reason))
        }
        (_, None) => Frame::Unknown(written.kind),
        (kind, Some(id)) => Frame::Envelope(Envelope {
            id,
            carries: match kind {
                "events_api" => Carries::Event,
                "slash_commands" => Carries::Command,
                "interactive" => Carries::Interaction,
                _ => Carries::Unknown,
            },
            payload: written.payload.ok_or(Malformed::Missing("payload"))?,
            answerable: written.accepts_response_payload,
        }),
    })
}

impl Envelope {
    /// Reads the payload, as [`decode`](super::decode) reads a body. `now` is when it came in.
    pub fn open(&self, now: Moment) -> Result<Delivery, Malformed> {
        let payload = self.payload.get();
        let came = Came {
            digest: hex::encode(&Sha256::digest(payload)[..16]),
            now,
        };
        let payload: Value = serde_json::from_str(payload)?;
        match self.carries {
            Carries::Event => event::decode(payload, &came),
            Carries::Interaction => interaction::decode(payload, &came),
            Carries::Command => command::decode(|name| text(&payload, &format!("/{name}")), &came),
            Carries::Unknown => Ok(Delivery::Nothing(Kind::Other)),
        }
    }

    /// What is said on the socket when it is taken. Without the answer where Slack takes none.
    pub fn acknowledged(&self, ack: Ack) -> String {
        match ack {
            Ack::Json(payload) if self.answerable => {
                json!({ "envelope_id": self.id, "payload": payload }).to_string()
            }
            Ack::Json(_) | Ack::Empty => json!({ "envelope_id": self.id }).to_string(),
        }
    }
}
