//! `canvases.create`, `conversations.canvases.create`: documents, one of them a channel's own.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal};
use crate::state::canvas::Canvas;

/// The most bytes of a canvas.
const SIZE: usize = 1024 * 1024;

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    let channel = match call.args.get("channel_id") {
        Some(_) => Some(call.member_channel_named("channel_id")?.id.clone()),
        None => None,
    };
    let canvas = canvas(call, channel)?;
    let id = canvas.id.clone();
    call.state.canvases.push(canvas);
    Ok(json!({ "canvas_id": id }))
}

pub(super) fn create_for_channel(call: &mut Call<'_>) -> Answer {
    let channel = call.member_channel_named("channel_id")?.id.clone();
    if call.state.canvas_of(&channel).is_some() {
        return Err("channel_canvas_already_exists".into());
    }
    let canvas = canvas(call, Some(channel.clone()))?;
    let id = canvas.id.clone();
    call.state.canvases.push(Canvas {
        own: true,
        ..canvas
    });
    if let Some(channel) = call.state.channel_mut(&channel) {
        channel.canvas = Some(id.clone());
    }
    Ok(json!({ "canvas_id": id }))
}

fn canvas(call: &mut Call<'_>, channel: Option<String>) -> Result<Canvas, Refusal> {
    let bad = || Refusal::arguments("invalid `document_content`");
    let markdown = match call.args.json("document_content") {
        None => String::new(),
        Some(content) => {
            let content: Value = content.map_err(|_| bad())?;
            let markdown = content["markdown"]
                .as_str()
                .filter(|text| text.len() <= SIZE);
            let markdown = markdown.filter(|_| content["type"] == "markdown");
            markdown.ok_or_else(bad)?.to_owned()
        }
    };
    Ok(Canvas {
        title: call.args.get("title").unwrap_or("Untitled").to_owned(),
        id: call.state.next_id("F"),
        markdown,
        channel,
        own: false,
    })
}
