//! `conversations.*` that only look.

use serde_json::{Value, json};

use crate::api::paging::page;
use crate::api::{Answer, Call, Refusal};
use crate::state::message::Message;

pub(in crate::api) fn info(call: &mut Call<'_>) -> Answer {
    let channel = call.seen_channel()?;
    let mut json = call.state.channel_json(channel);
    if call.args.is_true("include_num_members") {
        json["num_members"] = json!(channel.members.len());
    }
    Ok(json!({ "channel": json }))
}

pub(in crate::api) fn members(call: &mut Call<'_>) -> Answer {
    let channel = call.seen_channel()?;
    let (members, next) = page(call.args, &channel.members, 100, 1000)?;
    Ok(json!({ "members": members, "response_metadata": next }))
}

/// As Slack does, a page is cut first and filtered then: it may hold fewer than asked for.
pub(in crate::api) fn list(call: &mut Call<'_>) -> Answer {
    let types: Vec<&str> = call
        .args
        .get("types")
        .unwrap_or("public_channel")
        .split(',')
        .map(str::trim)
        .collect();
    if types
        .iter()
        .any(|kind| !["public_channel", "private_channel", "im", "mpim"].contains(kind))
    {
        return Err("invalid_types".into());
    }
    let bot = call.state.bot_user_id();
    let (channels, next) = page(call.args, &call.state.channels, 100, 1000)?;
    let channels: Vec<Value> = channels
        .iter()
        .filter(|channel| types.contains(&channel.list_type()))
        .filter(|channel| channel.is_public() || channel.has(bot))
        .filter(|channel| !(channel.archived && call.args.is_true("exclude_archived")))
        .map(|channel| {
            let mut json = call.state.channel_json(channel);
            json["num_members"] = json!(channel.members.len());
            json
        })
        .collect();
    Ok(json!({ "channels": channels, "response_metadata": next }))
}

pub(in crate::api) fn history(call: &mut Call<'_>) -> Answer {
    let channel = call.member_channel()?.id.clone();
    let within = window(call)?;
    let messages: Vec<&Message> = call
        .state
        .messages
        .get(&channel)
        .into_iter()
        .flatten()
        .rev()
        .filter(|message| (!message.is_reply() || message.broadcast) && within(&message.ts))
        .collect();
    let (messages, next) = page(call.args, &messages, 100, 999)?;
    let shown: Vec<Value> = messages
        .iter()
        .map(|message| call.message_of_history(message))
        .collect();
    let pins = call
        .state
        .channel(&channel)
        .map_or(0, |channel| channel.pins.len());
    Ok(paged(json!({ "messages": shown, "pin_count": pins }), next))
}

pub(in crate::api) fn replies(call: &mut Call<'_>) -> Answer {
    let channel = call.member_channel()?.id.clone();
    let named = call.args.required("ts")?;
    let named = call
        .state
        .message(&channel, named)
        .ok_or("thread_not_found")?;
    let root_ts = named.thread_ts.as_deref().unwrap_or(&named.ts);
    let root = call
        .state
        .message(&channel, root_ts)
        .ok_or("thread_not_found")?;
    let within = window(call)?;
    let replies: Vec<&Message> = call
        .state
        .replies(&channel, root_ts)
        .filter(|message| within(&message.ts))
        .collect();
    let (replies, next) = page(call.args, &replies, 1000, 1000)?;
    let shown: Vec<Value> = std::iter::once(root)
        .chain(replies)
        .map(|message| call.message_of_history(message))
        .collect();
    Ok(paged(json!({ "messages": shown }), next))
}

fn paged(mut answer: Value, next: Value) -> Value {
    let more = next["next_cursor"] != "";
    answer["has_more"] = json!(more);
    if more {
        answer["response_metadata"] = next;
    }
    answer
}

/// Whether a timestamp lies between `oldest` and `latest`.
fn window<'a>(call: &Call<'a>) -> Result<impl Fn(&str) -> bool + use<'a>, Refusal> {
    let edge = |name: &str, error: &'static str| match call.args.get(name) {
        Some(ts) => micros(ts).map(Some).ok_or(Refusal::from(error)),
        None => Ok(None),
    };
    let oldest = edge("oldest", "invalid_ts_oldest")?;
    let latest = edge("latest", "invalid_ts_latest")?;
    let inclusive = call.args.is_true("inclusive");
    Ok(move |ts: &str| {
        let ts = micros(ts).unwrap_or_default();
        let late_enough = oldest.is_none_or(|oldest| ts > oldest || (inclusive && ts == oldest));
        let early_enough = latest.is_none_or(|latest| ts < latest || (inclusive && ts == latest));
        late_enough && early_enough
    })
}

fn micros(ts: &str) -> Option<u64> {
    let (seconds, part) = ts.split_once('.').unwrap_or((ts, "0"));
    Some(seconds.parse::<u64>().ok()? * 1_000_000 + format!("{part:0<6}").parse::<u64>().ok()?)
}
