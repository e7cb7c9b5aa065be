//! What the edge does not take. The sender learns the status and nothing else; the log learns why.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{body::Unheard, decode::Malformed, verify::Unsigned};
use crate::inbox::IntakeError;

#[derive(Debug, thiserror::Error)]
pub(super) enum Rejection {
    #[error(transparent)]
    Unsigned(#[from] Unsigned),
    #[error(transparent)]
    Body(#[from] Unheard),
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
            Self::Body(unheard) => unheard.status(),
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Intake(error) => error.status(),
        }
    }

    /// As `iris_deliveries_total{result}` has it.
    pub(super) fn result(&self) -> &'static str {
        match self {
            Self::Unsigned(_) => "unsigned",
            Self::Body(unheard) => unheard.result(),
            Self::Malformed(_) => "malformed",
            Self::Busy => "busy",
            Self::Intake(error) => error.result(),
        }
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        self.status().into_response()
    }
}

/// Of Slack and of monitoring systems alike.
impl IntakeError {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Flooded { .. } => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// As `iris_deliveries_total{result}` has it.
    pub(super) fn result(&self) -> &'static str {
        match self {
            Self::Unavailable => "unavailable",
            Self::Flooded { .. } => "flooded",
        }
    }
}
