//! Messages, and their JSON in the Web API and in events.

use serde::Serialize;
use serde_json::{Value, json};

use super::State;
use super::changes::Subject;

#[derive(Clone, Debug, Default, Serialize)]
pub struct Message {
    pub channel: String,
    pub ts: String,
    /// Who wrote it: a person, or the app's bot user.
    pub user: String,
    /// Whether the app posted it.
    pub by_app: bool,
    pub text: String,
    pub blocks: Vec<Value>,
    /// The older kind of what blocks do; kept and shown as they were given.
    pub attachments: Vec<Value>,
    /// The message that this one answers; its own `ts` where it has answers itself.
    pub thread_ts: Option<String>,
    /// An answer that is shown in the channel as well.
    pub broadcast: bool,
    /// As Slack writes it: `channel_join`, `channel_topic`, `file_share`, …
    pub subtype: Option<String>,
    pub metadata: Option<Value>,
    pub edited: Option<Edited>,
    pub reactions: Vec<Reaction>,
    /// Ids of files.
    pub files: Vec<String>,
    /// Fields that only this subtype has, such as `topic` or `inviter`.
    #[serde(skip)]
    pub(crate) more: Option<Value>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Edited {
    pub user: String,
    pub ts: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Reaction {
    /// Without colons.
    pub name: String,
    pub users: Vec<String>,
}

impl Message {
    /// Whether it stands in a thread only, not in the channel.
    pub fn is_reply(&self) -> bool {
        self.thread_ts.as_ref().is_some_and(|root| *root != self.ts)
    }
}

impl State {
    pub(crate) fn message(&self, channel: &str, ts: &str) -> Option<&Message> {
        let all = self.messages.get(channel)?;
        all.get(place(all, ts)?)
    }

    /// For a change, which is noted.
    pub(crate) fn message_mut(&mut self, channel: &str, ts: &str) -> Option<&mut Message> {
        let all = self.messages.get_mut(channel)?;
        let place = place(all, ts)?;
        self.changes.touch(Subject::Message {
            channel: channel.to_owned(),
            ts: ts.to_owned(),
        });
        all.get_mut(place)
    }

    /// Notes that a message reads differently, though it is the same.
    pub(crate) fn touch_message(&mut self, channel: &str, ts: &str) {
        self.changes.touch(Subject::Message {
            channel: channel.to_owned(),
            ts: ts.to_owned(),
        });
    }

    /// The answers under `root`, oldest first.
    pub(crate) fn replies<'a>(
        &'a self,
        channel: &str,
        root: &str,
    ) -> impl Iterator<Item = &'a Message> + use<'a> {
        let all = self.messages.get(channel);
        self.threads
            .get(&(channel.to_owned(), root.to_owned()))
            .into_iter()
            .flatten()
            .filter_map(move |ts| all?.get(place(all?, ts)?))
    }

    /// The message as answers and events carry it, without its metadata.
    pub(crate) fn message_json(&self, message: &Message) -> Value {
        let mut json = json!({
            "type": "message",
            "user": message.user,
            "text": message.text,
            "ts": message.ts,
            "team": self.settings.team.id,
        });
        if let Some([bot, app, name]) = self.bot_of(message) {
            json["bot_id"] = json!(bot);
            json["app_id"] = json!(app);
            json["bot_profile"] = json!({
                "id": bot,
                "app_id": app,
                "user_id": message.user,
                "name": name,
                "deleted": false,
                "updated": 0,
                "team_id": self.settings.team.id,
            });
        }
        if !message.blocks.is_empty() {
            json["blocks"] = json!(message.blocks);
        }
        if !message.attachments.is_empty() {
            json["attachments"] = json!(message.attachments);
        }
        if let Some(subtype) = &message.subtype {
            json["subtype"] = json!(subtype);
        }
        if let Some(edited) = &message.edited {
            json["edited"] = json!(edited);
        }
        if !message.files.is_empty() {
            let files: Vec<Value> = message.files.iter().map(|id| self.file_json(id)).collect();
            json["files"] = json!(files);
            json["upload"] = json!(true);
        }
        if !message.reactions.is_empty() {
            let reactions = message.reactions.iter().map(|reaction| {
                json!({
                    "name": reaction.name,
                    "users": reaction.users,
                    "count": reaction.users.len(),
                })
            });
            json["reactions"] = reactions.collect();
        }
        if self.is_pinned(&message.channel, &message.ts) {
            json["pinned_to"] = json!([message.channel]);
        }
        self.add_thread(message, &mut json);
        if let (Some(Value::Object(more)), Some(object)) = (&message.more, json.as_object_mut()) {
            object.extend(more.clone());
        }
        json
    }

    /// The bot's id, the app's id and its name, where no person wrote the message.
    fn bot_of(&self, message: &Message) -> Option<[String; 3]> {
        if message.by_app {
            let app = self.settings.app.clone();
            return Some([app.bot_id, app.id, app.name]);
        }
        let bot = self.other_bot(&message.user)?;
        let id = bot.id.trim_start_matches('U');
        Some([format!("B{id}"), format!("A{id}"), bot.real_name.clone()])
    }

    pub(crate) fn is_pinned(&self, channel: &str, ts: &str) -> bool {
        self.channel(channel)
            .is_some_and(|channel| channel.pins.iter().any(|pin| pin.ts == ts))
    }

    pub(crate) fn permalink(&self, message: &Message) -> String {
        let domain = &self.settings.team.domain;
        let digits = message.ts.replace('.', "");
        let channel = &message.channel;
        let link = format!("https://{domain}.slack.com/archives/{channel}/p{digits}");
        match message.thread_ts.as_ref().filter(|_| message.is_reply()) {
            Some(root) => format!("{link}?thread_ts={root}&cid={channel}"),
            None => link,
        }
    }

    fn add_thread(&self, message: &Message, json: &mut Value) {
        if message.is_reply() {
            json["thread_ts"] = json!(message.thread_ts);
            let root = message.thread_ts.as_deref().unwrap_or_default();
            if let Some(parent) = self.message(&message.channel, root) {
                json["parent_user_id"] = json!(parent.user);
                if message.broadcast {
                    json["root"] = json!({
                        "type": "message",
                        "user": parent.user,
                        "text": parent.text,
                        "ts": parent.ts,
                        "thread_ts": parent.ts,
                    });
                }
            }
            return;
        }
        let replies: Vec<&Message> = self.replies(&message.channel, &message.ts).collect();
        let Some(latest) = replies.last() else { return };
        let mut users: Vec<&str> = Vec::new();
        for reply in &replies {
            if !users.contains(&reply.user.as_str()) {
                users.push(&reply.user);
            }
        }
        json["thread_ts"] = json!(message.ts);
        json["reply_count"] = json!(replies.len());
        json["reply_users_count"] = json!(users.len());
        json["reply_users"] = json!(users);
        json["latest_reply"] = json!(latest.ts);
        json["is_locked"] = json!(false);
        json["subscribed"] = json!(false);
    }
}

/// Where the message of this timestamp stands: they are in the order of their timestamps.
fn place(all: &[Message], ts: &str) -> Option<usize> {
    all.binary_search_by(|message| message.ts.as_str().cmp(ts))
        .ok()
}
