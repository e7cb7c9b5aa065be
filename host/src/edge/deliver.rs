//! The door of HTTP: 200 only for what is kept, or needs no keeping.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{EdgeDeps, reject::Rejection, signed::Verified, take::take, vouched::Vouched};
use crate::inbox::Ack;

/// `POST /slack/events` and its kin.
pub(super) async fn deliver(
    State(deps): State<Arc<EdgeDeps>>,
    signed: Result<Vouched, Rejection>,
) -> Result<Response, Rejection> {
    Ok(match take(&deps, signed).await? {
        Ack::Empty => StatusCode::OK.into_response(),
        Ack::Json(answer) => Json(answer).into_response(),
    })
}

/// `GET` on the same routes: Slack looks at the certificate now and then.
pub(super) async fn ssl_check(
    verified: Result<Verified, Rejection>,
) -> Result<Response, Rejection> {
    verified.map(|_| StatusCode::OK.into_response())
}
