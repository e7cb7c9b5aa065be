//! Datadog's webhooks, whose JSON is written by whoever sets them up: as `examples/HOOKS.md` has it.
//!
//! Source: Datadog, "Webhooks" (docs.datadoghq.com/integrations/webhooks), for what its variables
//! stand for.

use serde_json::Value;

use super::{Malformed, Said, flatten, required};
use crate::alert::{Alert, AlertState, Fields};

/// What Datadog says of a monitor (`$ALERT_TRANSITION`). Less grave than before still fires.
const FIRING: [&str; 7] = [
    "Triggered",
    "Re-Triggered",
    "Warn",
    "Re-Warn",
    "No Data",
    "Re-No Data",
    "Renotify",
];

/// A monitor in one of its groups is one trouble (`$AGGREG_KEY`).
pub(super) fn decode(said: &Value) -> Result<Said, Malformed> {
    let transition = required(said, "/transition")?;
    let state = match transition {
        "Recovered" => AlertState::Resolved,
        firing if FIRING.contains(&firing) => AlertState::Firing,
        other => {
            return Err(Malformed::Unknown {
                field: "transition",
                value: other.chars().take(40).collect(),
                known: "`Triggered`, `Warn`, `No Data`, `Recovered` and their likes",
            });
        }
    };
    let mut fields = Fields::default();
    flatten(said, &mut String::new(), &mut fields);
    for tag in said["tags"].as_str().unwrap_or_default().split(',') {
        if let Some((name, value)) = tag.trim().split_once(':') {
            fields.add(&format!("tags.{name}"), value);
        }
    }
    let id = said["id"].as_str().filter(|id| !id.is_empty());
    Ok(Said::Alert(Alert {
        id: id.map(|id| format!("{id} {transition}")),
        key: required(said, "/key")?.to_owned(),
        state,
        fields,
    }))
}
