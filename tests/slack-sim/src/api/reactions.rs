//! `reactions.*`.

use serde_json::json;

use super::{Answer, Call, Refusal};
use crate::state::message::Message;

/// The most emoji that one member may put on a message, and that may stand on it (Slack's help
/// center, "Use emoji reactions").
const OF_ONE: usize = 23;
const DISTINCT: usize = 50;

pub(super) fn add(call: &mut Call<'_>) -> Answer {
    let (channel, ts) = call.message_named("not_in_channel")?;
    let name = emoji_name(call)?;
    if call
        .state
        .channel(&channel)
        .is_some_and(|channel| channel.archived)
    {
        return Err("is_archived".into());
    }
    let bot = call.state.bot_user_id().to_owned();
    if let Some(message) = call.state.message(&channel, &ts) {
        refuse_more(message, &bot, &name)?;
    }
    match call.state.react(&channel, &ts, &bot, &name) {
        Some(true) => Ok(json!({})),
        Some(false) => Err("already_reacted".into()),
        None => Err("message_not_found".into()),
    }
}

pub(super) fn remove(call: &mut Call<'_>) -> Answer {
    let (channel, ts) = call.message_named("not_in_channel")?;
    let name = emoji_name(call)?;
    let bot = call.state.bot_user_id().to_owned();
    match call.state.unreact(&channel, &ts, &bot, &name) {
        Some(true) => Ok(json!({})),
        Some(false) => Err("no_reaction".into()),
        None => Err("message_not_found".into()),
    }
}

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let (channel, ts) = call.message_named("channel_not_found")?;
    let message = call
        .state
        .message(&channel, &ts)
        .ok_or("message_not_found")?;
    let mut shown = call.state.message_json(message);
    shown["permalink"] = json!(call.state.permalink(message));
    Ok(json!({ "type": "message", "channel": channel, "message": shown }))
}

fn refuse_more(message: &Message, user: &str, name: &str) -> Result<(), Refusal> {
    let by_user = |users: &[String]| users.iter().any(|has| has == user);
    let there = message.reactions.iter().find(|has| has.name == name);
    if there.is_some_and(|reaction| by_user(&reaction.users)) {
        return Ok(());
    }
    let own = message.reactions.iter().filter(|has| by_user(&has.users));
    if own.count() >= OF_ONE {
        return Err("too_many_reactions".into());
    }
    if there.is_none() && message.reactions.len() >= DISTINCT {
        return Err("too_many_emoji".into());
    }
    Ok(())
}

/// An emoji's name; Slack's list is not known here, so any well-formed name is one.
fn emoji_name(call: &Call<'_>) -> Result<String, Refusal> {
    let name = call.args.required("name")?;
    let fits = |c: char| c.is_alphanumeric() || "_-+'".contains(c) || c == ':';
    if !name.chars().all(fits) || name.starts_with(':') || name.chars().any(char::is_uppercase) {
        return Err("invalid_name".into());
    }
    Ok(name.to_owned())
}

impl Call<'_> {
    /// `channel` and `timestamp`, of a message in a channel that the app is in.
    pub(super) fn message_named(&self, outside: &str) -> Result<(String, String), Refusal> {
        let channel = self.seen_channel()?;
        if !channel.has(self.state.bot_user_id()) {
            return Err(outside.into());
        }
        let ts = self.args.get("timestamp").ok_or("no_item_specified")?;
        let formed = ts.split_once('.').is_some_and(|(seconds, part)| {
            part.len() == 6
                && [seconds, part]
                    .iter()
                    .all(|half| half.parse::<u64>().is_ok())
        });
        if !formed {
            return Err("bad_timestamp".into());
        }
        self.state
            .message(&channel.id, ts)
            .ok_or("message_not_found")?;
        Ok((channel.id.clone(), ts.to_owned()))
    }
}
