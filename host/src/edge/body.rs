//! The body of a request, whole.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::StatusCode,
};

/// It was not heard to its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unheard {
    #[error("the body is larger than 1 MiB")]
    TooLarge,
    #[error("the body broke off")]
    Interrupted,
}

/// All of it, as far as the router's limit allows.
pub(super) async fn whole(request: Request) -> Result<Bytes, Unheard> {
    let body = Bytes::from_request(request, &()).await;
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Unheard::TooLarge,
        _ => Unheard::Interrupted,
    })
}

impl Unheard {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Interrupted => StatusCode::BAD_REQUEST,
        }
    }

    /// As `iris_deliveries_total{result}` has it.
    pub(super) fn result(&self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::Interrupted => "malformed",
        }
    }
}
