//! PagerDuty's webhooks, version 3.
//!
//! Source: PagerDuty, "Webhooks: Overview", "Behavior" and "Verifying Signatures" (PagerDuty's
//! developer documentation, `docs/webhooks`).

use serde_json::Value;

use super::{Malformed, Said, flatten, required};
use crate::alert::{Alert, AlertState, Fields};

/// An incident of theirs is one trouble. Of what happens to it only this counts: that it begins, and
/// that it is over; who was called there, and what they wrote, is none of Iris's business.
pub(super) fn decode(said: &Value) -> Result<Said, Malformed> {
    let state = match required(said, "/event/event_type")? {
        "incident.triggered" | "incident.reopened" => AlertState::Firing,
        "incident.resolved" => AlertState::Resolved,
        _ => return Ok(Said::Nothing),
    };
    let mut fields = Fields::default();
    flatten(&said["event"]["data"], &mut String::new(), &mut fields);
    Ok(Said::Alert(Alert {
        id: Some(required(said, "/event/id")?.to_owned()),
        key: required(said, "/event/data/id")?.to_owned(),
        state,
        fields,
    }))
}
