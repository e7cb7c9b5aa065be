//! From events to what the contract calls happenings.

use serde_json::json;

use super::{
    bindings::{
        exports::iris::step::handler as wit,
        iris::step::{facts, types},
    },
    call::{Call, FieldError, Typed},
    concerns::{TITLE_CHANGED, own},
    typed,
};
use crate::{
    clock::Moment,
    effect::view::Memo,
    event::{self, What},
    ids::{ChannelId, MessageId, Owner},
    incident::{Entry, Refusal, RefusalKind},
};

/// Bytes of an HTTP answer's body that a step sees.
const BODY: usize = 256 << 10;

/// `None`: the contract has no case for it, or it is not addressed to this step.
pub(super) fn event(call: &Call, me: &Owner) -> Option<wit::Event> {
    Some(wit::Event {
        id: call.event.id.clone(),
        at: call.event.at.0,
        by: call.event.by.as_ref().map(ToString::to_string),
        incident: call.event.incident,
        what: happening(call, me)?,
    })
}

fn happening(call: &Call, me: &Owner) -> Option<wit::Happening> {
    use wit::Happening as To;
    // A word may also be said by a mention, by a button, by a form of the core.
    if let Some(typed) = &call.typed {
        return Some(To::Command(command(call, typed)));
    }
    Some(match &call.event.what {
        What::Declared(declared) => {
            let answers = declared
                .answers
                .get(me)
                .map(|own| answers(own, me))
                .unwrap_or_default();
            To::Declared(wit::Declared { answers })
        }
        What::RoomOpened { channel, name } => To::RoomOpened(wit::RoomOpened {
            room: channel.to_string(),
            name: name.clone(),
        }),
        What::Joined(presence) => To::Joined(presence.user.to_string()),
        What::Left(presence) => To::Left(presence.user.to_string()),
        What::SeverityChanged { was, now, why: _ } => To::SeverityChanged(wit::SeverityChanged {
            was: was.clone(),
            now: now.clone(),
        }),
        What::StatusChanged { was, now, note } => To::StatusChanged(wit::StatusChanged {
            was: was.as_str().to_owned(),
            now: now.as_str().to_owned(),
            note: note.clone(),
        }),
        What::RoleChanged { role, was, now } => To::RoleChanged(wit::RoleChanged {
            role: role.clone(),
            was: was.as_ref().map(ToString::to_string),
            now: now.as_ref().map(ToString::to_string),
        }),
        What::EntryAdded { entry } => To::EntryAdded(self::entry(entry)),
        What::Pressed(pressed) => To::Pressed(wit::Pressed {
            action: own(&pressed.action, me)?.to_owned(),
            values: pressed.values.clone(),
            answers: answers(&pressed.answers, me),
            message: pressed
                .message
                .as_ref()
                .filter(|message| !message.ephemeral)
                .map(|message| message.id.opaque()),
            form: pressed.view.as_ref().and_then(|view| form(view, me)),
        }),
        What::Submitted(submitted) => To::Submitted(wit::Submitted {
            form: form(&submitted.view, me)?,
            answers: answers(&submitted.answers, me),
        }),
        What::Shortcut(shortcut) => To::Shortcut(wit::Shortcut {
            name: own(&shortcut.callback, me)?.to_owned(),
            message: shortcut.message.as_ref().map(seen),
        }),
        What::Reacted(reacted) => To::Reacted(wit::Reacted {
            emoji: reacted.emoji.clone(),
            added: reacted.added,
            message: call
                .facts
                .reacted
                .as_deref()
                .map_or_else(|| unread(reacted), seen),
        }),
        What::Said(message) => To::Said(seen(message)),
        What::Edited(message) => To::Edited(seen(message)),
        What::Deleted { message } => To::Deleted(message.opaque()),
        What::Timer {
            name,
            due,
            owner: _,
        } => To::Timer(wit::Timer {
            name: name.clone(),
            due: due.0,
        }),
        What::Answered {
            key,
            outcome,
            owner: _,
        } => To::Answered(wit::Answered {
            key: key.clone(),
            outcome: self::outcome(outcome),
        }),
        What::Invited {
            came,
            missing,
            owner: _,
        } => To::Invited(wit::Invited {
            came: came.iter().map(ToString::to_string).collect(),
            missing: missing
                .iter()
                .map(|m| wit::Missing {
                    who: m.who.clone(),
                    code: m.code.clone(),
                })
                .collect(),
        }),
        What::WishFailed(failed) => To::WishFailed(wit::WishFailed {
            wish: failed.wish.clone(),
            name: failed.name.clone(),
            trouble: trouble(&failed.trouble),
        }),
        What::TitleChanged { was, now } => To::Other(wit::Other {
            kind: TITLE_CHANGED.to_owned(),
            data: json!({ "was": was, "now": now }).to_string(),
        }),
        What::Other { name, data } => To::Other(wit::Other {
            kind: name.clone(),
            data: data.to_string(),
        }),
        What::FormClosed(_)
        | What::Alerted(_)
        | What::Command(_)
        | What::Mentioned(_)
        | What::HomeOpened
        | What::MenuAsked(_)
        | What::ChannelRenamed { .. }
        | What::ChannelArchived { .. }
        | What::ChannelUnarchived { .. }
        | What::Parked(_)
        | What::Settled(_)
        | What::Held { .. }
        | What::CaughtUp { .. }
        | What::Installed(_) => return None,
    })
}

fn command(call: &Call, typed: &Typed) -> wit::Command {
    let room = || {
        let incident = call.facts.incident.as_ref()?;
        incident.room.as_ref().map(|room| room.channel.clone())
    };
    let channel = if let What::Command(command) = &call.event.what {
        Some(command.channel.clone())
    } else if let What::Mentioned(seen) = &call.event.what {
        Some(seen.id.channel.clone())
    } else if let What::Pressed(pressed) = &call.event.what {
        pressed.channel.clone().or_else(room)
    } else {
        room()
    };
    let text = typed::text(&typed.rest);
    wit::Command {
        word: typed.word.clone(),
        words: typed::words(&text),
        text,
        channel: channel
            .map(|channel| channel.to_string())
            .unwrap_or_default(),
    }
}

/// Also how `facts.entries` tells it.
pub(super) fn entry(entry: &Entry) -> facts::Entry {
    facts::Entry {
        seq: entry.seq,
        at: entry.at.0,
        kind: entry.kind.clone(),
        step: (!entry.owner.is_core()).then(|| entry.owner.to_string()),
        by: entry.by.as_ref().map(ToString::to_string),
        text: entry.text.clone(),
        data: entry.data.as_ref().map(ToString::to_string),
        message: entry.message.as_ref().map(MessageId::opaque),
    }
}

/// Elements that are not inputs answer under their action id, which the step wrote without its
/// name.
fn answers(answers: &[event::Answer], me: &Owner) -> Vec<types::Answer> {
    answers
        .iter()
        .map(|answer| types::Answer {
            field: own(&answer.field, me).unwrap_or(&answer.field).to_owned(),
            values: answer.values.clone(),
        })
        .collect()
}

/// `None` when the form is another's.
fn form(view: &event::View, me: &Owner) -> Option<wit::Form> {
    let Memo { memo, .. } = Memo::parse(&view.memo);
    Some(wit::Form {
        name: own(&view.callback, me)?.to_owned(),
        memo,
    })
}

fn seen(message: &event::SeenMessage) -> wit::SeenMessage {
    wit::SeenMessage {
        id: message.id.opaque(),
        channel: message.id.channel.to_string(),
        thread: message
            .thread
            .as_ref()
            .map(|ts| in_channel(&message.id.channel, ts)),
        author: message.author.as_ref().map(ToString::to_string),
        at: message.at.0,
        text: message.text.clone(),
        files: message.files.clone(),
    }
}

/// A message of which only the place is known.
fn unread(reacted: &event::Reacted) -> wit::SeenMessage {
    wit::SeenMessage {
        id: reacted.message.opaque(),
        channel: reacted.message.channel.to_string(),
        thread: None,
        author: reacted.author.as_ref().map(ToString::to_string),
        at: written_at(&reacted.message).0,
        text: String::new(),
        files: vec![],
    }
}

/// Slack's timestamps are seconds, with a fraction that makes them unique.
fn written_at(message: &MessageId) -> Moment {
    let seconds = message
        .ts
        .split('.')
        .next()
        .and_then(|seconds| seconds.parse::<u64>().ok());
    Moment(seconds.unwrap_or_default().saturating_mul(1000))
}

fn in_channel(channel: &ChannelId, ts: &str) -> String {
    MessageId {
        channel: channel.clone(),
        ts: ts.to_owned(),
    }
    .opaque()
}

fn outcome(outcome: &event::Outcome) -> wit::Outcome {
    match outcome {
        event::Outcome::Slack(answer) => wit::Outcome::Slack(answer.to_string()),
        event::Outcome::Http {
            status,
            headers,
            body,
        } => wit::Outcome::Http(wit::Response {
            status: *status,
            headers: headers
                .iter()
                .map(|(name, value)| types::Header {
                    name: name.clone(),
                    value: value.clone(),
                })
                .collect(),
            body: body[..body.len().min(BODY)].to_vec(),
        }),
        event::Outcome::Failed(why) => wit::Outcome::Failed(trouble(why)),
    }
}

fn trouble(trouble: &event::Trouble) -> wit::Trouble {
    wit::Trouble {
        code: trouble.code.clone(),
        sentence: trouble.sentence.clone(),
    }
}

impl From<wit::FieldError> for FieldError {
    fn from(error: wit::FieldError) -> Self {
        Self {
            field: error.field,
            sentence: error.sentence,
        }
    }
}

impl From<Refusal> for types::Refusal {
    fn from(refusal: Refusal) -> Self {
        let kind = match refusal.kind {
            RefusalKind::NotGranted => types::RefusalKind::NotGranted,
            RefusalKind::NotFound => types::RefusalKind::NotFound,
            RefusalKind::Malformed => types::RefusalKind::Malformed,
            RefusalKind::TooLarge => types::RefusalKind::TooLarge,
            RefusalKind::NotNow => types::RefusalKind::NotNow,
            RefusalKind::Conflict => types::RefusalKind::Conflict,
        };
        Self {
            kind,
            code: refusal.code,
            sentence: refusal.sentence,
        }
    }
}
