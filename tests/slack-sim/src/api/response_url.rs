//! Response urls: answers to a command or a press, up to five in half an hour.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::record::Arrived;
use super::{Content, Refusal, Reply, fault};
use crate::core::Core;
use crate::faults::Fault;
use crate::net::Wire;
use crate::state::State;
use crate::state::ephemeral::Ephemeral;
use crate::state::message::Message;
use crate::state::posting::Edit;
use crate::state::ticket::{Original, ResponseUrl};

pub(super) async fn serve(
    Shared(core): Shared<Arc<Core>>,
    Path(key): Path<String>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let arrived = Arrived::now(core.clock.micros(), &headers);
    let fault = fault::meet(&core, "response_url").await;
    let applies = fault.as_ref().is_none_or(Fault::applies);
    let result = applies.then(|| core.change(|state| respond(state, &key, &body)));
    let reply = result.as_ref().map(|result| {
        Reply::ok(match result {
            Ok(()) => json!({ "ok": true }),
            Err((_, error)) => json!({ "ok": false, "error": error }),
        })
    });
    let sent = String::from_utf8_lossy(&body).into_owned();
    let args = [("body".to_owned(), sent)].into();
    core.calls
        .push(arrived, "response_url", args, reply.as_ref(), fault.clone());
    if let Some(fault) = fault {
        return fault::play(&core, Some(fault), reply, &wire).await;
    }
    match result {
        Some(Err((status, error))) => (status, error).into_response(),
        Some(Ok(())) | None => "ok".into_response(),
    }
}

fn respond(state: &mut State, key: &str, body: &[u8]) -> Result<(), (StatusCode, String)> {
    let gone = |code: &str| (StatusCode::NOT_FOUND, code.to_owned());
    let bad = |code: &str| (StatusCode::BAD_REQUEST, code.to_owned());
    let refused = |refusal: Refusal| (StatusCode::BAD_REQUEST, refusal.code().to_owned());
    let body: Value = serde_json::from_slice(body).map_err(|_| bad("invalid_payload"))?;
    let ticket = state.use_response_url(key).map_err(gone)?;
    if body["delete_original"] == true {
        delete_original(state, &ticket);
        return Ok(());
    }
    let content = Content::of_json(&body)
        .and_then(Content::some)
        .map_err(refused)?;
    let in_channel = body["response_type"] == "in_channel";
    let original = ticket
        .original
        .as_ref()
        .filter(|_| body["replace_original"] == true);
    if let Some(original) = original {
        replace(state, &ticket, original, content);
    } else {
        let thread_ts = body["thread_ts"].as_str().map(str::to_owned);
        state.respond(key, &ticket, content, in_channel, thread_ts);
    }
    Ok(())
}

fn replace(state: &mut State, ticket: &ResponseUrl, original: &Original, content: Content) {
    match original {
        Original::Message(ts) => {
            let bot = state.bot_user_id().to_owned();
            let edit = Edit {
                text: content.text,
                blocks: content.blocks,
                metadata: content.metadata,
            };
            state.edit(&ticket.channel, ts, &bot, edit);
        }
        Original::Ephemeral(ts) => {
            let blocks = state.with_ids(content.blocks.unwrap_or_default());
            if let Some(shown) = state.ephemeral_mut(ts) {
                shown.text = content.text.unwrap_or_default();
                shown.blocks = blocks;
            }
        }
    }
}

fn delete_original(state: &mut State, ticket: &ResponseUrl) {
    match &ticket.original {
        Some(Original::Message(ts)) => {
            state.delete(&ticket.channel, ts);
        }
        Some(Original::Ephemeral(ts)) => state.hide(ts),
        None => {}
    }
}

impl State {
    /// Shows what the app answered through a response url, and makes it that url's original
    /// where there was none.
    pub(crate) fn respond(
        &mut self,
        key: &str,
        ticket: &ResponseUrl,
        content: Content,
        in_channel: bool,
        thread_ts: Option<String>,
    ) {
        let text = content.text.unwrap_or_default();
        let blocks = content.blocks.unwrap_or_default();
        let original = if in_channel {
            let message = self.post(Message {
                channel: ticket.channel.clone(),
                user: self.bot_user_id().to_owned(),
                by_app: true,
                text,
                blocks,
                thread_ts,
                ..Message::default()
            });
            Original::Message(message.ts)
        } else {
            let shown = self.show(Ephemeral {
                channel: ticket.channel.clone(),
                ts: String::new(),
                user: ticket.user.clone(),
                text,
                blocks,
                thread_ts,
                from_slack: false,
            });
            Original::Ephemeral(shown.ts)
        };
        if let Some(known) = self.response_urls.get_mut(key) {
            known.original.get_or_insert(original);
        }
    }
}
