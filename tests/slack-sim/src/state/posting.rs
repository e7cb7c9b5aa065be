//! What changes messages and membership, each with the events that follow from it.

use serde_json::{Value, json};

use super::State;
use super::changes::Subject;
use super::channel::Note;
use super::message::{Edited, Message, Reaction};

impl State {
    /// Puts a message into its channel; gives it its timestamp.
    pub(crate) fn post(&mut self, mut message: Message) -> Message {
        message.ts = self.next_ts();
        message.blocks = self.with_ids(message.blocks);
        if message.broadcast {
            message.subtype = Some("thread_broadcast".into());
        }
        self.file_in_thread(&message);
        self.touch_message(&message.channel, &message.ts);
        self.messages
            .entry(message.channel.clone())
            .or_default()
            .push(message.clone());
        // Whoever writes has read what stands above.
        self.mark_read(&message.user, &message.channel);
        let mut event = self.message_json(&message);
        event["channel"] = json!(message.channel);
        event["event_ts"] = json!(message.ts);
        let is_typed = !message.by_app && self.other_bot(&message.user).is_none();
        if is_typed && message.subtype.is_none() {
            event["client_msg_id"] = json!(self.next_secret());
        }
        self.emit_message(&message.channel, event.clone());
        let mention = format!("<@{}>", self.bot_user_id());
        if !message.by_app && message.subtype.is_none() && message.text.contains(&mention) {
            event["type"] = json!("app_mention");
            self.emit("app_mention", Some(&message.channel), &event);
        }
        message
    }

    /// Posts one of Slack's own lines, such as "has joined the channel".
    pub(crate) fn post_notice(&mut self, channel: &str, user: &str, subtype: &str, more: Value) {
        let what = match subtype {
            "channel_join" => "has joined the channel".to_owned(),
            "channel_leave" => "has left the channel".to_owned(),
            "channel_archive" => "archived the channel".to_owned(),
            "channel_unarchive" => "un-archived the channel".to_owned(),
            "channel_name" => format!(
                "has renamed the channel from \"{}\" to \"{}\"",
                more["old_name"].as_str().unwrap_or_default(),
                more["name"].as_str().unwrap_or_default()
            ),
            setting => {
                let name = setting.trim_start_matches("channel_");
                format!(
                    "set the channel {name}: {}",
                    more[name].as_str().unwrap_or_default()
                )
            }
        };
        self.post(Message {
            channel: channel.to_owned(),
            user: user.to_owned(),
            text: format!("<@{user}> {what}"),
            subtype: Some(subtype.to_owned()),
            by_app: false,
            more: Some(more),
            ..Message::default()
        });
    }

    /// Replaces text and blocks; the message must be there.
    pub(crate) fn edit(
        &mut self,
        channel: &str,
        ts: &str,
        by: &str,
        edit: Edit,
    ) -> Option<Message> {
        let before = self.message_json(self.message(channel, ts)?);
        let blocks = edit.blocks.map(|blocks| self.with_ids(blocks));
        let edited = Edited {
            user: by.to_owned(),
            ts: self.next_ts(),
        };
        let message = self.message_mut(channel, ts)?;
        if let Some(text) = edit.text {
            message.text = text;
        }
        if let Some(blocks) = blocks {
            message.blocks = blocks;
        }
        if let Some(metadata) = edit.metadata {
            message.metadata = Some(metadata);
        }
        message.edited = Some(edited);
        let message = message.clone();
        self.emit_changed(&message, &before);
        Some(message)
    }

    /// Takes a message away; one with answers leaves a stone in its place.
    pub(crate) fn delete(&mut self, channel: &str, ts: &str) -> Option<()> {
        let message = self.message(channel, ts)?.clone();
        let before = self.message_json(&message);
        if self.is_pinned(channel, ts)
            && let Some(channel) = self.channel_mut(channel)
        {
            channel.pins.retain(|pin| pin.ts != ts);
        }
        if self.replies(channel, ts).next().is_some() {
            let stone = self.message_mut(channel, ts)?;
            *stone = Message {
                channel: message.channel,
                ts: message.ts,
                user: "USLACKBOT".into(),
                text: "This message was deleted.".into(),
                thread_ts: message.thread_ts,
                subtype: Some("tombstone".into()),
                ..Message::default()
            };
            let stone = stone.clone();
            self.emit_changed(&stone, &before);
            return Some(());
        }
        self.messages
            .get_mut(channel)?
            .retain(|message| message.ts != ts);
        self.touch_message(channel, ts);
        if let Some(root) = message.thread_ts.filter(|root| root != ts) {
            if let Some(thread) = self.threads.get_mut(&(channel.to_owned(), root.clone())) {
                thread.retain(|reply| reply != ts);
            }
            self.touch_message(channel, &root);
        }
        let now = self.next_ts();
        self.emit_message(
            channel,
            json!({
                "type": "message",
                "subtype": "message_deleted",
                "hidden": true,
                "channel": channel,
                "deleted_ts": ts,
                "previous_message": before,
                "ts": now,
                "event_ts": now,
            }),
        );
        Some(())
    }

    /// False where this person had put the same emoji already.
    pub(crate) fn react(
        &mut self,
        channel: &str,
        ts: &str,
        user: &str,
        name: &str,
    ) -> Option<bool> {
        let message = self.message_mut(channel, ts)?;
        let author = message.user.clone();
        match message
            .reactions
            .iter_mut()
            .find(|reaction| reaction.name == name)
        {
            Some(reaction) if reaction.users.iter().any(|has| has == user) => return Some(false),
            Some(reaction) => reaction.users.push(user.to_owned()),
            None => message.reactions.push(Reaction {
                name: name.to_owned(),
                users: vec![user.to_owned()],
            }),
        }
        self.emit_reaction("reaction_added", (channel, ts), user, name, &author);
        Some(true)
    }

    /// False where this person had not put that emoji.
    pub(crate) fn unreact(
        &mut self,
        channel: &str,
        ts: &str,
        user: &str,
        name: &str,
    ) -> Option<bool> {
        let message = self.message_mut(channel, ts)?;
        let author = message.user.clone();
        let Some(reaction) = message
            .reactions
            .iter_mut()
            .find(|reaction| reaction.name == name && reaction.users.iter().any(|has| has == user))
        else {
            return Some(false);
        };
        reaction.users.retain(|has| has != user);
        message
            .reactions
            .retain(|reaction| !reaction.users.is_empty());
        self.emit_reaction("reaction_removed", (channel, ts), user, name, &author);
        Some(true)
    }

    /// Puts `user` into the channel; `inviter` is who brought them.
    pub(crate) fn join(&mut self, channel: &str, user: &str, inviter: Option<&str>) {
        let Some(joined) = self
            .channel_mut(channel)
            .filter(|channel| !channel.has(user))
        else {
            return;
        };
        joined.members.push(user.to_owned());
        let kind = if joined.is_public() { "C" } else { "G" };
        let more = inviter.map_or(json!({}), |inviter| json!({ "inviter": inviter }));
        self.post_notice(channel, user, "channel_join", more.clone());
        let mut event = json!({
            "type": "member_joined_channel",
            "user": user,
            "channel": channel,
            "channel_type": kind,
            "team": self.settings.team.id,
            "event_ts": self.next_ts(),
        });
        if let Some(inviter) = inviter {
            event["inviter"] = json!(inviter);
        }
        self.emit("member_joined_channel", Some(channel), &event);
    }

    pub(crate) fn leave(&mut self, channel: &str, user: &str) {
        let Some(left) = self
            .channel_mut(channel)
            .filter(|channel| channel.has(user))
        else {
            return;
        };
        left.members.retain(|member| member != user);
        let kind = if left.is_public() { "C" } else { "G" };
        self.post_notice(channel, user, "channel_leave", json!({}));
        let event = json!({
            "type": "member_left_channel",
            "user": user,
            "channel": channel,
            "channel_type": kind,
            "team": self.settings.team.id,
            "event_ts": self.next_ts(),
        });
        self.emit("member_left_channel", Some(channel), &event);
    }

    pub(crate) fn set_topic(&mut self, channel: &str, user: &str, topic: &str) {
        let note = self.note(user, topic);
        if let Some(channel) = self.channel_mut(channel) {
            channel.topic = note;
        }
        self.post_notice(channel, user, "channel_topic", json!({ "topic": topic }));
    }

    pub(crate) fn set_purpose(&mut self, channel: &str, user: &str, purpose: &str) {
        let note = self.note(user, purpose);
        if let Some(channel) = self.channel_mut(channel) {
            channel.purpose = note;
        }
        self.post_notice(
            channel,
            user,
            "channel_purpose",
            json!({ "purpose": purpose }),
        );
    }

    pub(crate) fn rename(&mut self, channel: &str, user: &str, name: &str) {
        let Some(renamed) = self.channel_mut(channel) else {
            return;
        };
        let old = std::mem::replace(&mut renamed.name, name.to_owned());
        renamed.previous_names.insert(0, old.clone());
        let (created, public) = (renamed.created, renamed.is_public());
        let more = json!({ "old_name": old, "name": name });
        self.post_notice(channel, user, "channel_name", more);
        let kind = if public {
            "channel_rename"
        } else {
            "group_rename"
        };
        let event = json!({
            "type": kind,
            "channel": { "id": channel, "name": name, "created": created },
            "event_ts": self.next_ts(),
        });
        self.emit(kind, Some(channel), &event);
    }

    /// Archives the channel or opens it again.
    pub(crate) fn set_archived(&mut self, channel: &str, user: &str, archived: bool) {
        let notice = if archived {
            "channel_archive"
        } else {
            "channel_unarchive"
        };
        self.post_notice(channel, user, notice, json!({}));
        let Some(changed) = self.channel_mut(channel) else {
            return;
        };
        changed.archived = archived;
        let public = changed.is_public();
        let kind = match (public, archived) {
            (true, true) => "channel_archive",
            (true, false) => "channel_unarchive",
            (false, true) => "group_archive",
            (false, false) => "group_unarchive",
        };
        let event = json!({
            "type": kind,
            "channel": channel,
            "user": user,
            "event_ts": self.next_ts(),
        });
        self.emit(kind, Some(channel), &event);
    }

    /// An answer stands in its thread, whose root then counts one more.
    fn file_in_thread(&mut self, message: &Message) {
        let Some(root) = message.thread_ts.as_ref().filter(|_| message.is_reply()) else {
            return;
        };
        let thread = (message.channel.clone(), root.clone());
        self.threads
            .entry(thread)
            .or_default()
            .push(message.ts.clone());
        self.touch_message(&message.channel, root);
    }

    /// Deletes the channel with everything that was said in it.
    pub(crate) fn delete_channel(&mut self, channel: &str, user: &str) {
        let Some(public) = self.channel(channel).map(super::Channel::is_public) else {
            return;
        };
        let kind = if public {
            "channel_deleted"
        } else {
            "group_deleted"
        };
        let event = json!({
            "type": kind,
            "channel": channel,
            "actor_id": user,
            "event_ts": self.next_ts(),
        });
        self.emit(kind, Some(channel), &event);
        self.changes.touch(Subject::Channel(channel.to_owned()));
        self.channels.retain(|known| known.id != channel);
    }

    fn note(&self, user: &str, value: &str) -> Note {
        Note {
            value: value.to_owned(),
            creator: user.to_owned(),
            last_set: self.clock.seconds(),
        }
    }
}

/// What an edit replaces; `None` stays as it was.
#[derive(Default)]
pub(crate) struct Edit {
    pub(crate) text: Option<String>,
    pub(crate) blocks: Option<Vec<Value>>,
    pub(crate) metadata: Option<Value>,
}
