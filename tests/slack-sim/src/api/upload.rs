//! The bytes of files: the address they are sent to, and the one they are read from.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::record::Arrived;
use super::{Reply, fault, multipart};
use crate::core::Core;
use crate::faults::Fault;
use crate::net::Wire;

/// Takes a file's bytes, raw or as a form with one part, once.
pub(super) async fn upload(
    Shared(core): Shared<Arc<Core>>,
    Path(id): Path<String>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let arrived = Arrived::now(core.clock.micros(), &headers);
    let fault = fault::meet(&core, "upload").await;
    let applies = fault.as_ref().is_none_or(Fault::applies);
    let taken = applies.then(|| take(&core, &id, &headers, &body));
    let reply = taken.as_ref().map(|taken| {
        Reply::ok(match taken {
            Ok(length) => json!({ "ok": true, "length": length }),
            Err(status) => json!({ "ok": false, "error": status.as_u16().to_string() }),
        })
    });
    let args = [("file".to_owned(), id)].into();
    core.calls
        .push(arrived, "upload", args, reply.as_ref(), fault.clone());
    if fault.is_some() {
        return fault::play(&core, fault, reply, &wire).await;
    }
    match taken {
        Some(Ok(length)) => format!("OK - {length}").into_response(),
        Some(Err(status)) => status.into_response(),
        None => StatusCode::OK.into_response(),
    }
}

/// A file as the page links to it; whoever can open the page may read it.
pub(super) async fn download(
    Shared(core): Shared<Arc<Core>>,
    Path((id, _name)): Path<(String, String)>,
) -> Response {
    let found = core.read(|state| state.file(&id).and_then(|file| file.content.clone()));
    match found {
        Some(content) => (
            [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
            content,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Keeps the bytes and says how many there are.
fn take(core: &Arc<Core>, id: &str, headers: &HeaderMap, body: &[u8]) -> Result<usize, StatusCode> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let content = if content_type.starts_with("multipart/") {
        let parts = multipart::parts(content_type, body).unwrap_or_default();
        let first = parts.first().map(|part| part.content);
        first.ok_or(StatusCode::BAD_REQUEST)?
    } else {
        body
    };
    core.change(|state| {
        let file = state.file_mut(id).filter(|file| file.content.is_none());
        let file = file.ok_or(StatusCode::NOT_FOUND)?;
        file.content = Some(content.to_vec());
        Ok(content.len())
    })
}
