//! The incident's room: made, named, put away.

use serde_json::{Value, json};

use crate::{
    effect::with_suffix,
    event::What,
    ids::{ChannelId, MessageId, Owner},
    perform::{errand::Errand, outcome::Done, resolve::ROOM, stop::Stop},
};

/// As many rooms of one name are tried.
const SUFFIXES: u32 = 99;
/// How far Slack's clock may be behind ours.
const SKEW_SECONDS: u64 = 60;

/// Makes the room, under the next free name. After an unknown outcome a taken name may be our own.
pub(super) async fn create(
    errand: &mut Errand<'_>,
    name: &str,
    latin: &str,
    hidden: bool,
) -> Result<Done, Stop> {
    let mut base = name;
    let mut suffix = 1;
    loop {
        let name = numbered(base, suffix);
        let made = errand
            .send(
                "conversations.create",
                json!({ "name": name, "is_private": hidden }),
            )
            .await;
        let refused = match made {
            Ok(answer) => return opened(errand, &answer.body, "/channel"),
            Err(refused) => refused,
        };
        match refused.code() {
            Some("name_taken") if suffix < SUFFIXES => {
                if errand.unknown()
                    && let Some(channel) = ours(errand, &name).await?
                {
                    return opened(errand, &channel, "");
                }
                suffix += 1;
            }
            Some("invalid_name_specials" | "invalid_name" | "invalid_name_punctuation")
                if base != latin && !latin.is_empty() =>
            {
                base = latin;
                suffix = 1;
            }
            _ => return Err(refused),
        }
    }
}

fn numbered(base: &str, suffix: u32) -> String {
    if suffix == 1 {
        base.to_owned()
    } else {
        with_suffix(base, suffix)
    }
}

fn opened(errand: &Errand<'_>, body: &Value, channel: &str) -> Result<Done, Stop> {
    let text = |field: &str| {
        body.pointer(&format!("{channel}/{field}"))
            .and_then(Value::as_str)
    };
    let (Some(id), Some(name)) = (text("id"), text("name")) else {
        return Err(Stop::Unknown {
            why: "Slack named no channel".to_owned(),
            answered: true,
        });
    };
    let id = ChannelId::from(id);
    let place = MessageId {
        channel: id.clone(),
        ts: String::new(),
    };
    Ok(Done {
        answer: json!({ "channel": id, "name": name }),
        resources: vec![errand.stands(&Owner::core(), ROOM, place)],
        what: Some(What::RoomOpened {
            channel: id,
            name: name.to_owned(),
        }),
    })
}

/// The channel of this name, if Iris made it for this incident: since it was wished, and not as
/// another incident's room.
async fn ours(errand: &Errand<'_>, name: &str) -> Result<Option<Value>, Stop> {
    let Some(us) = errand.world.workspaces.identity(&errand.effect.team) else {
        return Ok(None);
    };
    let since = errand
        .effect
        .planned_at
        .seconds()
        .saturating_sub(SKEW_SECONDS);
    let mut cursor = None;
    loop {
        let page = errand
            .look("conversations.list", list(cursor.as_deref()))
            .await?;
        if let Some(channel) = page
            .list("/channels")
            .iter()
            .find(|channel| channel["name"] == name)
        {
            let made_by_us = channel["creator"] == us.bot_user.as_str()
                && channel["created"]
                    .as_u64()
                    .is_some_and(|created| created >= since)
                && channel["is_archived"] != true;
            let free = made_by_us && !is_anothers(errand, channel).await?;
            return Ok(free.then(|| channel.clone()));
        }
        match page.next_page() {
            Some(next) => cursor = Some(next.to_owned()),
            None => return Ok(None),
        }
    }
}

fn list(cursor: Option<&str>) -> Value {
    json!({
        "types": "public_channel,private_channel",
        "exclude_archived": false,
        "limit": 1000,
        "cursor": cursor,
    })
}

/// Whether another incident has this channel as its room already.
async fn is_anothers(errand: &Errand<'_>, channel: &Value) -> Result<bool, Stop> {
    let Some(id) = channel["id"].as_str() else {
        return Ok(false);
    };
    let (store, team) = (&errand.world.store, &errand.effect.team);
    let made = store.incident_made(team, &id.into()).await?;
    Ok(made.is_some_and(|number| errand.effect.incident != Some(number)))
}

pub(super) async fn topic(errand: &mut Errand<'_>, text: &str) -> Result<Done, Stop> {
    let room = errand.room().await?;
    errand
        .send(
            "conversations.setTopic",
            json!({ "channel": room, "topic": text }),
        )
        .await?;
    Ok(Done::default())
}

/// Gives the room another name, the next free one.
pub(super) async fn rename(errand: &mut Errand<'_>, name: &str) -> Result<Done, Stop> {
    let room = errand.room().await?;
    if errand.unknown() {
        let now = errand
            .look("conversations.info", json!({ "channel": room }))
            .await?;
        let is = now.text("/channel/name").unwrap_or_default();
        if (1..=SUFFIXES).any(|suffix| numbered(name, suffix) == is) {
            return Ok(Done::saying(json!({ "name": is })));
        }
    }
    let mut suffix = 1;
    loop {
        let arguments = json!({ "channel": room, "name": numbered(name, suffix) });
        match errand.send("conversations.rename", arguments).await {
            Ok(answer) => {
                return Ok(Done::saying(
                    json!({ "name": answer.text("/channel/name") }),
                ));
            }
            Err(refused) if refused.code() == Some("name_taken") && suffix < SUFFIXES => {
                suffix += 1;
            }
            Err(stop) => return Err(stop),
        }
    }
}

pub(super) async fn archive(errand: &mut Errand<'_>) -> Result<Done, Stop> {
    let room = errand.room().await?;
    errand
        .send("conversations.archive", json!({ "channel": room }))
        .await?;
    Ok(Done::default())
}
