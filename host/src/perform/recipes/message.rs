//! Changes messages that stand.

use serde_json::{Value, json};

use super::{inside, post};
use crate::{
    effect::{Content, MessageRef, Target},
    ids::MessageId,
    perform::{errand::Errand, outcome::Done, resolve::Spot, stop::Stop},
};

/// Changes what a message says. One that somebody deleted is posted anew, if its owner wished that
/// it stands.
pub(super) async fn update(
    errand: &mut Errand<'_>,
    message: &MessageRef,
    content: &Content,
) -> Result<Done, Stop> {
    let id = errand.message(message).await?;
    let mut arguments = post::message(content);
    for unknown in ["unfurl_links", "unfurl_media"] {
        arguments.remove(unknown);
    }
    arguments.insert("channel".to_owned(), json!(id.channel));
    arguments.insert("ts".to_owned(), json!(id.ts));
    // Slack keeps blocks that are not mentioned.
    arguments
        .entry("blocks")
        .or_insert_with(|| Value::from("[]"));
    let arguments = Value::Object(arguments);
    match inside::say(errand, "chat.update", &id.channel, arguments).await {
        Ok(_) => Ok(Done::saying(json!({ "channel": id.channel, "ts": id.ts }))),
        Err(stop) if stop.code() == Some("message_not_found") => {
            anew(errand, message, &id, content).await?.ok_or(stop)
        }
        Err(stop) => Err(stop),
    }
}

async fn anew(
    errand: &mut Errand<'_>,
    message: &MessageRef,
    gone: &MessageId,
    content: &Content,
) -> Result<Option<Done>, Stop> {
    let MessageRef::Named { owner, name } = message else {
        return Ok(None);
    };
    if errand.effect.wish != "messages.post" || *owner != errand.effect.owner {
        return Ok(None);
    }
    let thread = match errand.place_of(message).await? {
        Some(Target::Thread(above)) => Some(errand.message(&above).await?.ts),
        Some(Target::Room | Target::Channel(_) | Target::Person(_)) | None => None,
    };
    let spot = Spot {
        channel: gone.channel.clone(),
        thread,
    };
    if errand.unknown()
        && let Some(ts) = post::look(errand, &spot).await?
    {
        let id = MessageId {
            channel: spot.channel,
            ts,
        };
        let answer = json!({ "channel": id.channel, "ts": id.ts });
        return Ok(Some(Done {
            resources: vec![errand.stands(owner, name, id)],
            ..Done::saying(answer)
        }));
    }
    post::send(errand, Some(name), &spot, content)
        .await
        .map(Some)
}

/// Deletes, pins or marks a message.
pub(super) async fn touch(
    errand: &mut Errand<'_>,
    method: &str,
    message: &MessageRef,
    emoji: Option<&str>,
) -> Result<Done, Stop> {
    let id = errand.message(message).await?;
    let ts = if method == "chat.delete" {
        "ts"
    } else {
        "timestamp"
    };
    errand
        .send(
            method,
            json!({ "channel": id.channel, ts: id.ts, "name": emoji }),
        )
        .await?;
    Ok(Done::default())
}
