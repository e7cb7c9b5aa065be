//! What Iris sent in a workspace, kept for validators that are not ours.

use std::{fs, path::Path};

use serde_json::{Map, Value, json};
use slack_sim::{Answered, Call, Delivery, Reached, Sim};

/// Arguments of the Web API that are JSON inside a form.
const JSON: [&str; 4] = ["attachments", "blocks", "metadata", "view"];

/// Writes every message and view, one after the other, into a JSON file.
pub fn keep(sim: &Sim, file: &Path) -> anyhow::Result<()> {
    let calls = sim.calls();
    let deliveries = sim.deliveries();
    let mut sent: Vec<Value> = calls.iter().filter_map(called).collect();
    sent.extend(deliveries.iter().filter_map(answered));
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, serde_json::to_vec_pretty(&sent)?)?;
    Ok(())
}

/// A call that puts something before people's eyes.
fn called(call: &Call) -> Option<Value> {
    let shown = if let Some(body) = call.args.get("body") {
        serde_json::from_str(body).unwrap_or_else(|_| Value::from(body.as_str()))
    } else {
        let speaks = ["text", "blocks", "view"]
            .iter()
            .any(|name| call.args.contains_key(*name));
        speaks.then(|| Value::Object(arguments(call)))?
    };
    Some(json!({ "by": call.method, "sent": shown }))
}

fn arguments(call: &Call) -> Map<String, Value> {
    let value = |name: &str, raw: &str| {
        let json = JSON
            .contains(&name)
            .then(|| serde_json::from_str(raw).ok())
            .flatten();
        json.unwrap_or_else(|| Value::from(raw))
    };
    call.args
        .iter()
        .map(|(name, raw)| (name.clone(), value(name, raw)))
        .collect()
}

/// A command or interaction that was answered with words or a view.
fn answered(delivery: &Delivery) -> Option<Value> {
    let Reached::Answered(Answered {
        status: 200, body, ..
    }) = &delivery.reached
    else {
        return None;
    };
    if body.is_empty() {
        return None;
    }
    let shown = serde_json::from_str(body).unwrap_or_else(|_| json!({ "text": body }));
    Some(json!({ "by": format!("answer to {}", delivery.name), "sent": shown }))
}
