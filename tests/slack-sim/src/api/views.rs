//! `views.*`: modals and the home tab.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal};
use crate::blocks;
use crate::state::view::View;

/// The most bytes a view may have.
const SIZE: usize = 250_000;

pub(super) fn open(call: &mut Call<'_>) -> Answer {
    let body = view(call, "modal")?;
    let user = exchange(call, &body)?;
    let view = call.state.open_modal(&user, body);
    answer(call, &view)
}

pub(super) fn push(call: &mut Call<'_>) -> Answer {
    let body = view(call, "modal")?;
    let user = exchange(call, &body)?;
    let view = call.state.push_modal(&user, body)?;
    answer(call, &view)
}

pub(super) fn update(call: &mut Call<'_>) -> Answer {
    let body = view(call, "modal")?;
    let known = match (call.args.get("view_id"), call.args.get("external_id")) {
        (Some(id), _) => call.state.view(id),
        (None, Some(external)) => call
            .state
            .modals
            .iter()
            .find(|view| view.body["external_id"] == external),
        (None, None) => return Err(Refusal::missing("view_id")),
    };
    let known = known.ok_or("not_found")?;
    if call.args.get("hash").is_some_and(|hash| hash != known.hash) {
        return Err("hash_conflict".into());
    }
    let id = known.id.clone();
    if call.state.has_external_id(&body, Some(&id)) {
        return Err("duplicate_external_id".into());
    }
    let view = call.state.replace_view(&id, body).ok_or("not_found")?;
    answer(call, &view)
}

pub(super) fn publish(call: &mut Call<'_>) -> Answer {
    let body = view(call, "home")?;
    let user = call.args.required("user_id")?.to_owned();
    if call.state.user(&user).is_none() {
        return Err(Refusal::arguments("invalid `user_id`"));
    }
    let before = call
        .state
        .homes
        .get(&user)
        .map(|home| (home.id.clone(), home.hash.clone()));
    if let (Some(hash), Some((_, current))) = (call.args.get("hash"), &before)
        && hash != current
    {
        return Err("hash_conflict".into());
    }
    if call
        .state
        .has_external_id(&body, before.as_ref().map(|(id, _)| id.as_str()))
    {
        return Err("duplicate_external_id".into());
    }
    let view = call.state.publish_home(&user, body);
    answer(call, &view)
}

/// The view that was sent, if it is a good one of this kind.
fn view(call: &Call<'_>, kind: &str) -> Result<Value, Refusal> {
    let raw = call.args.required("view")?;
    if raw.len() > SIZE {
        return Err("view_too_large".into());
    }
    let view: Value =
        serde_json::from_str(raw).map_err(|_| Refusal::arguments("invalid `view`"))?;
    refuse_bad_view(&view, kind)?;
    Ok(view)
}

/// Refuses a view with mistakes, or of another kind, as `views.*` do.
pub(crate) fn refuse_bad_view(view: &Value, kind: &str) -> Result<(), Refusal> {
    let mut messages: Vec<String> = blocks::check_view(view)
        .iter()
        .map(|problem| {
            format!(
                "[ERROR] {} [json-pointer:/view{}]",
                problem.message, problem.pointer
            )
        })
        .collect();
    if view["type"].as_str().is_some_and(|has| has != kind) {
        messages.push("[ERROR] invalid view type [json-pointer:/view/type]".into());
    }
    if messages.is_empty() {
        return Ok(());
    }
    Err(Refusal::new("invalid_arguments")
        .with("response_metadata", json!({ "messages": messages })))
}

fn exchange(call: &mut Call<'_>, body: &Value) -> Result<String, Refusal> {
    let trigger = call.args.required("trigger_id")?;
    if call.state.has_external_id(body, None) {
        return Err("duplicate_external_id".into());
    }
    Ok(call.state.exchange(trigger)?)
}

#[expect(clippy::unnecessary_wraps, reason = "every method has this signature")]
fn answer(call: &Call<'_>, view: &View) -> Answer {
    Ok(json!({ "view": call.state.view_json(view) }))
}
