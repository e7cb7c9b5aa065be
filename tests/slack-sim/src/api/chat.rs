//! `chat.*`: posting, changing and deleting messages.

use serde_json::{Value, json};

use super::{Answer, Call, Content, Refusal};
use crate::state::ephemeral::Ephemeral;
use crate::state::message::Message;
use crate::state::posting::Edit;

/// The most text that `chat.update` takes.
const UPDATE_TEXT: usize = 4_000;

pub(super) fn post_message(call: &mut Call<'_>) -> Answer {
    let channel = channel_to_post_in(call)?;
    let content = Content::read(call.args)?.some()?;
    let thread_ts = thread(call, &channel)?;
    let message = call.state.post(Message {
        channel: channel.clone(),
        user: call.state.bot_user_id().to_owned(),
        by_app: true,
        text: content.text.unwrap_or_default(),
        blocks: content.blocks.unwrap_or_default(),
        attachments: content.attachments,
        broadcast: thread_ts.is_some() && call.args.is_true("reply_broadcast"),
        thread_ts,
        metadata: content.metadata,
        ..Message::default()
    });
    let mut answer = json!({
        "channel": channel,
        "ts": message.ts,
        "message": call.state.message_json(&message),
    });
    if let Some(metadata) = &message.metadata {
        answer["message"]["metadata"] = metadata.clone();
    }
    if content.truncated {
        answer["warning"] = json!("message_truncated");
        answer["response_metadata"] = json!({ "warnings": ["message_truncated"] });
    }
    Ok(answer)
}

pub(super) fn post_ephemeral(call: &mut Call<'_>) -> Answer {
    let channel = call.member_channel()?;
    if channel.archived {
        return Err("is_archived".into());
    }
    let channel = channel.id.clone();
    let user = call.args.required("user")?.to_owned();
    if !call
        .state
        .channel(&channel)
        .is_some_and(|channel| channel.has(&user))
    {
        return Err("user_not_in_channel".into());
    }
    let content = Content::read(call.args)?.some()?;
    let thread_ts = thread(call, &channel)?;
    let shown = call.state.show(Ephemeral {
        channel,
        ts: String::new(),
        user,
        text: content.text.unwrap_or_default(),
        blocks: content.blocks.unwrap_or_default(),
        thread_ts,
        from_slack: false,
    });
    Ok(json!({ "message_ts": shown.ts }))
}

pub(super) fn update(call: &mut Call<'_>) -> Answer {
    let (channel, ts) = own_message(call, "cant_update_message")?;
    if call
        .state
        .channel(&channel)
        .is_some_and(|channel| channel.archived)
    {
        return Err("is_inactive".into());
    }
    let content = Content::read(call.args)?;
    if content.text.is_none() && content.blocks.is_none() && content.attachments.is_empty() {
        return Err("no_text".into());
    }
    if content
        .text
        .as_ref()
        .is_some_and(|text| text.chars().count() > UPDATE_TEXT)
    {
        return Err("msg_too_long".into());
    }
    let bot = call.state.bot_user_id().to_owned();
    let edit = Edit {
        text: content.text,
        blocks: content.blocks,
        metadata: content.metadata,
    };
    let message = call
        .state
        .edit(&channel, &ts, &bot, edit)
        .ok_or("message_not_found")?;
    Ok(json!({
        "channel": channel,
        "ts": ts,
        "text": message.text,
        "message": call.state.message_json(&message),
    }))
}

pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    let (channel, ts) = own_message(call, "cant_delete_message")?;
    call.state
        .delete(&channel, &ts)
        .ok_or("message_not_found")?;
    Ok(json!({ "channel": channel, "ts": ts }))
}

pub(super) fn get_permalink(call: &mut Call<'_>) -> Answer {
    let channel = call.seen_channel()?.id.clone();
    let ts = call.args.required("message_ts")?;
    let message = call
        .state
        .message(&channel, ts)
        .ok_or("message_not_found")?;
    Ok(json!({ "channel": channel, "permalink": call.state.permalink(message) }))
}

/// The channel of `chat.postMessage`: an id, a name, or a person for their direct messages.
fn channel_to_post_in(call: &mut Call<'_>) -> Result<String, Refusal> {
    let named = call
        .args
        .get("channel")
        .ok_or("channel_not_found")?
        .to_owned();
    if call.state.user(&named).is_some_and(|user| !user.deleted) {
        return Ok(call.state.direct_channel(&named));
    }
    let bot = call.state.bot_user_id();
    let channel = call.state.find_channel(&named).ok_or("channel_not_found")?;
    let member = channel.has(bot);
    if !member && !channel.is_public() {
        return Err("channel_not_found".into());
    }
    if !member && !call.state.has_scope("chat:write.public") {
        return Err("not_in_channel".into());
    }
    if channel.archived {
        return Err("is_archived".into());
    }
    Ok(channel.id.clone())
}

/// `thread_ts`: the root of a thread, also where an answer in it was named.
fn thread(call: &Call<'_>, channel: &str) -> Result<Option<String>, Refusal> {
    let Some(ts) = call.args.get("thread_ts") else {
        return Ok(None);
    };
    let named = call
        .state
        .message(channel, ts)
        .ok_or("cannot_reply_to_message")?;
    Ok(Some(
        named.thread_ts.clone().unwrap_or_else(|| named.ts.clone()),
    ))
}

fn own_message(call: &Call<'_>, not_own: &str) -> Result<(String, String), Refusal> {
    let channel = call.seen_channel()?.id.clone();
    let ts = call.args.required("ts")?;
    let message = call
        .state
        .message(&channel, ts)
        .ok_or("message_not_found")?;
    let own_line = message.by_app && message.subtype.as_deref() != Some("tombstone");
    if !own_line {
        return Err(not_own.into());
    }
    Ok((channel, ts.to_owned()))
}

impl Call<'_> {
    /// A message of `channel` as history shows it: metadata only where it was asked for.
    pub(super) fn message_of_history(&self, message: &Message) -> Value {
        let mut json = self.state.message_json(message);
        if let Some(metadata) = &message.metadata
            && self.args.is_true("include_all_metadata")
        {
            json["metadata"] = metadata.clone();
        }
        json
    }
}
