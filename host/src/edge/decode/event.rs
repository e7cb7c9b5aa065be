//! The Events API: the envelope, and the events that are not messages.

use serde_json::Value;

use super::{
    Author, Came, Delivery, Draft, Kind, Malformed, installation,
    json::{first, moment, text},
    message::{self, Message},
    other, team,
};
use crate::{
    clock::Moment,
    event::{Presence, Reacted, What},
    ids::{MessageId, UserId},
};

pub(super) fn decode(mut body: Value, came: &Came) -> Result<Delivery, Malformed> {
    match text(&body, "/type").ok_or(Malformed::Missing("type"))? {
        "url_verification" => {
            let challenge = text(&body, "/challenge").ok_or(Malformed::Missing("challenge"))?;
            Ok(Delivery::Challenge(challenge.to_owned()))
        }
        "event_callback" => {
            let event = body.get_mut("event").map(Value::take);
            happened(&body, event.ok_or(Malformed::Missing("event"))?, came)
        }
        unknown => {
            let (name, team) = (unknown.to_owned(), team::of_event(&body));
            let (author, org) = (Author::default(), installation::org(&body));
            let what = other(&name, body);
            let draft = Draft {
                kind: Kind::Event,
                id: None,
                team,
                at: None,
                by: None,
                author,
                org,
                what,
            };
            Ok(draft.finish(came))
        }
    }
}

fn happened(envelope: &Value, event: Value, came: &Came) -> Result<Delivery, Malformed> {
    let name = text(&event, "/type")
        .ok_or(Malformed::Missing("event.type"))?
        .to_owned();
    let at = text(&event, "/event_ts")
        .and_then(moment)
        .or_else(|| event_time(envelope));
    let news = installation::decode(envelope, &event, &name, at.unwrap_or(came.now));
    if let Some(news) = news {
        return Ok(Delivery::Installation(news));
    }
    let seen = match &*name {
        "message" => match message::decode(&event) {
            Message::Seen(seen) => *seen,
            Message::Nothing => return Ok(Delivery::Nothing(Kind::Event)),
            Message::Unknown => Seen::default(),
        },
        "app_mention" if is_for_another(envelope, &event) => {
            return Ok(Delivery::Nothing(Kind::Event));
        }
        "app_mention" => message::mention(&event).unwrap_or_default(),
        "member_joined_channel" | "member_left_channel" => {
            presence(&name, &event).unwrap_or_default()
        }
        "reaction_added" | "reaction_removed" => reacted(&name, &event).unwrap_or_default(),
        "app_home_opened" => home(&event).unwrap_or_default(),
        "channel_rename" | "group_rename" => renamed(&event).unwrap_or_default(),
        "channel_archive" | "group_archive" => gone(&event, false).unwrap_or_default(),
        "channel_deleted" | "group_deleted" => gone(&event, true).unwrap_or_default(),
        "channel_unarchive" | "group_unarchive" => back(&event).unwrap_or_default(),
        _ => Seen::default(),
    };
    if is_own(envelope, &seen) {
        return Ok(Delivery::Nothing(Kind::Event));
    }
    let id = text(envelope, "/event_id").map(str::to_owned);
    let team = team::of_event(envelope);
    let author = seen.author.unwrap_or_default();
    let user = || {
        text(&event, "/user")
            .filter(|_| author.bot.is_none())
            .map(UserId::from)
    };
    let by = seen.by.or_else(user);
    let what = seen.what.unwrap_or_else(|| other(&name, event));
    Ok(Draft {
        kind: Kind::Event,
        id,
        team,
        at,
        by,
        author,
        org: installation::org(envelope),
        what,
    }
    .finish(came))
}

/// What could be read out of an event. Nothing: it is kept as it came.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) what: Option<What>,
    /// When it is not the event's `user`.
    pub(super) by: Option<UserId>,
    /// Whose it is, where Iris's own does not count; `None` where it does.
    pub(super) author: Option<Author>,
    /// The app that wrote a message.
    pub(super) app: Option<String>,
}

/// Iris's own messages, reactions and arrivals come back to it. The delivery itself says which app
/// and which of its users it is for.
fn is_own(envelope: &Value, seen: &Seen) -> bool {
    let Some(author) = &seen.author else {
        return false;
    };
    let app = text(envelope, "/api_app_id");
    let me = me(envelope);
    (app.is_some() && app == seen.app.as_deref()) || (me.is_some() && me == author.user.as_deref())
}

/// In a channel that workspaces share each has its own Iris, and one of them is spoken to.
fn is_for_another(envelope: &Value, event: &Value) -> bool {
    let said = text(event, "/text").unwrap_or_default();
    me(envelope).is_some_and(|me| !said.contains(&format!("<@{me}")))
}

/// Iris's user in the workspace for which the delivery is.
fn me(envelope: &Value) -> Option<&str> {
    let bot = envelope
        .pointer("/authorizations/0/is_bot")
        .and_then(Value::as_bool)
        == Some(true);
    text(envelope, "/authorizations/0/user_id").filter(|_| bot)
}

fn event_time(envelope: &Value) -> Option<Moment> {
    let seconds = envelope.get("event_time")?.as_u64()?;
    Some(Moment(seconds.saturating_mul(1000)))
}

fn presence(name: &str, event: &Value) -> Option<Seen> {
    let user = text(event, "/user")?;
    let inviter = text(event, "/inviter").map(UserId::from);
    let by = inviter.clone();
    let presence = Presence {
        channel: text(event, "/channel")?.into(),
        user: user.into(),
        inviter,
    };
    let what = if name == "member_left_channel" {
        What::Left(presence)
    } else {
        What::Joined(presence)
    };
    Some(Seen {
        what: Some(what),
        by,
        author: Some(user_of(user)),
        app: None,
    })
}

fn reacted(name: &str, event: &Value) -> Option<Seen> {
    let user = text(event, "/user")?;
    let emoji = text(event, "/reaction")?;
    let what = What::Reacted(Reacted {
        // `wave::skin-tone-3` is a wave.
        emoji: emoji
            .split_once("::")
            .map_or(emoji, |(emoji, _)| emoji)
            .to_owned(),
        added: name == "reaction_added",
        message: MessageId {
            channel: text(event, "/item/channel")?.into(),
            ts: text(event, "/item/ts")?.to_owned(),
        },
        author: text(event, "/item_user").map(UserId::from),
    });
    Some(Seen {
        what: Some(what),
        author: Some(user_of(user)),
        ..Seen::default()
    })
}

fn home(event: &Value) -> Option<Seen> {
    // The messages tab of the app is another matter.
    matches!(text(event, "/tab"), None | Some("home")).then(|| Seen {
        what: Some(What::HomeOpened),
        ..Seen::default()
    })
}

fn renamed(event: &Value) -> Option<Seen> {
    let channel = text(event, "/channel/id")?.into();
    let name = text(event, "/channel/name")?.to_owned();
    Some(Seen {
        what: Some(What::ChannelRenamed { channel, name }),
        ..Seen::default()
    })
}

fn gone(event: &Value, deleted: bool) -> Option<Seen> {
    let channel = first(event, &["/channel", "/channel/id"])?.into();
    Some(Seen {
        what: Some(What::ChannelArchived { channel, deleted }),
        by: text(event, "/actor_id").map(UserId::from),
        ..Seen::default()
    })
}

fn back(event: &Value) -> Option<Seen> {
    let channel = first(event, &["/channel", "/channel/id"])?.into();
    Some(Seen {
        what: Some(What::ChannelUnarchived { channel }),
        by: text(event, "/actor_id").map(UserId::from),
        ..Seen::default()
    })
}

fn user_of(user: &str) -> Author {
    Author {
        user: Some(user.to_owned()),
        bot: None,
    }
}
