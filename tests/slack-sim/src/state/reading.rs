//! How far people have read, and what is new to them.

use serde::Serialize;
use serde_json::Value;

use super::State;
use super::changes::Subject;
use super::channel::{Channel, ChannelKind};
use super::message::Message;

/// What a person has not read in a channel.
#[derive(Clone, Copy, Debug, Default, Serialize, PartialEq, Eq)]
pub struct Unread {
    pub messages: usize,
    /// Those among them that call this person; in direct messages, all.
    pub mentions: usize,
}

impl State {
    /// Joining, leaving and other lines of Slack's own do not count, nor do answers in threads.
    pub(crate) fn unread(&self, user: &str, channel: &Channel) -> Unread {
        if !channel.has(user) {
            return Unread::default();
        }
        let read = self.read.get(&(user.to_owned(), channel.id.clone()));
        let new = self
            .messages
            .get(&channel.id)
            .into_iter()
            .flatten()
            .rev()
            .take_while(|message| read.is_none_or(|read| message.ts > *read))
            .filter(|message| counts(message, user));
        let mut unread = Unread::default();
        for message in new {
            unread.messages += 1;
            let direct = matches!(channel.kind, ChannelKind::Direct(_) | ChannelKind::Group);
            if direct || self.calls(message, user) {
                unread.mentions += 1;
            }
        }
        unread
    }

    /// This person has seen everything that stands in the channel.
    pub(crate) fn mark_read(&mut self, user: &str, channel: &str) {
        let last = self.messages.get(channel).and_then(|all| all.last());
        let Some(last) = last.map(|message| message.ts.clone()) else {
            return;
        };
        let key = (user.to_owned(), channel.to_owned());
        if self.read.insert(key, last.clone()) != Some(last) {
            self.changes.touch(Subject::Read(user.to_owned()));
        }
    }

    /// Whether the message names this person, a group they are in, or everybody.
    fn calls(&self, message: &Message, user: &str) -> bool {
        let groups = self
            .groups
            .iter()
            .filter(|group| !group.disabled && group.users.iter().any(|member| member == user));
        let mut names: Vec<String> = ["<!here", "<!channel", "<!everyone"]
            .map(str::to_owned)
            .into();
        names.push(format!("<@{user}"));
        names.extend(groups.map(|group| format!("<!subteam^{}", group.id)));
        let named = |text: &str| names.iter().any(|name| text.contains(name.as_str()));
        named(&message.text)
            || message
                .blocks
                .iter()
                .any(|block| within(block, user, &named))
    }
}

fn counts(message: &Message, user: &str) -> bool {
    let said = message
        .subtype
        .as_deref()
        .is_none_or(|kind| matches!(kind, "file_share" | "thread_broadcast"));
    said && message.user != user && (!message.is_reply() || message.broadcast)
}

/// Whether a text of the block names one of the names, or a mention in rich text is this person's.
fn within(value: &Value, user: &str, named: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| within(item, user, named)),
        Value::Object(fields) => fields.iter().any(|(key, value)| match value {
            Value::String(text) if key == "text" => named(text),
            Value::String(id) if key == "user_id" => id == user,
            Value::Array(_) | Value::Object(_) => within(value, user, named),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
