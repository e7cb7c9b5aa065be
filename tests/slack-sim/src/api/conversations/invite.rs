//! `conversations.invite`: all or nobody, unless forced.

use serde_json::{Value, json};

use crate::api::{Answer, Call, Refusal};
use crate::settings::UserKind;
use crate::state::State;

/// The most people a call may name.
const MOST: usize = 100;

pub(in crate::api) fn invite(call: &mut Call<'_>) -> Answer {
    let channel = call.open_channel()?.id.clone();
    let users: Vec<String> = call
        .args
        .get("users")
        .unwrap_or_default()
        .split(',')
        .map(|user| user.trim().to_owned())
        .filter(|user| !user.is_empty())
        .collect();
    if users.is_empty() {
        return Err("no_user".into());
    }
    if users.len() > MOST {
        return Err(Refusal::arguments("must be no more than 100 users"));
    }
    let mut errors: Vec<(String, &str)> = Vec::new();
    let mut welcome: Vec<String> = Vec::new();
    for user in users {
        match refused(call.state, &channel, &user) {
            Some(error) => errors.push((user, error)),
            None if welcome.contains(&user) => {}
            None => welcome.push(user),
        }
    }
    let forced = call.args.is_true("force") && !welcome.is_empty();
    let listed: Vec<Value> = errors
        .iter()
        .map(|(user, error)| json!({ "user": user, "ok": false, "error": error }))
        .collect();
    if let Some((_, first)) = errors.first().filter(|_| !forced) {
        return Err(Refusal::new(first).with("errors", json!(listed)));
    }
    let bot = call.state.bot_user_id().to_owned();
    for user in welcome {
        call.state.join(&channel, &user, Some(&bot));
    }
    let mut answer = call.channel_answer(&channel)?;
    if !listed.is_empty() {
        answer["errors"] = json!(listed);
    }
    Ok(answer)
}

fn refused(state: &State, channel: &str, user: &str) -> Option<&'static str> {
    let Some(known) = state.user(user) else {
        return Some("user_not_found");
    };
    if user == state.bot_user_id() {
        return Some("cant_invite_self");
    }
    if known.deleted || user == "USLACKBOT" {
        return Some("cant_invite");
    }
    if state
        .channel(channel)
        .is_some_and(|channel| channel.has(user))
    {
        return Some("already_in_channel");
    }
    let elsewhere = || {
        state
            .channels
            .iter()
            .any(|channel| channel.has(user) && !channel.name.is_empty())
    };
    if known.kind == UserKind::SingleChannelGuest && elsewhere() {
        return Some("ura_max_channels");
    }
    None
}
