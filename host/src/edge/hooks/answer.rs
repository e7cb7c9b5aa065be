//! What the sender of an alert is told: what became of it, or why it was not taken and what would
//! help. Who has not shown the secret learns a status alone.

use axum::{
    Json,
    http::{StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{Malformed, verify::Unproven};
use crate::{edge::body::Unheard, ids::TeamId, inbox::IntakeError};

/// So many values of a field are named, each so long.
const VALUES: usize = 3;
const VALUE: usize = 60;

/// It was taken.
#[derive(Debug)]
pub(super) enum Told {
    /// What it came to: `{"result": "declared", "incident": 42}`.
    Came(Value),
    /// It is stored, and handled soon.
    Accepted,
    /// A rule of the team's file says so.
    Ignored,
    /// It is none of Iris's business.
    Nothing,
}

impl Told {
    /// As `iris_deliveries_total{result}` has it.
    pub(super) fn result(&self) -> &'static str {
        const KNOWN: [&str; 5] = ["declared", "known", "again", "resolved", "nothing"];
        match self {
            Self::Came(answer) => {
                let result = answer["result"].as_str();
                let known = KNOWN.into_iter().find(|known| Some(*known) == result);
                known.unwrap_or("taken")
            }
            Self::Accepted => "accepted",
            Self::Ignored => "ignored",
            Self::Nothing => "nothing",
        }
    }
}

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        let (status, body) = match self {
            Self::Came(answer) => (StatusCode::OK, answer),
            Self::Accepted => (StatusCode::ACCEPTED, json!({ "result": "accepted" })),
            Self::Ignored | Self::Nothing => (StatusCode::OK, json!({ "result": self.result() })),
        };
        (status, Json(body)).into_response()
    }
}

/// It was not taken, and nothing of it is stored.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    #[error("no team's file has such a hook")]
    Unknown,
    #[error(
        "the hook's secret is not set, so that nobody can be believed: `iris check` says which"
    )]
    NoSecret,
    #[error(transparent)]
    Unproven(#[from] Unproven),
    #[error(transparent)]
    Body(#[from] Unheard),
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error("no rule of the hook fits: they look at {}", looked_at(.0))]
    Unfit(Vec<(String, Vec<String>)>),
    #[error(
        "the hook stands in default.toml, which is for every workspace, and Iris does not serve \
         exactly one: move it to the file of its workspace, <TEAM_ID>.toml"
    )]
    Default,
    #[error(
        "Iris does not serve the workspace {0}, in whose file the hook stands, or Slack has not \
         said so yet"
    )]
    NotServed(TeamId),
    #[error(transparent)]
    Intake(#[from] IntakeError),
}

/// What the rules look at, and what stands there.
fn looked_at(fields: &[(String, Vec<String>)]) -> String {
    let said = |(path, values): &(String, Vec<String>)| {
        if values.is_empty() {
            return format!("`{path}`, which is not there");
        }
        let values = values.iter().take(VALUES);
        let values: Vec<String> = values
            .map(|value| format!("`{}`", value.chars().take(VALUE).collect::<String>()))
            .collect();
        format!("`{path}`, which says {}", values.join(", "))
    };
    let said: Vec<String> = fields.iter().map(said).collect();
    said.join("; at ")
}

impl Refused {
    fn status(&self) -> StatusCode {
        match self {
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::Unproven(_) => StatusCode::UNAUTHORIZED,
            Self::Body(unheard) => unheard.status(),
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Unfit(_) => StatusCode::UNPROCESSABLE_ENTITY,
            // An operator can put it right: whoever sends shall try again.
            Self::NoSecret | Self::Default | Self::NotServed(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Intake(error) => error.status(),
        }
    }

    /// As `iris_deliveries_total{result}` has it.
    pub(super) fn result(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown-hook",
            Self::NoSecret => "no-secret",
            Self::Unproven(_) => "unsigned",
            Self::Body(unheard) => unheard.result(),
            Self::Malformed(_) => "malformed",
            Self::Unfit(_) => "unfit",
            Self::Default | Self::NotServed(_) => "not-served",
            Self::Intake(error) => error.result(),
        }
    }

    /// Whether the sender has shown the secret before it was refused.
    fn is_proven(&self) -> bool {
        match self {
            Self::Unknown | Self::NoSecret | Self::Unproven(_) | Self::Body(_) => false,
            Self::Malformed(_)
            | Self::Unfit(_)
            | Self::Default
            | Self::NotServed(_)
            | Self::Intake(_) => true,
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = self.status();
        if !self.is_proven() {
            return status.into_response();
        }
        let body = Json(json!({ "error": self.to_string() }));
        if let Self::Intake(IntakeError::Flooded { after }) = self {
            let seconds = after.as_secs().max(1).to_string();
            return (status, [(RETRY_AFTER, seconds)], body).into_response();
        }
        (status, body).into_response()
    }
}
