//! Hands a delivery over, whichever door it came through, and says how Slack is answered. What is
//! not taken is not acknowledged.

use iris_kit::Locale;
use serde_json::json;
use tracing::{debug, warn};

use super::{
    EdgeDeps,
    decode::{Delivery, Happened, Kind},
    reject::Rejection,
    vouched::Vouched,
    workspace::Workspace,
};
use crate::{inbox::Ack, words::texts};

/// Counts it, says in the log what came of it, and resolves when Slack may be answered.
pub(super) async fn take(
    deps: &EdgeDeps,
    vouched: Result<Vouched, Rejection>,
) -> Result<Ack, Rejection> {
    let (kind, outcome) = match vouched {
        Ok(vouched) => (vouched.kind(), hand_over(deps, vouched).await),
        Err(rejection) => (Kind::Unknown, Err(rejection)),
    };
    let result = match &outcome {
        Ok((result, _)) => result,
        Err(rejection) => rejection.result(),
    };
    metrics::counter!("iris_deliveries_total", "kind" => kind.as_str(), "result" => result)
        .increment(1);
    match outcome {
        Ok((result, ack)) => {
            debug!(
                delivery.kind = kind.as_str(),
                delivery.result = result,
                "Delivery {result}"
            );
            Ok(ack)
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

async fn hand_over(deps: &EdgeDeps, vouched: Vouched) -> Result<(&'static str, Ack), Rejection> {
    match vouched.into_delivery() {
        Delivery::Happened(happened) => happen(deps, *happened).await,
        Delivery::Installation(news) => {
            deps.installer.hear(news).await?;
            Ok(("taken", Ack::Empty))
        }
        Delivery::Challenge(challenge) => {
            Ok(("answered", Ack::Json(json!({ "challenge": challenge }))))
        }
        Delivery::SslCheck => Ok(("answered", Ack::Empty)),
        Delivery::Nothing(_) => Ok(("nothing", Ack::Empty)),
    }
}

async fn happen(deps: &EdgeDeps, happened: Happened) -> Result<(&'static str, Ack), Rejection> {
    let Happened { event, org, .. } = &happened;
    let mut found = deps.workspaces.find(&event.team);
    if let (Workspace::Unknown, Some(org)) = (&found, org) {
        deps.installer.meet(&event.team, org, event.at).await?;
        found = deps.workspaces.find(&event.team);
    }
    match found {
        Workspace::Unknown => return Ok(("not-installed", not_installed(happened.kind))),
        Workspace::Installed(bot) if bot.wrote(&happened.author) => {
            return Ok(("own", Ack::Empty));
        }
        Workspace::Installed(_) | Workspace::Unsettled => {}
    }
    Ok(("taken", deps.intake.take(happened.event).await?))
}

/// Said to who types or clicks in a workspace without Iris. Nobody knows the language there.
fn not_installed(kind: Kind) -> Ack {
    let said = [Locale::En, Locale::Ja]
        .map(|locale| texts(locale).say("not-installed", &[]))
        .join(" / ");
    match kind {
        Kind::Command | Kind::Pressed | Kind::Shortcut => Ack::Json(json!({
            "response_type": "ephemeral",
            "replace_original": false,
            "text": said,
        })),
        Kind::Submitted
        | Kind::Asked
        | Kind::Closed
        | Kind::Event
        | Kind::Other
        | Kind::Challenge
        | Kind::SslCheck
        | Kind::Unknown => Ack::Empty,
    }
}
