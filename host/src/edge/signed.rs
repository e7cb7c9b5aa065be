//! The extractors through which every request of Slack's comes: there is no way to hold a body that
//! is not verified.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};

use super::{
    EdgeDeps,
    body::whole,
    reject::Rejection,
    verify::{Claim, Unsigned},
    vouched::Vouched,
};

/// A body that Slack signed.
pub(super) struct Verified(Bytes);

impl Verified {
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl FromRequest<Arc<EdgeDeps>> for Verified {
    type Rejection = Rejection;

    async fn from_request(request: Request, deps: &Arc<EdgeDeps>) -> Result<Self, Rejection> {
        let secret = deps.signing_secret.as_ref().ok_or(Unsigned::NoSecret)?;
        // Before the body is read: a stranger is not worth a megabyte.
        let claim = Claim::read(request.headers())?;
        let body = whole(request).await?;
        claim.check(secret, &body, deps.clock.now())?;
        Ok(Self(body))
    }
}

impl FromRequest<Arc<EdgeDeps>> for Vouched {
    type Rejection = Rejection;

    async fn from_request(request: Request, deps: &Arc<EdgeDeps>) -> Result<Self, Rejection> {
        let body = Verified::from_request(request, deps).await?;
        Ok(Self::by_signature(&body, deps.clock.now())?)
    }
}
