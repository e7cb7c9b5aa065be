//! `pins.*`.

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::state::channel::Pin;

const MOST: usize = 100;

pub(super) fn add(call: &mut Call<'_>) -> Answer {
    let (channel, ts) = call.message_named("not_in_channel")?;
    let message = call
        .state
        .message(&channel, &ts)
        .ok_or("message_not_found")?;
    let own_line = message
        .subtype
        .as_deref()
        .is_none_or(|subtype| !subtype.starts_with("channel_"));
    if !own_line {
        return Err("not_pinnable".into());
    }
    if call.state.is_pinned(&channel, &ts) {
        return Err("already_pinned".into());
    }
    let pin = Pin {
        ts: ts.clone(),
        user: call.state.bot_user_id().to_owned(),
        created: call.state.clock.seconds(),
    };
    let id = channel;
    let channel = call.state.channel_mut(&id).ok_or("channel_not_found")?;
    if channel.pins.len() >= MOST {
        return Err("too_many_pins".into());
    }
    channel.pins.push(pin);
    call.state.touch_message(&id, &ts);
    Ok(json!({}))
}

pub(super) fn remove(call: &mut Call<'_>) -> Answer {
    let (channel, ts) = call.message_named("not_in_channel")?;
    if !call.state.is_pinned(&channel, &ts) {
        return Err("no_pin".into());
    }
    if let Some(channel) = call.state.channel_mut(&channel) {
        channel.pins.retain(|pin| pin.ts != ts);
    }
    call.state.touch_message(&channel, &ts);
    Ok(json!({}))
}

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let channel = call.member_channel()?;
    let items: Vec<Value> = channel
        .pins
        .iter()
        .rev()
        .filter_map(|pin| {
            let message = call.state.message(&channel.id, &pin.ts)?;
            let mut shown = call.state.message_json(message);
            shown["permalink"] = json!(call.state.permalink(message));
            Some(json!({
                "type": "message",
                "channel": channel.id,
                "created": pin.created,
                "created_by": pin.user,
                "message": shown,
            }))
        })
        .collect();
    Ok(json!({ "items": items }))
}
