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
        text: said_in(message),
        files: files.into_iter().flatten().filter_map(file).collect(),
    })
}

/// Its words. Other apps often put all of them into attachments or blocks.
fn said_in(message: &Value) -> String {
    let text = owned(message, "/text");
    if !text.trim().is_empty() {
        return text;
    }
    let parts = ["/attachments", "/blocks"].map(|list| message.pointer(list));
    let parts = parts.into_iter().flatten().filter_map(Value::as_array);
    let lines = parts.flatten().map(|part| {
        let mut words = Vec::new();
        gather(part, &mut words);
        words.join(" ")
    });
    let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// The words of an attachment or a block, without those of its buttons. As deep as JSON may be.
fn gather<'a>(part: &'a Value, words: &mut Vec<&'a str>) {
    const WORDS: [&str; 3] = ["pretext", "title", "text"];
    if let Value::Array(parts) = part {
        for part in parts {
            gather(part, words);
        }
    }
    let is_button = ["actions", "button"]
        .iter()
        .any(|kind| part["type"] == *kind);
    let Some(fields) = part.as_object().filter(|_| !is_button) else {
        return;
    };
    let said = WORDS.iter().filter_map(|name| fields.get(*name)?.as_str());
    words.extend(said.filter(|said| !said.trim().is_empty()));
    fields.values().for_each(|part| gather(part, words));
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
