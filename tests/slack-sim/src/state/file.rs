//! Files: asked for, uploaded, completed, and a moment later shown in a channel.

use serde_json::{Value, json};

use super::State;
use super::message::Message;

#[derive(Clone)]
pub(crate) struct File {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) title: String,
    /// Who brought it.
    pub(crate) user: String,
    pub(crate) created: u64,
    /// Bytes that were said to come.
    pub(crate) length: usize,
    pub(crate) content: Option<Vec<u8>>,
    pub(crate) completed: bool,
    pub(crate) shares: Vec<(String, String)>,
}

/// Completed files on their way into a channel.
pub(crate) struct Share {
    pub(crate) files: Vec<String>,
    pub(crate) channel: String,
    pub(crate) thread_ts: Option<String>,
    pub(crate) comment: String,
}

impl State {
    pub(crate) fn file(&self, id: &str) -> Option<&File> {
        self.files.iter().find(|file| file.id == id)
    }

    pub(crate) fn file_mut(&mut self, id: &str) -> Option<&mut File> {
        self.files.iter_mut().find(|file| file.id == id)
    }

    /// A file of a person, whole. Its id.
    pub(crate) fn bring(&mut self, user: &str, name: &str, content: Vec<u8>) -> String {
        let id = self.next_id("F");
        self.files.push(File {
            id: id.clone(),
            title: name.to_owned(),
            name: name.to_owned(),
            user: user.to_owned(),
            created: self.clock.seconds(),
            length: content.len(),
            content: Some(content),
            completed: true,
            shares: Vec::new(),
        });
        id
    }

    /// Lets the message with the files appear.
    pub(crate) fn share(&mut self, share: Share) {
        let message = Message {
            channel: share.channel,
            user: self.bot_user_id().to_owned(),
            by_app: true,
            text: share.comment,
            thread_ts: share.thread_ts,
            ..Message::default()
        };
        self.post_with(share.files, message);
    }

    /// Puts a message with files into its channel.
    pub(crate) fn post_with(&mut self, files: Vec<String>, message: Message) -> Message {
        let message = self.post(Message {
            subtype: Some("file_share".into()),
            files,
            ..message
        });
        for id in &message.files {
            if let Some(file) = self.file_mut(id) {
                file.shares
                    .push((message.channel.clone(), message.ts.clone()));
            }
        }
        message
    }

    pub(crate) fn file_json(&self, id: &str) -> Value {
        let Some(file) = self.file(id) else {
            return Value::Null;
        };
        let (kind, mime, pretty) = match file.name.rsplit_once('.').map(|(_, ending)| ending) {
            Some("md") => ("markdown", "text/markdown", "Markdown"),
            Some("json") => ("json", "application/json", "JSON"),
            Some("csv") => ("csv", "text/csv", "CSV"),
            Some("txt") => ("text", "text/plain", "Plain Text"),
            _ => ("binary", "application/octet-stream", "Binary"),
        };
        let url = format!("{}/files/{}/{}", self.base_url, file.id, file.name);
        let mut json = json!({
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title,
            "mimetype": mime,
            "filetype": kind,
            "pretty_type": pretty,
            "user": file.user,
            "editable": false,
            "size": file.content.as_ref().map_or(0, Vec::len),
            "mode": "hosted",
            "is_external": false,
            "is_public": false,
            "url_private": url,
            "url_private_download": url,
            "channels": [],
            "groups": [],
            "ims": [],
        });
        for (channel, ts) in &file.shares {
            let public = self.channel(channel).is_some_and(super::Channel::is_public);
            let (side, list) = if public {
                ("public", "channels")
            } else {
                ("private", "groups")
            };
            json["shares"][side][channel] = json!([{ "ts": ts }]);
            if let Some(list) = json[list].as_array_mut() {
                list.push(json!(channel));
            }
        }
        json
    }
}
