//! `conversations.open`: direct messages.

use serde_json::json;

use crate::api::{Answer, Call};
use crate::state::channel::ChannelKind;

/// The most people in a group's direct messages.
const MOST: usize = 8;

pub(in crate::api) fn open(call: &mut Call<'_>) -> Answer {
    let id = match (call.args.get("channel"), call.args.get("users")) {
        (Some(channel), _) => {
            let open = call.state.channel(channel).ok_or("channel_not_found")?;
            if !matches!(open.kind, ChannelKind::Direct(_) | ChannelKind::Group) {
                return Err("method_not_supported_for_channel_type".into());
            }
            open.id.clone()
        }
        (None, Some(users)) => {
            let users: Vec<String> = users
                .split(',')
                .map(|user| user.trim().to_owned())
                .collect();
            with_users(call, users)?
        }
        (None, None) => return Err("users_list_not_supplied".into()),
    };
    let channel = call.state.channel(&id).ok_or("channel_not_found")?;
    if call.args.is_true("return_im") {
        return Ok(json!({ "channel": call.state.channel_json(channel) }));
    }
    Ok(json!({ "channel": { "id": id } }))
}

fn with_users(call: &mut Call<'_>, users: Vec<String>) -> Result<String, crate::api::Refusal> {
    for user in &users {
        match call.state.user(user) {
            None => return Err("user_not_found".into()),
            Some(user) if user.deleted => return Err("user_disabled".into()),
            Some(_) => {}
        }
    }
    if users.len() > MOST {
        return Err("too_many_users".into());
    }
    if let [user] = users.as_slice() {
        return Ok(call.state.direct_channel(user));
    }
    let mut members = users;
    members.push(call.state.bot_user_id().to_owned());
    members.sort();
    members.dedup();
    let same = |has: &[String]| {
        let mut has = has.to_vec();
        has.sort();
        has == members
    };
    let open = call
        .state
        .channels
        .iter()
        .find(|channel| channel.kind == ChannelKind::Group && same(&channel.members));
    if let Some(open) = open {
        return Ok(open.id.clone());
    }
    let bot = call.state.bot_user_id().to_owned();
    let name = format!("mpdm-{}-1", members.join("--").to_lowercase());
    let mut channel = call.state.new_channel("C", name, ChannelKind::Group, &bot);
    channel.members = members;
    let id = channel.id.clone();
    call.state.add_channel(channel);
    Ok(id)
}
