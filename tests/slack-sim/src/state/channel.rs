//! Channels: who is in them, what stands in their header, their JSON in the Web API.

use serde::Serialize;
use serde_json::{Value, json};

use super::State;
use super::changes::Subject;
use crate::settings::{ChannelSeed, UserKind};

/// A conversation: a channel, or the direct messages of a person and the app.
#[derive(Clone, Debug, Serialize)]
pub struct Channel {
    pub id: String,
    /// Without `#`; empty for direct messages.
    pub name: String,
    pub kind: ChannelKind,
    /// Another organisation is in it too, by Slack Connect.
    pub external: bool,
    /// Unix seconds.
    pub created: u64,
    pub creator: String,
    pub members: Vec<String>,
    pub topic: Note,
    pub purpose: Note,
    pub archived: bool,
    pub previous_names: Vec<String>,
    pub pins: Vec<Pin>,
    pub bookmarks: Vec<Bookmark>,
    /// The id of the channel's own canvas.
    pub canvas: Option<String>,
}

#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    Public,
    Private,
    /// The app and this person.
    Direct(String),
    /// Several people and the app.
    Group,
}

/// A topic or a purpose.
#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
pub struct Note {
    pub value: String,
    pub creator: String,
    /// Unix seconds; 0 when it was never set.
    pub last_set: u64,
}

#[derive(Clone, Debug, Serialize)]
pub struct Pin {
    pub ts: String,
    pub user: String,
    /// Unix seconds.
    pub created: u64,
}

#[derive(Clone, Debug, Serialize)]
pub struct Bookmark {
    pub id: String,
    pub title: String,
    pub link: String,
    pub emoji: String,
    pub user: String,
    /// Unix seconds.
    pub created: u64,
    /// Unix seconds; 0 when it was never edited.
    pub updated: u64,
}

impl Channel {
    pub fn has(&self, user: &str) -> bool {
        self.members.iter().any(|member| member == user)
    }

    pub fn is_public(&self) -> bool {
        self.kind == ChannelKind::Public
    }

    /// The channel everybody is in, which cannot be archived.
    pub fn is_general(&self) -> bool {
        self.name == "general"
    }

    /// `channel_type` of events.
    pub(crate) fn event_type(&self) -> &'static str {
        match self.kind {
            ChannelKind::Public => "channel",
            ChannelKind::Private => "group",
            ChannelKind::Direct(_) => "im",
            ChannelKind::Group => "mpim",
        }
    }

    /// The value of `types` in lists that this channel belongs to.
    pub(crate) fn list_type(&self) -> &'static str {
        match self.kind {
            ChannelKind::Public => "public_channel",
            ChannelKind::Private => "private_channel",
            ChannelKind::Direct(_) => "im",
            ChannelKind::Group => "mpim",
        }
    }

    /// The name that commands and interactions carry.
    pub(crate) fn command_name(&self) -> &str {
        match self.kind {
            ChannelKind::Public => &self.name,
            ChannelKind::Private => "privategroup",
            ChannelKind::Direct(_) => "directmessage",
            ChannelKind::Group => "mpdm",
        }
    }
}

impl State {
    pub(crate) fn channel(&self, id: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.id == id)
    }

    /// For a change, which is noted.
    pub(crate) fn channel_mut(&mut self, id: &str) -> Option<&mut Channel> {
        let found = self.channels.iter_mut().find(|channel| channel.id == id)?;
        self.changes.touch(Subject::Channel(id.to_owned()));
        Some(found)
    }

    pub(crate) fn add_channel(&mut self, channel: Channel) {
        self.changes.touch(Subject::Channel(channel.id.clone()));
        self.channels.push(channel);
    }

    /// By id, `#name` or name.
    pub(crate) fn find_channel(&self, named: &str) -> Option<&Channel> {
        let name = named.strip_prefix('#').unwrap_or(named);
        self.channels
            .iter()
            .find(|channel| channel.id == name || (!name.is_empty() && channel.name == name))
    }

    /// The direct messages of the app and `user`, opened if they are not yet.
    pub(crate) fn direct_channel(&mut self, user: &str) -> String {
        let kind = ChannelKind::Direct(user.to_owned());
        if let Some(open) = self.channels.iter().find(|channel| channel.kind == kind) {
            return open.id.clone();
        }
        let members = vec![user.to_owned(), self.bot_user_id().to_owned()];
        let mut channel = self.new_channel("D", String::new(), kind, user);
        channel.members = members;
        let id = channel.id.clone();
        self.add_channel(channel);
        id
    }

    pub(crate) fn new_channel(
        &mut self,
        prefix: &str,
        name: String,
        kind: ChannelKind,
        creator: &str,
    ) -> Channel {
        Channel {
            id: self.next_id(prefix),
            name,
            kind,
            external: false,
            created: self.clock.seconds(),
            creator: creator.to_owned(),
            members: Vec::new(),
            topic: Note::default(),
            purpose: Note::default(),
            archived: false,
            previous_names: Vec::new(),
            pins: Vec::new(),
            bookmarks: Vec::new(),
            canvas: None,
        }
    }

    pub(super) fn seeded(&mut self, seed: ChannelSeed) -> Channel {
        let kind = if seed.private {
            ChannelKind::Private
        } else {
            ChannelKind::Public
        };
        let creator = self
            .people
            .first()
            .map(|user| user.id.clone())
            .unwrap_or_default();
        let mut channel = self.new_channel("C", seed.name, kind, &creator);
        channel.id = seed.id;
        channel.external = seed.external;
        channel.topic.value = seed.topic;
        channel.members = seed.members;
        if channel.members.is_empty() {
            channel.members = self
                .people
                .iter()
                .filter(|user| user.kind == UserKind::Member && !user.deleted)
                .filter(|user| user.id != "USLACKBOT")
                .map(|user| user.id.clone())
                .collect();
        }
        channel
    }

    /// The channel object of `conversations.*`, as the app sees it.
    pub(crate) fn channel_json(&self, channel: &Channel) -> Value {
        if let ChannelKind::Direct(user) = &channel.kind {
            return json!({
                "id": channel.id,
                "created": channel.created,
                "is_im": true,
                "is_org_shared": false,
                "is_archived": channel.archived,
                "user": user,
                "is_open": true,
                "context_team_id": self.settings.team.id,
            });
        }
        let public = channel.is_public();
        json!({
            "id": channel.id,
            "name": channel.name,
            "name_normalized": channel.name,
            "is_channel": public,
            "is_group": !public,
            "is_im": false,
            "is_mpim": channel.kind == ChannelKind::Group,
            "is_private": !public,
            "created": channel.created,
            "creator": channel.creator,
            "is_archived": channel.archived,
            "is_general": channel.is_general(),
            "unlinked": 0,
            "is_shared": channel.external,
            "is_ext_shared": channel.external,
            "is_org_shared": false,
            "pending_shared": [],
            "is_pending_ext_shared": false,
            "is_member": channel.has(self.bot_user_id()),
            "context_team_id": self.settings.team.id,
            "shared_team_ids": [self.settings.team.id],
            "topic": channel.topic,
            "purpose": channel.purpose,
            "previous_names": channel.previous_names,
        })
    }

    pub(crate) fn bookmark_json(&self, channel: &str, bookmark: &Bookmark) -> Value {
        json!({
            "id": bookmark.id,
            "channel_id": channel,
            "title": bookmark.title,
            "link": bookmark.link,
            "emoji": bookmark.emoji,
            "icon_url": null,
            "type": "link",
            "entity_id": null,
            "date_created": bookmark.created,
            "date_updated": bookmark.updated,
            "rank": "a",
            "last_updated_by_user_id": bookmark.user,
            "last_updated_by_team_id": self.settings.team.id,
            "shortcut_id": null,
            "app_id": self.settings.app.id,
        })
    }
}
