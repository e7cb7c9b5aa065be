//! Writing, changing, deleting messages; reactions.

use super::{Person, Refused, channel_to_write_in, seen_channel};
use crate::state::State;
use crate::state::message::Message;
use crate::state::posting::Edit;
use crate::story::{Deed, addressee, place_of, words_of};

impl Person {
    /// Writes in a channel; `@iris` is the app's direct messages.
    pub fn say(&self, channel: &str, text: &str) -> Result<Message, Refused> {
        self.write(channel, text, None)
    }

    /// Answers in the thread of `message`.
    pub fn reply(&self, message: &Message, text: &str) -> Result<Message, Refused> {
        let root = message.thread_ts.as_ref().unwrap_or(&message.ts);
        self.write(&message.channel, text, Some(root.clone()))
    }

    /// Changes a message of their own.
    pub fn edit(&self, message: &Message, text: &str) -> Result<Message, Refused> {
        self.act(|state, user| {
            own(state, user, message)?;
            state.tell(|state| Deed::Edit {
                place: place_of(state, &message.channel),
                message: words_of(state, &message.channel, &message.ts),
                text: text.to_owned(),
            });
            let edit = Edit {
                text: Some(state.escaped_message(text)),
                blocks: Some(state.typed_blocks(text)),
                metadata: None,
            };
            state
                .edit(&message.channel, &message.ts, user, edit)
                .ok_or(Refused::NoSuchMessage)
        })
    }

    /// Deletes a message of their own.
    pub fn delete(&self, message: &Message) -> Result<(), Refused> {
        self.act(|state, user| {
            own(state, user, message)?;
            state.tell(|state| Deed::Delete {
                place: place_of(state, &message.channel),
                message: words_of(state, &message.channel, &message.ts),
            });
            state
                .delete(&message.channel, &message.ts)
                .ok_or(Refused::NoSuchMessage)
        })
    }

    /// Uploads a file, for a form that asks for one. Its id.
    pub fn upload(&self, name: &str, content: Vec<u8>) -> Result<String, Refused> {
        self.act(|state, user| Ok(state.bring(user, name, content)))
    }

    /// Shares a file in a channel, with words about it or without.
    pub fn share(
        &self,
        channel: &str,
        (name, content): (&str, Vec<u8>),
        text: &str,
    ) -> Result<Message, Refused> {
        self.act(|state, user| {
            let channel = channel_to_write_in(state, user, channel)?;
            state.tell(|state| Deed::Share {
                place: place_of(state, &channel.id),
                file: name.to_owned(),
                text: text.to_owned(),
            });
            let file = state.bring(user, name, content);
            let message = Message {
                channel: channel.id,
                user: user.to_owned(),
                text: state.escaped_message(text),
                blocks: state.typed_blocks(text),
                ..Message::default()
            };
            Ok(state.post_with(vec![file], message))
        })
    }

    /// Puts an emoji on a message; its name without colons.
    pub fn react(&self, message: &Message, emoji: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            seen_channel(state, user, &message.channel)?;
            state.tell(|state| reaction(state, message, emoji, true));
            let put = state.react(&message.channel, &message.ts, user, emoji);
            put.map(drop).ok_or(Refused::NoSuchMessage)
        })
    }

    /// Takes their emoji off again.
    pub fn unreact(&self, message: &Message, emoji: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            seen_channel(state, user, &message.channel)?;
            state.tell(|state| reaction(state, message, emoji, false));
            let taken = state.unreact(&message.channel, &message.ts, user, emoji);
            taken.map(drop).ok_or(Refused::NoSuchMessage)
        })
    }

    fn write(
        &self,
        channel: &str,
        text: &str,
        thread_ts: Option<String>,
    ) -> Result<Message, Refused> {
        self.act(|state, user| {
            let channel = channel_to_write_in(state, user, channel)?;
            if thread_ts
                .as_ref()
                .is_some_and(|root| state.message(&channel.id, root).is_none())
            {
                return Err(Refused::NoSuchMessage);
            }
            state.tell(|state| match &thread_ts {
                None => Deed::Say {
                    place: addressee(state, &channel.id),
                    text: text.to_owned(),
                },
                Some(root) => Deed::Answer {
                    place: place_of(state, &channel.id),
                    message: words_of(state, &channel.id, root),
                    text: text.to_owned(),
                },
            });
            let message = Message {
                channel: channel.id,
                user: user.to_owned(),
                text: state.escaped_message(text),
                blocks: state.typed_blocks(text),
                thread_ts,
                ..Message::default()
            };
            Ok(state.post(message))
        })
    }
}

fn reaction(state: &State, message: &Message, emoji: &str, on: bool) -> Deed {
    Deed::React {
        place: place_of(state, &message.channel),
        emoji: emoji.to_owned(),
        message: words_of(state, &message.channel, &message.ts),
        on,
    }
}

fn own(state: &State, user: &str, message: &Message) -> Result<(), Refused> {
    let known = state
        .message(&message.channel, &message.ts)
        .ok_or(Refused::NoSuchMessage)?;
    if known.user != user || known.by_app {
        return Err(Refused::NotTheirs);
    }
    Ok(())
}
