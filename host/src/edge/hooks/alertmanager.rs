//! Alertmanager's webhook, version 4, and Grafana's, which has the same shape and says more.
//!
//! Sources: Prometheus, "Alerting configuration", `webhook_config`, and `notify/webhook` and
//! `template` of prometheus/alertmanager; Grafana, "Configure webhook notifications", and
//! `receivers/webhook` of grafana/alerting.

use serde_json::Value;

use super::{Malformed, Said, digest, flatten, required, texts};
use crate::alert::{Alert, AlertState, Fields};

/// What of the message is not about single alerts.
const OF_ALL: [&str; 5] = ["receiver", "externalURL", "title", "message", "orgId"];
/// What of an alert is not a label or an annotation.
const OF_ONE: [&str; 5] = [
    "generatorURL",
    "dashboardURL",
    "panelURL",
    "silenceURL",
    "valueString",
];

/// One group is one trouble: its key is the same from the first alert in it to the last.
pub(super) fn decode(said: &Value) -> Result<Said, Malformed> {
    let key = required(said, "/groupKey")?;
    let state = match required(said, "/status")? {
        "firing" => AlertState::Firing,
        "resolved" => AlertState::Resolved,
        other => {
            return Err(Malformed::Unknown {
                field: "status",
                value: other.chars().take(40).collect(),
                known: "`firing` and `resolved`",
            });
        }
    };
    let alerts = said.pointer("/alerts").and_then(Value::as_array);
    let alerts = alerts.map(Vec::as_slice).unwrap_or_default();
    let mut fields = Fields::default();
    // Those that are over say nothing about what is happening.
    let now = |alert: &&Value| alert["status"].as_str().is_none_or(|s| s == state.as_str());
    for alert in alerts.iter().filter(now) {
        of_one(alert, &mut fields);
    }
    for (from, to) in [
        ("/commonLabels", "labels"),
        ("/groupLabels", "labels"),
        ("/commonAnnotations", "annotations"),
    ] {
        add(said, from, to, &mut fields);
    }
    for name in OF_ALL {
        flatten(&said[name], &mut name.to_owned(), &mut fields);
    }
    Ok(Said::Alert(Alert {
        id: Some(delivery(key, state, alerts)),
        key: key.to_owned(),
        state,
        fields,
    }))
}

fn of_one(alert: &Value, fields: &mut Fields) {
    add(alert, "/labels", "labels", fields);
    add(alert, "/annotations", "annotations", fields);
    for name in OF_ONE {
        flatten(&alert[name], &mut name.to_owned(), fields);
    }
}

fn add(said: &Value, from: &str, to: &str, fields: &mut Fields) {
    for (name, value) in texts(said, from) {
        fields.add(&format!("{to}.{name}"), &value);
    }
}

/// Alertmanager gives a message no id. It says the same again until something changes: which alerts
/// there are, since when, and until when. When an alert that fires will end is a guess that moves.
fn delivery(key: &str, state: AlertState, alerts: &[Value]) -> String {
    let mut each: Vec<String> = alerts
        .iter()
        .map(|alert| {
            let text = |name: &str| alert[name].as_str().unwrap_or_default();
            let labels = alert["labels"].to_string();
            let over = text("status") == AlertState::Resolved.as_str();
            let until = if over { text("endsAt") } else { "" };
            let which = [labels.as_str(), text("status"), text("startsAt"), until];
            digest(&which.map(str::as_bytes))
        })
        .collect();
    each.sort_unstable();
    let each = each.concat();
    digest(&[key.as_bytes(), state.as_str().as_bytes(), each.as_bytes()])
}
