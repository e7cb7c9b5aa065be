//! Forms and the App Home.

use serde_json::json;

use crate::{
    effect::MessageRef,
    ids::{MessageId, UserId},
    perform::{errand::Errand, outcome::Done, stop::Stop},
};

/// Opens a form, once: its trigger is gone after that. With a `name` it is kept, to be filled.
pub(super) async fn show(
    errand: &mut Errand<'_>,
    method: &str,
    trigger: &str,
    view: &str,
    name: Option<&str>,
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
    let id = answer.text("/view/id").unwrap_or_default();
    let opened = |name: &str| {
        let view = MessageId {
            channel: "".into(),
            ts: id.to_owned(),
        };
        errand.stands(&errand.effect.owner, name, view)
    };
    Ok(Done {
        resources: name.map(opened).into_iter().collect(),
        ..Done::saying(json!({ "view": id }))
    })
}

/// Fills a form that was opened under this name.
pub(super) async fn fill(errand: &mut Errand<'_>, name: &str, view: &str) -> Result<Done, Stop> {
    let owner = errand.effect.owner.clone();
    let name = name.to_owned();
    let form = errand.message(&MessageRef::Named { owner, name }).await?;
    update(errand, &form.ts, view).await
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
