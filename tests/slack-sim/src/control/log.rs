//! What went over the wire between the workspace and the app, as rows for the page's list.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::record::Call;
use crate::deliver::{Delivery, DeliveryKind, Reached};
use crate::sim::Sim;

/// How much of a text stands in a row of the list.
const EXCERPT: usize = 140;

/// Up to which call and delivery the page has them.
#[derive(Deserialize)]
pub(super) struct Known {
    #[serde(default)]
    calls: usize,
    #[serde(default)]
    deliveries: usize,
}

/// `GET /sim/log`: a row for each call and delivery that the page does not have yet.
pub(super) async fn rows(Shared(sim): Shared<Sim>, Query(known): Query<Known>) -> Json<Value> {
    let calls = sim.calls_after(known.calls);
    let deliveries = sim.deliveries_after(known.deliveries);
    Json(json!({
        "calls": calls.iter().map(call_row).collect::<Vec<_>>(),
        "deliveries": deliveries.iter().map(delivery_row).collect::<Vec<_>>(),
    }))
}

/// `GET /sim/log/calls/7`: all of one call.
pub(super) async fn call(Shared(sim): Shared<Sim>, Path(id): Path<usize>) -> Response {
    let after = sim.calls_after(id.saturating_sub(1));
    found(after.into_iter().next())
}

/// `GET /sim/log/deliveries/7`: all of one delivery.
pub(super) async fn delivery(Shared(sim): Shared<Sim>, Path(id): Path<usize>) -> Response {
    let after = sim.deliveries_after(id.saturating_sub(1));
    found(after.into_iter().next())
}

fn found<T: serde::Serialize>(one: Option<T>) -> Response {
    match one {
        Some(one) => Json(one).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn call_row(call: &Call) -> Value {
    let error = call
        .answer
        .as_ref()
        .and_then(|answer| answer["error"].as_str());
    let said = ["text", "title", "name", "topic"];
    let said = said.iter().find_map(|name| call.args.get(*name));
    json!({
        "number": call.id,
        "method": call.method,
        "tag": call.tag,
        "at": call.at,
        "began": call.began,
        "took": call.took,
        "ok": call.ok(),
        "error": error,
        "fault": call.fault,
        "channel": call.args.get("channel").or_else(|| call.args.get("channel_id")),
        "text": said.map(|text| excerpt(text)),
    })
}

fn delivery_row(one: &Delivery) -> Value {
    let (status, failure) = match &one.reached {
        Reached::Answered(answer) => (Some(answer.status), None),
        Reached::TimedOut => (None, Some("operation_timeout")),
        Reached::Failed(why) => (None, Some(why.as_str())),
    };
    json!({
        "number": one.id,
        "kind": one.kind,
        "name": one.name,
        "at": one.at,
        "began": one.began,
        "took": one.took,
        "retry": one.retry,
        "text": about(one).map(|text| excerpt(&text)),
        "status": status,
        "failure": failure,
    })
}

/// What it is about: what was typed, the name of the button or form, the words of a message.
fn about(one: &Delivery) -> Option<String> {
    if one.kind == DeliveryKind::Event {
        let envelope: Value = serde_json::from_str(&one.body).ok()?;
        return first(&envelope["event"], &["/text", "/reaction", "/message/text"]);
    }
    let fields: HashMap<String, String> = serde_urlencoded::from_str(&one.body).ok()?;
    let Some(payload) = fields.get("payload") else {
        return fields.get("text").cloned();
    };
    let payload: Value = serde_json::from_str(payload).ok()?;
    let names = [
        "/actions/0/action_id",
        "/view/callback_id",
        "/callback_id",
        "/action_id",
    ];
    first(&payload, &names)
}

fn first(json: &Value, pointers: &[&str]) -> Option<String> {
    let mut found = pointers.iter().filter_map(|at| json.pointer(at)?.as_str());
    found.find(|text| !text.is_empty()).map(str::to_owned)
}

fn excerpt(text: &str) -> String {
    text.chars().take(EXCERPT).collect()
}
