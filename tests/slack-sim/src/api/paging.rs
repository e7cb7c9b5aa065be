//! Cursors: opaque to the app, a position to us.

use serde_json::{Value, json};

use super::Refusal;
use super::args::Args;

/// One page of `all`, and the answer's `response_metadata`.
pub(super) fn page<T: Clone>(
    args: &Args,
    all: &[T],
    usual: usize,
    most: usize,
) -> Result<(Vec<T>, Value), Refusal> {
    let limit = limit(args, usual, most)?;
    let start = match args.get("cursor") {
        Some(cursor) => position(cursor).ok_or("invalid_cursor")?,
        None => 0,
    };
    let end = all.len().min(start.saturating_add(limit));
    let page = all.get(start..end).ok_or("invalid_cursor")?.to_vec();
    let next = if end < all.len() {
        hex::encode(format!("next:{end}"))
    } else {
        String::new()
    };
    Ok((page, json!({ "next_cursor": next })))
}

/// How many are wanted; 0 and nothing mean the usual number.
fn limit(args: &Args, usual: usize, most: usize) -> Result<usize, Refusal> {
    match args.get("limit") {
        None | Some("0") => Ok(usual),
        Some(limit) => match limit.parse::<usize>() {
            Ok(limit) if limit <= most => Ok(limit),
            Ok(_) | Err(_) => Err("invalid_limit".into()),
        },
    }
}

fn position(cursor: &str) -> Option<usize> {
    let text = String::from_utf8(hex::decode(cursor).ok()?).ok()?;
    text.strip_prefix("next:")?.parse().ok()
}
