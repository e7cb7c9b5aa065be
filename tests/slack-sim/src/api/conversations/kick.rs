//! `conversations.kick`, `conversations.leave`, `conversations.unarchive`.

use serde_json::json;

use crate::api::{Answer, Call};
use crate::state::channel::ChannelKind;

pub(in crate::api) fn kick(call: &mut Call<'_>) -> Answer {
    let channel = call.open_channel()?;
    let id = channel.id.clone();
    if channel.is_general() {
        return Err("cant_kick_from_general".into());
    }
    let user = call.args.get("user").ok_or("user_not_found")?.to_owned();
    if user == call.state.bot_user_id() {
        return Err("cant_kick_self".into());
    }
    if call.state.user(&user).is_none() {
        return Err("user_not_found".into());
    }
    if !call.open_channel()?.has(&user) {
        return Err("not_in_channel".into());
    }
    call.state.leave(&id, &user);
    Ok(json!({}))
}

pub(in crate::api) fn leave(call: &mut Call<'_>) -> Answer {
    let channel = call.seen_channel()?;
    let (id, bot) = (channel.id.clone(), call.state.bot_user_id().to_owned());
    if matches!(channel.kind, ChannelKind::Direct(_)) {
        return Err("method_not_supported_for_channel_type".into());
    }
    if channel.is_general() {
        return Err("cant_leave_general".into());
    }
    if channel.archived {
        return Err("is_archived".into());
    }
    if !channel.has(&bot) {
        return Ok(json!({ "not_in_channel": true }));
    }
    call.state.leave(&id, &bot);
    Ok(json!({}))
}

pub(in crate::api) fn unarchive(call: &mut Call<'_>) -> Answer {
    let channel = call.member_channel()?;
    if !channel.archived {
        return Err("not_archived".into());
    }
    let (id, bot) = (channel.id.clone(), call.state.bot_user_id().to_owned());
    call.state.set_archived(&id, &bot, false);
    Ok(json!({}))
}
