//! One event and what is known about it, with the small questions that every answer asks.

use iris_kit::{
    Locale, Texts, args,
    limits::{NAME, cut},
    rich::{Element, one_line, text, user},
    time::{self, Wall},
    words::Brief,
};
use serde::de::DeserializeOwned;

use super::known::Known;
use crate::{
    clock::Moment,
    effect::Place,
    event::{Command, Event, Pressed, Reply, SeenMessage, What},
    ids::{ChannelId, MessageId, UserId},
    incident::{Entry, Incident, OpenQuery, Shown, Status, Which},
    words::{texts, wall, zone_label},
};

/// An event in the light of what is known.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) event: &'a Event,
    pub(super) known: &'a Known<'a>,
    pub(super) texts: &'static Texts,
}

impl<'a> Asked<'a> {
    pub(super) fn new(event: &'a Event, known: &'a Known<'a>) -> Self {
        Self {
            event,
            known,
            texts: texts(known.team.locale),
        }
    }

    pub(super) fn locale(&self) -> Locale {
        self.known.team.locale
    }

    // --- people ---

    /// The display name, in one line and not too long.
    pub(super) fn name(&self, id: &UserId) -> Option<String> {
        let name = one_line(&(self.known.names)(id)?);
        (!name.is_empty()).then(|| cut(&name, NAME).into_owned())
    }

    /// The display name as text, which pings nobody; a mention where no name is known.
    pub(super) fn who(&self, id: &UserId) -> Element {
        self.name(id).map_or_else(|| user(id.as_str()), text)
    }

    /// A mention of whoever caused the event; Iris's name when nobody did.
    pub(super) fn by(&self) -> Element {
        mention(self.event.by.as_ref())
    }

    /// What Slack delivered, in plain words: without its escapes and mentions.
    pub(super) fn plain(&self, slack: &str) -> String {
        iris_kit::escape::plain(slack, |id| self.name(&UserId::from(id)))
    }

    // --- time ---

    pub(super) fn wall(&self, at: Moment) -> Wall {
        wall(at, &self.known.team.zone)
    }

    /// `14:05`, with its day when that is not today.
    pub(super) fn time(&self, at: Moment) -> String {
        time::time_on(self.locale(), &self.wall(at), &self.wall(self.known.now))
    }

    pub(super) fn span(&self, from: Moment, to: Moment) -> String {
        let today = self.wall(self.known.now);
        time::span(self.locale(), &self.wall(from), &self.wall(to), &today)
    }

    pub(super) fn zone(&self) -> String {
        zone_label(self.known.now, &self.known.team.zone)
    }

    pub(super) fn lasted(&self, from: Moment, to: Moment) -> String {
        time::duration(self.locale(), millis(from, to))
    }

    pub(super) fn ago(&self, at: Moment) -> String {
        time::ago(self.locale(), millis(at, self.known.now))
    }

    // --- words of the team's file ---

    /// The severity's label, or `SEV?`. One that has gone from the file is named by its id.
    pub(super) fn severity(&self, id: Option<&str>) -> String {
        match id {
            Some(id) => self
                .known
                .team
                .severity(id)
                .map_or(id, |s| &s.label)
                .to_owned(),
            None => self.texts.say("sev-unknown", &[]),
        }
    }

    pub(super) fn product(&self, incident: &'a Incident) -> Option<&'a str> {
        let id = incident.product.as_deref()?;
        Some(
            self.known
                .team
                .product(id)
                .map_or(id, |product| &product.name),
        )
    }

    pub(super) fn brief(&self, incident: &'a Incident) -> Brief<'a> {
        let severity = incident.severity.as_deref();
        Brief {
            number: incident.number,
            title: &incident.title,
            product: self.product(incident),
            severity: severity.map(|id| self.known.team.severity(id).map_or(id, |s| &s.label)),
            status: incident.status.as_str(),
            drill: incident.drill,
            private: incident.private,
        }
    }

    /// The role that leads: `commander`, else the first of the file.
    pub(super) fn lead(&self) -> Option<&'a crate::team::Role> {
        let team = self.known.team;
        team.role("commander").or_else(|| team.roles.first())
    }

    // --- the incident ---

    pub(super) fn entries(&self, kind: &str) -> Vec<Entry> {
        (self.known.entries)(Some(kind))
    }

    /// The entry of the last change to this status.
    pub(super) fn entered(&self, status: Status) -> Option<Entry> {
        let is = |entry: &Entry| {
            let now = entry.data.as_ref().and_then(|data| data["now"].as_str());
            now == Some(status.as_str())
        };
        self.entries("status").into_iter().rfind(is)
    }

    /// What the core remembers under this key; `None` also when it cannot be read.
    pub(super) fn memory<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        serde_json::from_str(&(self.known.memory)(key)?).ok()
    }

    /// Whether a step of this name works for the incident.
    pub(super) fn has_step(&self, name: &str) -> bool {
        self.known
            .steps
            .iter()
            .any(|step| step.name.as_str() == name && step.applies)
    }

    /// Open incidents that the person may know of, at most `limit`.
    pub(super) fn open(&self, which: Which, limit: usize) -> Shown {
        let severities = self.known.team.severities.iter();
        (self.known.open)(&OpenQuery {
            which,
            by: self.event.by.clone(),
            channel: self.channel().cloned(),
            severities: severities.map(|severity| severity.id.clone()).collect(),
            limit,
        })
    }

    // --- how it was asked ---

    pub(super) fn reply(&self) -> Option<&'a Reply> {
        self.event.what.reply()
    }

    /// Where the person was.
    pub(super) fn channel(&self) -> Option<&'a ChannelId> {
        if let What::Command(Command { channel, .. })
        | What::Pressed(Pressed {
            channel: Some(channel),
            ..
        })
        | What::Mentioned(SeenMessage {
            id: MessageId { channel, .. },
            ..
        }) = &self.event.what
        {
            Some(channel)
        } else {
            None
        }
    }

    /// Whether the person may know of the incident: who acts in its room is in it.
    pub(super) fn may_know(&self, incident: &Incident) -> bool {
        let room = incident.room.as_ref().map(|room| &room.channel);
        let in_room = room.is_some() && room == self.channel();
        in_room
            || self
                .event
                .by
                .as_ref()
                .is_some_and(|by| incident.known_to(by))
    }

    /// Where a channel opens.
    pub(super) fn channel_url(&self, channel: &ChannelId) -> String {
        let Some(url) = self.known.workspace_url else {
            let team = self.known.team_id;
            return format!("https://slack.com/app_redirect?team={team}&channel={channel}");
        };
        format!("{}/archives/{channel}", url.trim_end_matches('/'))
    }

    /// Where a message opens, an answer in its thread; empty while the workspace's address is not
    /// known.
    pub(super) fn message_url(&self, message: &SeenMessage) -> String {
        let Some(url) = self.known.workspace_url else {
            return String::new();
        };
        let MessageId { channel, ts } = &message.id;
        let (url, ts) = (url.trim_end_matches('/'), ts.replace('.', ""));
        let thread = message.thread.as_ref();
        let thread = thread.map(|root| format!("?thread_ts={root}&cid={channel}"));
        format!(
            "{url}/archives/{channel}/p{ts}{}",
            thread.unwrap_or_default()
        )
    }

    /// The line as it would be typed: `/incident status`.
    pub(super) fn line(&self, words: &str) -> String {
        format!("{} {words}", self.known.team.command)
    }

    /// What stands between things that are counted up in a sentence.
    pub(super) fn comma(&self) -> &'static str {
        match self.locale() {
            Locale::En => ", ",
            Locale::Ja => "、",
        }
    }

    pub(super) fn say(&self, key: &str) -> String {
        self.texts.say(key, &[])
    }

    /// `{ $n } people`, and whatever else needs only a number.
    pub(super) fn count(&self, key: &str, n: usize) -> String {
        self.texts.say(key, args![n])
    }
}

/// A mention; Iris's name when it is nobody.
pub(super) fn mention(id: Option<&UserId>) -> Element {
    id.map_or_else(|| text("Iris"), |id| user(id.as_str()))
}

fn millis(from: Moment, to: Moment) -> u64 {
    to.0.saturating_sub(from.0)
}

/// Where whoever declared it is reached: in their direct messages; where no person did, in the
/// channel in which it is announced.
pub(super) fn declarer(incident: &Incident) -> Option<Place> {
    match incident.declarer() {
        Some(user) => Some(Place::Person(user.clone())),
        None => incident.origin.as_ref().map(|_| Place::Origin),
    }
}
