//! The extractors through which every delivery comes: there is no way to hold one that is not
//! verified.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::StatusCode,
};

use super::{
    EdgeDeps,
    decode::{self, Delivery},
    reject::Rejection,
    verify::Claim,
};

/// A body that Slack signed.
pub(super) struct Verified(pub(super) Bytes);

/// What Slack says, verified and decoded.
pub(super) struct Signed(pub(super) Delivery);

impl FromRequest<Arc<EdgeDeps>> for Verified {
    type Rejection = Rejection;

    async fn from_request(request: Request, deps: &Arc<EdgeDeps>) -> Result<Self, Rejection> {
        // Before the body is read: a stranger is not worth a megabyte.
        let claim = Claim::read(request.headers())?;
        let body = Bytes::from_request(request, deps)
            .await
            .map_err(|rejection| match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => Rejection::TooLarge,
                _ => Rejection::Interrupted,
            })?;
        claim.check(&deps.signing_secret, &body, deps.clock.now())?;
        Ok(Self(body))
    }
}

impl FromRequest<Arc<EdgeDeps>> for Signed {
    type Rejection = Rejection;

    async fn from_request(request: Request, deps: &Arc<EdgeDeps>) -> Result<Self, Rejection> {
        let Verified(body) = Verified::from_request(request, deps).await?;
        Ok(Self(decode::decode(&body, deps.clock.now())?))
    }
}
