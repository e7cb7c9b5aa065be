//! Forms and the App Home.

use serde_json::json;

use crate::{
    ids::UserId,
    perform::{errand::Errand, outcome::Done, stop::Stop},
};

/// Opens a form, once: its trigger is gone after that.
pub(super) async fn show(
    errand: &mut Errand<'_>,
    method: &str,
    trigger: &str,
    view: &str,
) -> Result<Done, Stop> {
    if errand.unknown() {
        return Err(Stop::refused(
            "unknown-outcome",
            "Iris was stopped while the form was opened",
        ));
    }
    let opened = errand
        .send(method, json!({ "trigger_id": trigger, "view": view }))
        .await;
    let answer = opened.map_err(Stop::never_again)?;
    Ok(Done::saying(json!({ "view": answer.text("/view/id") })))
}

pub(super) async fn update(
    errand: &mut Errand<'_>,
    view_id: &str,
    view: &str,
) -> Result<Done, Stop> {
    errand
        .send("views.update", json!({ "view_id": view_id, "view": view }))
        .await?;
    Ok(Done::default())
}

pub(super) async fn publish(
    errand: &mut Errand<'_>,
    user: &UserId,
    view: &str,
) -> Result<Done, Stop> {
    errand
        .send("views.publish", json!({ "user_id": user, "view": view }))
        .await?;
    Ok(Done::default())
}
