//! What the edge does not take. The sender learns the status and nothing else; the log learns why.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{decode::Malformed, verify::Unsigned};
use crate::inbox::IntakeError;

#[derive(Debug, thiserror::Error)]
pub(super) enum Rejection {
    #[error(transparent)]
    Unsigned(#[from] Unsigned),
    #[error("the body is larger than 1 MiB")]
    TooLarge,
    #[error("the body broke off")]
    Interrupted,
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error("too much is being taken in already")]
    Busy,
    #[error(transparent)]
    Intake(#[from] IntakeError),
}

impl Rejection {
    fn status(&self) -> StatusCode {
        match self {
            Self::Unsigned(_) => StatusCode::UNAUTHORIZED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Interrupted | Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Busy | Self::Intake(IntakeError::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Intake(IntakeError::Flooded { .. }) => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// As `iris_deliveries_total{result}` has it.
    pub(super) fn result(&self) -> &'static str {
        match self {
            Self::Unsigned(_) => "unsigned",
            Self::TooLarge => "too-large",
            Self::Interrupted | Self::Malformed(_) => "malformed",
            Self::Busy => "busy",
            Self::Intake(IntakeError::Unavailable) => "unavailable",
            Self::Intake(IntakeError::Flooded { .. }) => "flooded",
        }
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        self.status().into_response()
    }
}
