//! Hands a delivery over and answers Slack: 200 only for what is kept, or needs no keeping.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use iris_kit::Locale;
use serde_json::json;
use tracing::{debug, warn};

use super::{
    EdgeDeps,
    decode::{Delivery, Happened, Kind},
    reject::Rejection,
    signed::{Signed, Verified},
    workspace::Workspace,
};
use crate::{inbox::Ack, words::texts};

/// `POST /slack/events` and its kin.
pub(super) async fn deliver(
    State(deps): State<Arc<EdgeDeps>>,
    signed: Result<Signed, Rejection>,
) -> Result<Response, Rejection> {
    let (kind, outcome) = match signed {
        Ok(Signed(delivery)) => (delivery.kind(), take(&deps, delivery).await),
        Err(rejection) => (Kind::Unknown, Err(rejection)),
    };
    let result = match &outcome {
        Ok((result, _)) => result,
        Err(rejection) => rejection.result(),
    };
    metrics::counter!("iris_deliveries_total", "kind" => kind.as_str(), "result" => result)
        .increment(1);
    match outcome {
        Ok((result, response)) => {
            debug!(
                delivery.kind = kind.as_str(),
                delivery.result = result,
                "Delivery {result}"
            );
            Ok(response)
        }
        Err(rejection) => {
            warn!(
                delivery.kind = kind.as_str(),
                delivery.result = result,
                "A delivery was not taken: {rejection}"
            );
            Err(rejection)
        }
    }
}

/// `GET` on the same routes: Slack looks at the certificate now and then.
pub(super) async fn ssl_check(
    verified: Result<Verified, Rejection>,
) -> Result<Response, Rejection> {
    verified.map(|_| StatusCode::OK.into_response())
}

async fn take(deps: &EdgeDeps, delivery: Delivery) -> Result<(&'static str, Response), Rejection> {
    match delivery {
        Delivery::Happened(happened) => happen(deps, *happened).await,
        Delivery::Installation(news) => {
            deps.installer.hear(news).await?;
            Ok(("taken", StatusCode::OK.into_response()))
        }
        Delivery::Challenge(challenge) => Ok((
            "answered",
            Json(json!({ "challenge": challenge })).into_response(),
        )),
        Delivery::SslCheck => Ok(("answered", StatusCode::OK.into_response())),
        Delivery::Nothing(_) => Ok(("nothing", StatusCode::OK.into_response())),
    }
}

async fn happen(
    deps: &EdgeDeps,
    happened: Happened,
) -> Result<(&'static str, Response), Rejection> {
    let Happened { event, org, .. } = &happened;
    let mut found = deps.workspaces.find(&event.team);
    if let (Workspace::Unknown, Some(org)) = (&found, org) {
        deps.installer.meet(&event.team, org, event.at).await?;
        found = deps.workspaces.find(&event.team);
    }
    match found {
        Workspace::Unknown => return Ok(("not-installed", not_installed(happened.kind))),
        Workspace::Installed(bot) if bot.wrote(&happened.author) => {
            return Ok(("own", StatusCode::OK.into_response()));
        }
        Workspace::Installed(_) | Workspace::Unsettled => {}
    }
    Ok(match deps.intake.take(happened.event).await? {
        Ack::Empty => ("taken", StatusCode::OK.into_response()),
        Ack::Json(answer) => ("taken", Json(answer).into_response()),
    })
}

/// Said to who types or clicks in a workspace without Iris. Nobody knows the language there.
fn not_installed(kind: Kind) -> Response {
    let said = [Locale::En, Locale::Ja]
        .map(|locale| texts(locale).say("not-installed", &[]))
        .join(" / ");
    match kind {
        Kind::Command | Kind::Pressed | Kind::Shortcut => Json(json!({
            "response_type": "ephemeral",
            "replace_original": false,
            "text": said,
        }))
        .into_response(),
        Kind::Submitted
        | Kind::Asked
        | Kind::Closed
        | Kind::Event
        | Kind::Other
        | Kind::Challenge
        | Kind::SslCheck
        | Kind::Unknown => StatusCode::OK.into_response(),
    }
}
