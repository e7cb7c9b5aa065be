//! Posts a message, once: each carries its effect's key, by which it is found again when nobody
//! knows whether it was posted.

use serde_json::{Map, Value, json};

use super::{
    find::{Wanted, find_all},
    inside,
};
use crate::{
    effect::{Content, Target},
    ids::{ChannelId, MessageId},
    perform::{errand::Errand, outcome::Done, resolve::Spot, stop::Stop},
};

/// The type of Iris's metadata.
pub(super) const METADATA: &str = "iris";
/// How often a lost message is looked for before it is sent again.
const LOOKS: u32 = 2;

pub(super) async fn post(
    errand: &mut Errand<'_>,
    name: Option<&str>,
    to: &Target,
    content: &Content,
) -> Result<Done, Stop> {
    let spot = errand.spot(to).await?;
    if errand.unknown() {
        let spot = errand.channel(to, spot.clone()).await?;
        if let Some(ts) = look(errand, &spot).await? {
            return Ok(posted(
                errand,
                name,
                MessageId {
                    channel: spot.channel,
                    ts,
                },
            ));
        }
    }
    send(errand, name, &spot, content).await
}

/// Posts without looking for it.
pub(super) async fn send(
    errand: &mut Errand<'_>,
    name: Option<&str>,
    spot: &Spot,
    content: &Content,
) -> Result<Done, Stop> {
    let mut arguments = message(content);
    arguments.insert("channel".to_owned(), json!(spot.channel));
    arguments.insert("thread_ts".to_owned(), json!(spot.thread));
    let key = json!({ "event_type": METADATA, "event_payload": { "key": errand.effect.key } });
    arguments.insert("metadata".to_owned(), key);
    let arguments = Value::Object(arguments);
    let answer = inside::say(errand, "chat.postMessage", &spot.channel, arguments).await?;
    match (answer.text("/channel"), answer.text("/ts")) {
        (Some(channel), Some(ts)) => {
            let id = MessageId {
                channel: ChannelId::from(channel),
                ts: ts.to_owned(),
            };
            Ok(posted(errand, name, id))
        }
        _ => Err(Stop::Unknown {
            why: "Slack named no message".to_owned(),
            answered: true,
        }),
    }
}

/// Looks for a message that may have been posted. `None`: it was looked for often enough, and is
/// not there.
pub(super) async fn look(errand: &mut Errand<'_>, spot: &Spot) -> Result<Option<String>, Stop> {
    let effect = errand.effect;
    let wanted = Wanted {
        key: &effect.key,
        since: effect.planned_at,
    };
    let found = match find_all(errand.world, errand.caller(), spot, wanted).await {
        Ok(found) => found,
        Err(Stop::Rejected(refused)) if blind(&refused.code) => {
            return Err(Stop::Park(format!(
                "it may have been posted, and Iris cannot look: {refused}"
            )));
        }
        Err(stop) => return Err(stop),
    };
    if let Some(ts) = found.into_iter().next() {
        return Ok(Some(ts));
    }
    errand.memory.looks += 1;
    if errand.memory.looks < LOOKS {
        return Err(Stop::Later(
            errand.world.now().plus(errand.world.settings.second_look),
        ));
    }
    errand.sweep_later(spot).await?;
    Ok(None)
}

/// Whether a code says that Iris may not look.
fn blind(code: &str) -> bool {
    matches!(
        code,
        "not_in_channel" | "missing_scope" | "channel_is_limited_access" | "access_denied"
    )
}

fn posted(errand: &Errand<'_>, name: Option<&str>, id: MessageId) -> Done {
    let owner = &errand.effect.owner;
    Done {
        answer: json!({ "channel": id.channel, "ts": id.ts }),
        resources: name
            .map(|name| errand.stands(owner, name, id))
            .into_iter()
            .collect(),
        what: None,
    }
}

/// The arguments that say what the message says. What the step asks for beyond that wins over our
/// defaults.
pub(super) fn message(content: &Content) -> Map<String, Value> {
    let mut arguments = Map::new();
    for quiet in ["link_names", "unfurl_links", "unfurl_media"] {
        arguments.insert(quiet.to_owned(), Value::Bool(false));
    }
    arguments.insert("parse".to_owned(), Value::from("none"));
    if let Some(Ok(Value::Object(more))) = content.more.as_deref().map(serde_json::from_str) {
        arguments.extend(more);
    }
    arguments.insert("text".to_owned(), Value::from(content.text.as_str()));
    if let Some(blocks) = &content.blocks {
        arguments.insert("blocks".to_owned(), Value::from(blocks.as_str()));
    }
    arguments
}
