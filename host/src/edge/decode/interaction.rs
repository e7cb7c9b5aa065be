//! Buttons, menus, forms and shortcuts: what arrives as `payload`.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    Author, Came, Delivery, Draft, Kind, Malformed,
    answers::{answers, values_of},
    json::{first, moment, owned, text},
    message, other, team,
};
use crate::{
    event::{
        FormClosed, MenuAsked, Pressed, PressedMessage, Reply, Shortcut, Submitted, View, What,
    },
    ids::MessageId,
};

pub(super) fn decode(payload: Value, came: &Came) -> Result<Delivery, Malformed> {
    let name = text(&payload, "/type")
        .ok_or(Malformed::Missing("type"))?
        .to_owned();
    let known = match &*name {
        "block_actions" => pressed(&payload),
        "view_submission" => submitted(&payload),
        "view_closed" => closed(&payload),
        "shortcut" | "message_action" => shortcut(&payload),
        "block_suggestion" => asked(&payload),
        _ => None,
    };
    let team = team::of_interaction(&payload);
    let whole = payload["is_enterprise_install"] == Value::Bool(true);
    let org = text(&payload, "/enterprise/id")
        .filter(|_| whole)
        .map(Into::into);
    let at = first(&payload, &["/actions/0/action_ts", "/action_ts"]).and_then(moment);
    let by = text(&payload, "/user/id").map(Into::into);
    let Known { kind, id, what } = known.unwrap_or_else(|| Known {
        kind: Kind::Other,
        id: trigger_id(&payload),
        what: other(&name, payload),
    });
    Ok(Draft {
        kind,
        id,
        team,
        at,
        by,
        author: Author::default(),
        org,
        what,
    }
    .finish(came))
}

/// An interaction that this version knows.
struct Known {
    kind: Kind,
    id: Option<String>,
    what: What,
}

/// One act of a person has one trigger.
fn trigger_id(payload: &Value) -> Option<String> {
    text(payload, "/trigger_id").map(|trigger| format!("trigger:{trigger}"))
}

/// A form pressed twice is one submission: the same view in the same version, filled in the same.
fn sent_id(view: &View, payload: &Value) -> String {
    let state = payload
        .pointer("/view/state")
        .unwrap_or(&Value::Null)
        .to_string();
    let digest = hex::encode(&Sha256::digest(state)[..8]);
    format!("view:{}:{}:{digest}", view.id, view.hash)
}

fn pressed(payload: &Value) -> Option<Known> {
    // Slack sends one action at a time, whatever the list suggests.
    let action = payload.pointer("/actions/0")?;
    let channel = first(payload, &["/channel/id", "/container/channel_id"]);
    let state = payload
        .pointer("/view/state")
        .or_else(|| payload.get("state"));
    let blocks = payload
        .pointer("/view/blocks")
        .or_else(|| payload.pointer("/message/blocks"));
    let ts = first(payload, &["/container/message_ts", "/message/ts"]);
    let message = channel.zip(ts).map(|(channel, ts)| PressedMessage {
        id: MessageId {
            channel: channel.into(),
            ts: ts.to_owned(),
        },
        ephemeral: payload
            .pointer("/container/is_ephemeral")
            .and_then(Value::as_bool)
            == Some(true),
        thread: first(payload, &["/container/thread_ts", "/message/thread_ts"])
            .filter(|thread| *thread != ts)
            .map(str::to_owned),
    });
    let what = What::Pressed(Pressed {
        action: text(action, "/action_id")?.to_owned(),
        block: owned(action, "/block_id"),
        values: values_of(action),
        answers: answers(state, blocks),
        channel: channel.map(Into::into),
        message,
        view: view(payload),
        reply: reply(payload),
    });
    Some(Known {
        kind: Kind::Pressed,
        id: trigger_id(payload),
        what,
    })
}

fn submitted(payload: &Value) -> Option<Known> {
    let view = view(payload)?;
    let id = Some(sent_id(&view, payload));
    let answers = answers(
        payload.pointer("/view/state"),
        payload.pointer("/view/blocks"),
    );
    let what = What::Submitted(Submitted {
        view,
        answers,
        reply: reply(payload),
    });
    Some(Known {
        kind: Kind::Submitted,
        id,
        what,
    })
}

fn closed(payload: &Value) -> Option<Known> {
    let view = view(payload)?;
    let id = Some(format!("closed:{}:{}", view.id, view.hash));
    Some(Known {
        kind: Kind::Closed,
        id,
        what: What::FormClosed(FormClosed { view }),
    })
}

fn shortcut(payload: &Value) -> Option<Known> {
    let channel = text(payload, "/channel/id");
    let message = payload
        .get("message")
        .zip(channel)
        .and_then(|(seen, channel)| message::seen(seen, channel, text(payload, "/message_ts")));
    let callback = text(payload, "/callback_id")?.to_owned();
    let what = What::Shortcut(Shortcut {
        callback,
        message,
        reply: reply(payload),
    });
    Some(Known {
        kind: Kind::Shortcut,
        id: trigger_id(payload),
        what,
    })
}

fn asked(payload: &Value) -> Option<Known> {
    let what = What::MenuAsked(MenuAsked {
        callback: text(payload, "/view/callback_id")?.to_owned(),
        field: text(payload, "/block_id")?.to_owned(),
        typed: owned(payload, "/value"),
    });
    Some(Known {
        kind: Kind::Asked,
        id: None,
        what,
    })
}

fn view(payload: &Value) -> Option<View> {
    let view = payload.get("view")?;
    Some(View {
        id: text(view, "/id")?.to_owned(),
        hash: owned(view, "/hash"),
        callback: owned(view, "/callback_id"),
        memo: owned(view, "/private_metadata"),
    })
}

fn reply(payload: &Value) -> Reply {
    let url = first(payload, &["/response_url", "/response_urls/0/response_url"]);
    Reply {
        trigger: text(payload, "/trigger_id").map(str::to_owned),
        response_url: url.map(str::to_owned),
    }
}
