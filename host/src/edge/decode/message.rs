//! Messages, of which Slack has many kinds.

use serde_json::Value;

use super::{
    Author,
    event::Seen,
    json::{first, moment, owned, text},
};
use crate::{
    clock::Moment,
    event::{SeenMessage, What},
    ids::{MessageId, UserId},
};

/// What a `message` event comes to.
pub(super) enum Message {
    Seen(Box<Seen>),
    /// Nobody wrote anything: a bot did, or Slack drew a preview of a link.
    Nothing,
    /// A kind that this version does not know.
    Unknown,
}

pub(super) fn decode(event: &Value) -> Message {
    let Some(channel) = text(event, "/channel") else {
        return Message::Unknown;
    };
    let seen = match text(event, "/subtype") {
        None | Some("file_share" | "thread_broadcast") => said(event, channel),
        Some("message_changed") if is_tombstone(event) => deleted(event, channel),
        Some("message_changed") if is_unwritten(event) => return Message::Nothing,
        Some("message_changed") => edited(event, channel),
        Some("message_deleted") => deleted(event, channel),
        Some("bot_message") => return Message::Nothing,
        Some(_) => None,
    };
    seen.map_or(Message::Unknown, |seen| Message::Seen(Box::new(seen)))
}

/// `app_mention`
pub(super) fn mention(event: &Value) -> Option<Seen> {
    let message = seen(event, text(event, "/channel")?, None)?;
    Some(Seen {
        what: Some(What::Mentioned(message)),
        ..written(event)
    })
}

/// A message as it stands in an event or an interaction. `ts` where the message itself has none.
pub(super) fn seen(message: &Value, channel: &str, ts: Option<&str>) -> Option<SeenMessage> {
    let ts = text(message, "/ts").or(ts)?;
    let files = message.get("files").and_then(Value::as_array);
    let file = |file| first(file, &["/name", "/title"]).map(str::to_owned);
    Some(SeenMessage {
        id: MessageId {
            channel: channel.into(),
            ts: ts.to_owned(),
        },
        thread: text(message, "/thread_ts")
            .filter(|thread| *thread != ts)
            .map(str::to_owned),
        author: author(message),
        at: moment(ts).unwrap_or(Moment(0)),
        text: owned(message, "/text"),
        files: files.into_iter().flatten().filter_map(file).collect(),
    })
}

fn said(event: &Value, channel: &str) -> Option<Seen> {
    let message = seen(event, channel, None)?;
    Some(Seen {
        what: Some(What::Said(message)),
        ..written(event)
    })
}

fn edited(event: &Value, channel: &str) -> Option<Seen> {
    let message = event.get("message")?;
    let now = seen(message, channel, text(event, "/previous_message/ts"))?;
    Some(Seen {
        what: Some(What::Edited(now)),
        ..written(message)
    })
}

fn deleted(event: &Value, channel: &str) -> Option<Seen> {
    let ts = first(
        event,
        &["/deleted_ts", "/previous_message/ts", "/message/ts"],
    )?;
    let message = MessageId {
        channel: channel.into(),
        ts: ts.to_owned(),
    };
    let was = event
        .get("previous_message")
        .map(written)
        .unwrap_or_default();
    Some(Seen {
        what: Some(What::Deleted { message }),
        ..was
    })
}

/// What is left of a deleted message under which a thread hangs.
fn is_tombstone(event: &Value) -> bool {
    text(event, "/message/subtype") == Some("tombstone")
}

/// The same words as before: a preview was added, a reply counted.
fn is_unwritten(event: &Value) -> bool {
    let words = |pointer| event.pointer(pointer).and_then(Value::as_str);
    let now = words("/message/text");
    now.is_some() && now == words("/previous_message/text")
}

/// Who wrote it, for telling Iris's own from others'.
fn written(message: &Value) -> Seen {
    let user = text(message, "/user").map(str::to_owned);
    let bot = first(message, &["/bot_id", "/bot_profile/id"]).map(str::to_owned);
    let app = first(message, &["/app_id", "/bot_profile/app_id"]).map(str::to_owned);
    Seen {
        what: None,
        by: author(message),
        author: Some(Author { user, bot }),
        app,
    }
}

/// The person who wrote it; `None` for apps, though they have users of their own.
fn author(message: &Value) -> Option<UserId> {
    let user = text(message, "/user").filter(|_| message.get("bot_id").is_none_or(Value::is_null));
    user.map(UserId::from)
}
