//! A delivery as it travels through a socket.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::parcel::{Answered, DeliveryKind, Parcel};

/// A delivery with an id of its own; sent again it has another.
pub(super) struct Envelope {
    pub(super) id: String,
    pub(super) text: String,
    /// Whether the acknowledgement may say anything.
    answerable: bool,
}

impl Envelope {
    /// `number` is unlike that of every other.
    pub(super) fn of(parcel: &Parcel, number: usize) -> Self {
        let id = format!("00000000-0000-4000-8000-{number:012x}");
        let payload = payload(parcel);
        let answerable = match parcel.kind {
            DeliveryKind::Command => true,
            DeliveryKind::Interaction => {
                matches!(&*parcel.name, "view_submission" | "block_suggestion")
            }
            DeliveryKind::Event | DeliveryKind::UrlVerification => false,
        };
        let mut envelope = json!({
            "envelope_id": id,
            "type": match parcel.kind {
                DeliveryKind::Command => "slash_commands",
                DeliveryKind::Interaction => "interactive",
                DeliveryKind::Event | DeliveryKind::UrlVerification => "events_api",
            },
            "payload": payload,
            "accepts_response_payload": answerable,
        });
        if parcel.kind == DeliveryKind::Event {
            let (number, reason) = parcel.retry.clone().unwrap_or_default();
            envelope["retry_attempt"] = json!(number);
            envelope["retry_reason"] = json!(in_words(&reason));
        }
        Self {
            id,
            text: envelope.to_string(),
            answerable,
        }
    }

    /// The acknowledgement as HTTP would have carried it. What an app says where nothing may be
    /// said, nobody hears.
    pub(super) fn answered(&self, payload: Option<Value>) -> Answered {
        let body = match payload.filter(|_| self.answerable) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text,
            Some(other) => other.to_string(),
        };
        Answered {
            status: 200,
            content_type: "application/json".to_owned(),
            no_retry: false,
            body,
        }
    }
}

/// What HTTP carries as the body of an event, as a form, or in a form.
fn payload(parcel: &Parcel) -> Value {
    let form = || -> BTreeMap<String, String> {
        serde_urlencoded::from_str(&parcel.body).unwrap_or_default()
    };
    let json = |text: &str| serde_json::from_str(text).unwrap_or_default();
    match parcel.kind {
        DeliveryKind::Command => json!(form()),
        DeliveryKind::Interaction => json(form().get("payload").map_or("", String::as_str)),
        DeliveryKind::Event | DeliveryKind::UrlVerification => json(&parcel.body),
    }
}

/// Slack's reasons are those of HTTP, but for the most usual.
fn in_words(reason: &str) -> &str {
    match reason {
        "http_timeout" => "timeout",
        other => other,
    }
}
