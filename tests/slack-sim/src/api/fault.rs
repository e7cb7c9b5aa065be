//! How an ordered fault looks on the wire.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use futures_util::stream;
use serde_json::json;

use super::Reply;
use crate::core::Core;
use crate::faults::Fault;
use crate::net::Wire;

/// Waits as long as the call takes on its way, and says what goes wrong with it.
pub(super) async fn meet(core: &Core, method: &str) -> Option<Fault> {
    let latency = core.levers.latency();
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    if let Some(outage) = core.levers.outage() {
        return Some(outage.fault());
    }
    let fault = core.faults.take(method);
    if let Some(Fault::Delay(milliseconds)) = fault {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
    fault
}

/// Plays `fault`; `reply` is the true answer where the call was applied.
pub(super) async fn play(
    core: &Core,
    fault: Option<Fault>,
    reply: Option<Reply>,
    wire: &Wire,
) -> Response {
    let body = reply
        .as_ref()
        .map(|reply| reply.body.clone())
        .unwrap_or_default();
    match fault {
        Some(Fault::Error(error) | Fault::ErrorAfterApply(error)) => {
            Reply::ok(json!({ "ok": false, "error": error })).written(core)
        }
        Some(Fault::RateLimited(seconds)) => Reply::rate_limited(seconds).written(core),
        Some(Fault::Status(status) | Fault::StatusAfterApply(status)) => {
            StatusCode::from_u16(status)
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
                .into_response()
        }
        Some(Fault::Html | Fault::HtmlAfterApply) => {
            Html("<!DOCTYPE html><title>Sorry</title><h1>Server Error</h1>").into_response()
        }
        Some(Fault::HalfBodyAfterApply) => half(&body.to_string()),
        Some(Fault::NoOkAfterApply) => {
            let mut body = body;
            if let Some(fields) = body.as_object_mut() {
                fields.remove("ok");
            }
            Reply::ok(body).written(core)
        }
        Some(Fault::ResetBeforeApply | Fault::ResetAfterApply) => {
            wire.cut();
            StatusCode::OK.into_response()
        }
        Some(Fault::NoAnswer | Fault::NoAnswerAfterApply | Fault::ApplyLate) => never().await,
        Some(Fault::Delay(_) | Fault::AnswerLate) | None => reply.map_or_else(
            || StatusCode::OK.into_response(),
            |reply| reply.written(core),
        ),
    }
}

/// Waits until the client goes away.
async fn never() -> Response {
    std::future::pending().await
}

/// Promises the whole body and ends after half of it.
fn half(body: &str) -> Response {
    let sent = Bytes::copy_from_slice(&body.as_bytes()[..body.len() / 2]);
    let stream = stream::once(async { Ok::<_, Infallible>(sent) });
    Response::builder()
        .header("content-type", "application/json; charset=utf-8")
        .header("content-length", body.len())
        .body(Body::from_stream(stream))
        .expect("all headers are plain text")
}
