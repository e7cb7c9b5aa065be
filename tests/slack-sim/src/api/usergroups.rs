//! `usergroups.*`.

use serde_json::{Value, json};

use super::{Answer, Call};

#[expect(clippy::unnecessary_wraps, reason = "every method has this signature")]
pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let with_users = call.args.is_true("include_users");
    let with_disabled = call.args.is_true("include_disabled");
    let groups: Vec<Value> = call
        .state
        .groups
        .iter()
        .filter(|group| with_disabled || !group.disabled)
        .map(|group| call.state.group_json(group, with_users))
        .collect();
    Ok(json!({ "usergroups": groups }))
}

pub(super) fn users_list(call: &mut Call<'_>) -> Answer {
    let id = call.args.required("usergroup")?;
    let with_disabled = call.args.is_true("include_disabled");
    let group = call
        .state
        .groups
        .iter()
        .find(|group| group.id == id && (with_disabled || !group.disabled))
        .ok_or("no_such_subteam")?;
    Ok(json!({ "users": group.users }))
}
