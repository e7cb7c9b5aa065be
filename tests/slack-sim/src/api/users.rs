//! `users.*`.

use serde_json::{Value, json};

use super::paging::page;
use super::{Answer, Call};
use crate::settings::UserKind;

pub(super) fn info(call: &mut Call<'_>) -> Answer {
    let id = call.args.get("user").ok_or("user_not_found")?;
    let user = call.state.user(id).ok_or("user_not_found")?;
    Ok(json!({ "user": call.state.user_json(user) }))
}

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let (users, next) = page(call.args, &call.state.people, 1000, 1000)?;
    let members: Vec<Value> = users
        .iter()
        .map(|user| call.state.user_json(user))
        .collect();
    Ok(json!({
        "members": members,
        "cache_ts": call.state.clock.seconds(),
        "response_metadata": next,
    }))
}

pub(super) fn lookup_by_email(call: &mut Call<'_>) -> Answer {
    let email = call.args.required("email")?.to_lowercase();
    let user = call
        .state
        .people
        .iter()
        .filter(|user| !user.deleted && user.kind != UserKind::Bot)
        .find(|user| {
            user.email
                .as_ref()
                .is_some_and(|has| has.to_lowercase() == email)
        })
        .ok_or("users_not_found")?;
    Ok(json!({ "user": call.state.user_json(user) }))
}
