//! What a message says, and where it goes.

use serde::Deserialize;
use serde_json::Value;

use super::check::{self, at_most, not_found, not_now, some, too_large};
use crate::{
    effect::{Content, MessageRef, Place},
    incident::Refusal,
    step::{
        bindings::iris::step::types,
        json::{self, malformed},
        running::Running,
    },
};

/// Slack's limits on one message.
const TEXT: usize = 4_000;
const BLOCKS: usize = 50;
const BLOCK_TEXT: usize = 9_000;

/// Arguments of Slack's methods that are Iris's own.
const RESERVED: [&str; 7] = [
    "channel",
    "ts",
    "thread_ts",
    "text",
    "blocks",
    "metadata",
    "token",
];

impl Running {
    pub(super) fn content(&self, content: types::Content) -> Result<Content, Refusal> {
        some("`text`", &content.text)?;
        at_most("`text`", &content.text, TEXT)?;
        let blocks = content
            .blocks
            .map(|blocks| self.blocks(blocks))
            .transpose()?;
        let more = content.more.map(|more| self.more(more)).transpose()?;
        Ok(Content {
            text: content.text,
            blocks,
            more,
        })
    }

    fn blocks(&self, blocks: String) -> Result<String, Refusal> {
        #[derive(Deserialize)]
        struct Block {
            #[expect(dead_code, reason = "each block must have a type, whichever")]
            r#type: String,
        }
        let count = json::shape::<Vec<Block>>(&blocks, "blocks-json")?.len();
        if count == 0 || count > BLOCKS {
            let sentence = format!("`blocks` has {count} blocks, not 1 to {BLOCKS}.");
            return Err(too_large("blocks", sentence));
        }
        let (blocks, letters) = self.own_actions(blocks, "blocks-json")?;
        if letters > BLOCK_TEXT {
            let sentence = format!("`blocks` has more than {BLOCK_TEXT} characters of text.");
            return Err(too_large("blocks-text", sentence));
        }
        Ok(blocks)
    }

    fn more(&self, more: String) -> Result<String, Refusal> {
        let arguments = json::shape::<serde_json::Map<String, Value>>(&more, "more-json")?;
        if let Some(name) = RESERVED.iter().find(|name| arguments.contains_key(**name)) {
            let sentence = format!("`{name}` in `more` is Iris's own.");
            return Err(malformed("more-reserved", sentence));
        }
        Ok(self.own_actions(more, "more-json")?.0)
    }

    /// With the step's name before each action that is its own; and the characters of text.
    pub(super) fn own_actions(&self, json: String, code: &str) -> Result<(String, usize), Refusal> {
        let steps = &self.call.facts.team.steps;
        let others = |name: &str| name == "core" || steps.iter().any(|step| step.name == name);
        json::owned(json, self.owner.as_str(), others, code)
    }

    pub(super) fn where_to(&self, place: types::Place) -> Result<Place, Refusal> {
        Ok(match place {
            types::Place::Room => {
                self.incident()?;
                Place::Room
            }
            types::Place::Origin => {
                if self.incident()?.origin.is_none() {
                    let sentence = "The incident was not declared in a channel.";
                    return Err(not_now("no-origin", sentence));
                }
                Place::Origin
            }
            types::Place::Channel(channel) => {
                check::channel(&channel)?;
                Place::Channel(channel.into())
            }
            types::Place::Person(user) => Place::Person(check::user(&user)?),
            types::Place::Thread(message) => Place::Thread(self.message(&message)?),
        })
    }

    /// A message that somebody posted or wished.
    pub(super) fn message(&self, text: &str) -> Result<MessageRef, Refusal> {
        let message = check::message(text, &self.owner)?;
        match &message {
            MessageRef::Named { owner, name } if *owner == self.owner => self.own_message(name)?,
            MessageRef::Named { owner, name } => {
                let id = (owner.clone(), name.clone());
                if !self.call.facts.messages.contains(&id) {
                    return Err(unknown(text));
                }
            }
            MessageRef::Seen(_) => {}
        }
        Ok(message)
    }

    /// Whether this step has named a message so.
    pub(super) fn own_message(&self, name: &str) -> Result<(), Refusal> {
        check::name(name)?;
        let earlier = || {
            self.call
                .facts
                .messages
                .contains(&(self.owner.clone(), name.to_owned()))
        };
        let stands = self.named.get(name).map_or_else(earlier, Option::is_some);
        if stands { Ok(()) } else { Err(unknown(name)) }
    }
}

fn unknown(text: &str) -> Refusal {
    let sentence = format!(
        "Nobody has posted or wished the message `{}`.",
        check::short(text)
    );
    not_found("unknown-message", sentence)
}
