//! How an effect is sent: after what, in which order, until when.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    clock::Moment,
    effect::{MessageRef, Need},
    ids::{MessageId, Owner},
};

/// How an effect is sent.
#[derive(Default)]
pub(super) struct Sending {
    pub(super) needs: Vec<Need>,
    pub(super) order: Option<String>,
    pub(super) slot: Option<String>,
    pub(super) until: Option<Moment>,
}

impl Sending {
    pub(super) fn in_room(mut self) -> Self {
        self.needs.push(Need::Room);
        self
    }

    pub(super) fn order(mut self, order: &str) -> Self {
        self.order = Some(order.to_owned());
        self
    }

    pub(super) fn slot(mut self, slot: &str) -> Self {
        self.slot = Some(slot.to_owned());
        self
    }

    pub(super) fn unordered(mut self) -> Self {
        self.order = None;
        self
    }

    pub(super) fn until(mut self, ms: u64) -> Self {
        self.until = Some(Moment(ms));
        self
    }
}

/// What happens to one message happens in order.
pub(super) fn on_message(message: &MessageRef) -> Sending {
    let order = format!("message:{}", label(message));
    Sending {
        needs: message_need(message),
        ..Sending::default()
    }
    .order(&order)
}

pub(super) fn message_need(message: &MessageRef) -> Vec<Need> {
    match message {
        MessageRef::Named { owner, name } => {
            vec![Need::Message {
                owner: owner.clone(),
                name: name.clone(),
            }]
        }
        MessageRef::Seen(_) => vec![],
    }
}

pub(super) fn label(message: &MessageRef) -> String {
    match message {
        MessageRef::Named { owner, name } => format!("{owner}/{name}"),
        MessageRef::Seen(MessageId { channel, ts }) => format!("{channel}:{ts}"),
    }
}

/// What the placeholders in a call's arguments wait for: `{room}`, `{message:NAME}`.
pub(super) fn needs_of(owner: &Owner, arguments: &str) -> Vec<Need> {
    let Ok(Value::Object(arguments)) = serde_json::from_str(arguments) else {
        return vec![];
    };
    let needs: BTreeSet<Need> = arguments
        .values()
        .filter_map(Value::as_str)
        .filter_map(|value| {
            if value == "{room}" {
                return Some(Need::Room);
            }
            let name = value.strip_prefix("{message:")?.strip_suffix('}')?;
            Some(Need::Message {
                owner: owner.clone(),
                name: name.to_owned(),
            })
        })
        .collect();
    needs.into_iter().collect()
}
