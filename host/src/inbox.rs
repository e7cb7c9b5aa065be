//! Where the edge hands over what it has verified and decoded: durable before acknowledged.

use std::time::Duration;

use async_trait::async_trait;

use crate::event::Event;

/// Takes events in. The edge knows nothing of what stands behind it.
#[async_trait]
pub trait Intake: Send + Sync + 'static {
    /// Stores the event and answers when Slack may be acknowledged: for a form, with what the form
    /// shall do. The same event again is taken once and answered the same. What only shows something
    /// is answered and not stored.
    async fn take(&self, event: Event) -> Result<Ack, IntakeError>;
}

/// What the acknowledgement says.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Ack {
    /// Nothing: an empty 200. Of an alert: it is taken in, and handled soon.
    #[default]
    Empty,
    /// A form's `response_action`, a message only the asker sees, or what became of an alert:
    /// `{"result": "declared", "incident": 42}`.
    Json(serde_json::Value),
}

/// The event was not taken in: no acknowledgement, Slack delivers it again.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    #[error("the store cannot be written to")]
    Unavailable,
    /// Alerts of one hook have declared as many incidents as they may for now.
    #[error("the hook has declared as many incidents as it may within an hour")]
    Flooded {
        /// When the next may.
        after: Duration,
    },
}
