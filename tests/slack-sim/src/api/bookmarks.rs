//! `bookmarks.*`: links in a channel's header.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal};
use crate::state::channel::Bookmark;

/// Slack's own number is not documented; its client stops at a hundred.
const MOST: usize = 100;

pub(super) fn add(call: &mut Call<'_>) -> Answer {
    let channel = call.member_channel_named("channel_id")?.id.clone();
    let title = call.args.required("title")?.to_owned();
    if call.args.required("type")? != "link" {
        return Err("invalid_bookmark_type".into());
    }
    let link = link(call.args.required("link")?)?;
    let emoji = emoji(call.args.get("emoji"))?;
    if call
        .state
        .channel(&channel)
        .is_some_and(|channel| channel.bookmarks.len() >= MOST)
    {
        return Err("too_many_bookmarks".into());
    }
    let bookmark = Bookmark {
        id: call.state.next_id("Bk"),
        title,
        link,
        emoji,
        user: call.state.bot_user_id().to_owned(),
        created: call.state.clock.seconds(),
        updated: 0,
    };
    let json = call.state.bookmark_json(&channel, &bookmark);
    if let Some(channel) = call.state.channel_mut(&channel) {
        channel.bookmarks.push(bookmark);
    }
    Ok(json!({ "bookmark": json }))
}

pub(super) fn edit(call: &mut Call<'_>) -> Answer {
    let channel = call.member_channel_named("channel_id")?.id.clone();
    let id = call.args.required("bookmark_id")?.to_owned();
    let title = call.args.get("title").map(str::to_owned);
    let link = call.args.get("link").map(link).transpose()?;
    let emoji = call
        .args
        .get("emoji")
        .map(|given| emoji(Some(given)))
        .transpose()?;
    let now = call.state.clock.seconds();
    let edited = call
        .state
        .channel_mut(&channel)
        .and_then(|channel| {
            channel
                .bookmarks
                .iter_mut()
                .find(|bookmark| bookmark.id == id)
        })
        .ok_or("not_found")?;
    if let Some(title) = title {
        edited.title = title;
    }
    if let Some(link) = link {
        edited.link = link;
    }
    if let Some(emoji) = emoji {
        edited.emoji = emoji;
    }
    edited.updated = now;
    let edited = edited.clone();
    Ok(json!({ "bookmark": call.state.bookmark_json(&channel, &edited) }))
}

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let channel = call.member_channel_named("channel_id")?;
    let bookmarks: Vec<Value> = channel
        .bookmarks
        .iter()
        .map(|bookmark| call.state.bookmark_json(&channel.id, bookmark))
        .collect();
    Ok(json!({ "bookmarks": bookmarks }))
}

pub(super) fn remove(call: &mut Call<'_>) -> Answer {
    let channel = call.member_channel_named("channel_id")?.id.clone();
    let id = call.args.required("bookmark_id")?;
    let channel = call
        .state
        .channel_mut(&channel)
        .ok_or("channel_not_found")?;
    let before = channel.bookmarks.len();
    channel.bookmarks.retain(|bookmark| bookmark.id != id);
    if channel.bookmarks.len() == before {
        return Err("not_found".into());
    }
    Ok(json!({}))
}

fn link(given: &str) -> Result<String, Refusal> {
    if given.starts_with("https://") || given.starts_with("http://") {
        return Ok(given.to_owned());
    }
    Err("invalid_link".into())
}

fn emoji(given: Option<&str>) -> Result<String, Refusal> {
    let Some(emoji) = given else {
        return Ok(String::new());
    };
    if emoji.len() > 2 && emoji.starts_with(':') && emoji.ends_with(':') {
        return Ok(emoji.to_owned());
    }
    Err("invalid_emoji".into())
}
