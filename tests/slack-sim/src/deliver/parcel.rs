//! One request to the app, and what is recorded of it.

use serde::Serialize;
use serde_json::Value;

#[derive(Clone)]
pub(crate) struct Parcel {
    pub(super) kind: DeliveryKind,
    pub(super) name: String,
    pub(super) body: String,
    /// Which repetition this is, and why.
    pub(super) retry: Option<(usize, String)>,
}

#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryKind {
    Command,
    Interaction,
    Event,
    UrlVerification,
}

/// A request that was made to the app.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    /// Counts from 1, in the order in which they were answered.
    pub id: usize,
    pub kind: DeliveryKind,
    /// The command, the interaction's type, the event's type (with its subtype after a dot).
    pub name: String,
    /// As it was sent.
    pub body: String,
    pub content_type: &'static str,
    /// 0 the first time.
    pub retry: usize,
    /// Microseconds since 1970, by the workspace's clock.
    pub at: u64,
    pub reached: Reached,
    /// Real microseconds between the workspace's start and the request.
    pub began: u64,
    /// Real microseconds until it was answered or given up.
    pub took: u64,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reached {
    Answered(Answered),
    TimedOut,
    /// Slack's reason, such as `connection_failed`.
    Failed(String),
}

#[derive(Clone, Debug, Serialize)]
pub struct Answered {
    pub status: u16,
    pub content_type: String,
    #[serde(skip)]
    pub(super) no_retry: bool,
    pub body: String,
}

impl Reached {
    /// Why an event must be sent again, in Slack's words.
    pub(super) fn retry_reason(&self) -> Option<String> {
        match self {
            Self::Answered(answer) if (200..300).contains(&answer.status) || answer.no_retry => {
                None
            }
            Self::Answered(_) => Some("http_error".into()),
            Self::TimedOut => Some("http_timeout".into()),
            Self::Failed(reason) => Some(reason.clone()),
        }
    }
}

impl Parcel {
    pub(crate) fn command(command: &str, fields: &[(&str, &str)]) -> Self {
        Self::new(DeliveryKind::Command, command.to_owned(), form(fields))
    }

    pub(crate) fn interaction(payload: &Value) -> Self {
        let name = payload["type"].as_str().unwrap_or_default().to_owned();
        Self::new(
            DeliveryKind::Interaction,
            name,
            form(&[("payload", &payload.to_string())]),
        )
    }

    pub(crate) fn event(envelope: &Value) -> Self {
        let event = &envelope["event"];
        let mut name = event["type"].as_str().unwrap_or_default().to_owned();
        if let Some(subtype) = event["subtype"].as_str() {
            name = format!("{name}.{subtype}");
        }
        Self::new(DeliveryKind::Event, name, envelope.to_string())
    }

    /// In place of an event: more than the app may be sent in an hour.
    pub(crate) fn rate_limited(envelope: &Value, minute: u64) -> Self {
        let body = serde_json::json!({
            "token": envelope["token"],
            "type": "app_rate_limited",
            "team_id": envelope["team_id"],
            "minute_rate_limited": minute,
            "api_app_id": envelope["api_app_id"],
        });
        Self::new(
            DeliveryKind::Event,
            "app_rate_limited".into(),
            body.to_string(),
        )
    }

    pub(crate) fn url_verification(challenge: &str) -> Self {
        let body = serde_json::json!({
            "token": "simulated-verification-token",
            "challenge": challenge,
            "type": "url_verification",
        });
        Self::new(
            DeliveryKind::UrlVerification,
            "url_verification".into(),
            body.to_string(),
        )
    }

    /// The same request once more, byte for byte.
    pub(crate) fn again(delivery: &Delivery) -> Self {
        Self::new(delivery.kind, delivery.name.clone(), delivery.body.clone())
    }

    pub(super) fn content_type(&self) -> &'static str {
        match self.kind {
            DeliveryKind::Command | DeliveryKind::Interaction => {
                "application/x-www-form-urlencoded"
            }
            DeliveryKind::Event | DeliveryKind::UrlVerification => "application/json",
        }
    }

    /// Its record; the log gives it its number and its times.
    pub(super) fn delivered(&self, at: u64, reached: Reached) -> Delivery {
        Delivery {
            id: 0,
            began: 0,
            took: 0,
            kind: self.kind,
            name: self.name.clone(),
            body: self.body.clone(),
            content_type: self.content_type(),
            retry: self.retry.as_ref().map_or(0, |(number, _)| *number),
            at,
            reached,
        }
    }

    fn new(kind: DeliveryKind, name: String, body: String) -> Self {
        Self {
            kind,
            name,
            body,
            retry: None,
        }
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(fields).expect("pairs of strings can be written as a form")
}
