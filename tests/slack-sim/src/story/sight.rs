//! Everything that people see at one moment, and what is new since another.

use std::collections::BTreeMap;

use super::text::{indented, shown_view};
use crate::{Channel, ChannelKind, Message, Sim, View};

/// All that can be seen in a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sight {
    /// In the order in which it appeared: what it is, and how it reads.
    things: BTreeMap<Thing, Vec<String>>,
}

/// Something that is seen. Ordered by where it is, then by when it appeared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    /// Members, topic, bookmarks and pins of a channel.
    Head {
        channel: String,
        part: &'static str,
    },
    /// `place` first: what goes to two channels at once has no order.
    Message {
        place: String,
        ts: String,
        by: String,
    },
    Ephemeral {
        place: String,
        ts: String,
    },
    Form {
        person: String,
        depth: usize,
    },
    Home {
        person: String,
    },
}

impl Sight {
    pub(super) fn of(sim: &Sim) -> Self {
        let mut sight = Self::default();
        for channel in sim.channels() {
            sight.head(sim, &channel);
            let place = place_of(sim, &channel);
            for message in sim.messages(&channel.id) {
                sight.message(sim, &place, &message);
            }
        }
        for person in &sim.settings().people {
            sight.of_person(sim, &person.id, &person.name);
        }
        sight
    }

    /// What is new or reads differently, in order.
    pub(super) fn since(&self, before: &Self) -> Vec<String> {
        let mut lines = Vec::new();
        for (thing, now) in &self.things {
            let was = before.things.get(thing);
            if was == Some(now) {
                continue;
            }
            lines.extend(told(thing, was, now));
        }
        for thing in before
            .things
            .keys()
            .filter(|thing| !self.things.contains_key(thing))
        {
            match thing {
                Thing::Message { place, by, .. } => {
                    let place = format!("{place} {by}");
                    let first = before.things[thing].first().map_or("", String::as_str);
                    lines.push(format!("{place} deleted: {first}"));
                }
                Thing::Form { person, .. } => lines.push(format!("form of {person}: closed")),
                Thing::Head { .. } | Thing::Ephemeral { .. } | Thing::Home { .. } => {}
            }
        }
        lines
    }

    fn head(&mut self, sim: &Sim, channel: &Channel) {
        if matches!(channel.kind, ChannelKind::Direct(_)) {
            return;
        }
        let mut put = |part: &'static str, lines: Vec<String>| {
            if !lines.is_empty() {
                let channel = format!("#{}", channel.name);
                self.things.insert(Thing::Head { channel, part }, lines);
            }
        };
        let bot = &sim.settings().app;
        let handle = |id: &String| {
            let people = &sim.settings().people;
            let name = people
                .iter()
                .find(|p| p.id == *id)
                .map_or(&bot.bot_name, |p| &p.name);
            format!("@{name}")
        };
        put("members", channel.members.iter().map(handle).collect());
        put("topic", non_empty(&channel.topic.value));
        put("purpose", non_empty(&channel.purpose.value));
        let marks = channel
            .bookmarks
            .iter()
            .map(|b| format!("{} {}", b.title, b.link));
        put("bookmarks", marks.collect());
        let first = |m: Message| {
            sim.shown(&m.text, &m.blocks)
                .lines()
                .next()
                .map(str::to_owned)
        };
        put(
            "pins",
            sim.pins(&channel.id)
                .into_iter()
                .filter_map(first)
                .collect(),
        );
        put(
            "archived",
            if channel.archived {
                vec!["yes".into()]
            } else {
                vec![]
            },
        );
    }

    fn message(&mut self, sim: &Sim, place: &str, message: &Message) {
        if matches!(&message.subtype, Some(kind) if !["file_share", "thread_broadcast"].contains(&kind.as_str()))
        {
            return;
        }
        let mut lines = Vec::new();
        if !message.text.is_empty() || !message.blocks.is_empty() {
            lines.extend(indented(&sim.shown(&message.text, &message.blocks)));
        }
        for file in &message.files {
            if let Some((name, bytes)) = sim.file(file) {
                lines.push(format!("[file {name}]"));
                let text = std::str::from_utf8(&bytes).unwrap_or_default();
                lines.extend(text.lines().map(|line| format!("| {line}")));
            }
        }
        for reaction in &message.reactions {
            lines.push(format!(":{}: {}", reaction.name, reaction.users.len()));
        }
        let author = if message.by_app {
            sim.settings().app.name.clone()
        } else {
            let people = &sim.settings().people;
            people
                .iter()
                .find(|p| p.id == message.user)
                .map_or_else(String::new, |p| format!("@{}", p.name))
        };
        let thread = match (message.is_reply(), message.broadcast) {
            (true, true) => " (thread, also in the channel)",
            (true, false) => " (thread)",
            (false, _) => "",
        };
        let thing = Thing::Message {
            place: place.to_owned(),
            ts: message.ts.clone(),
            by: format!("{author}{thread}"),
        };
        self.things.insert(thing, lines);
    }

    fn of_person(&mut self, sim: &Sim, id: &str, name: &str) {
        for seen in sim.ephemerals(id) {
            let channel = sim.channel(&seen.channel);
            let place = channel.map_or_else(String::new, |channel| place_of(sim, &channel));
            let by = if seen.from_slack { " (Slack)" } else { "" };
            let place = format!("{place} only @{name}{by}");
            let lines = indented(&sim.shown(&seen.text, &seen.blocks));
            self.things
                .insert(Thing::Ephemeral { ts: seen.ts, place }, lines);
        }
        for (depth, view) in sim.views(id).iter().enumerate() {
            let person = format!("@{name}");
            self.things
                .insert(Thing::Form { person, depth }, view_lines(sim, view));
        }
        if let Some(home) = sim.home(id) {
            let person = format!("@{name}");
            self.things
                .insert(Thing::Home { person }, view_lines(sim, &home));
        }
    }
}

/// How a change is told: a message that changed in place by the lines that changed.
fn told(thing: &Thing, was: Option<&Vec<String>>, now: &[String]) -> Vec<String> {
    let new: Vec<&String> = match was {
        Some(was) => now.iter().filter(|line| !was.contains(line)).collect(),
        None => now.iter().collect(),
    };
    let all: Vec<&String> = now.iter().collect();
    let one = |what: &str| {
        let said: Vec<&str> = new.iter().map(|line| line.as_str()).collect();
        if said.is_empty() {
            vec![]
        } else {
            vec![format!("{what}: {}", said.join(", "))]
        }
    };
    match thing {
        Thing::Head { channel, part } => match *part {
            "members" => {
                let mut lines = one(&format!("{channel} joined"));
                let gone = was.into_iter().flatten().filter(|line| !now.contains(line));
                lines.extend(gone.map(|who| format!("{channel} left: {who}")));
                lines
            }
            "topic" | "purpose" => vec![format!("{channel} {part}: {}", now.join(" "))],
            part => one(&format!("{channel} {part}")),
        },
        Thing::Message { place, by, .. } => {
            block(&format!("{place} {by}"), was.is_some(), &new, was, now)
        }
        Thing::Ephemeral { place, .. } => block(place, was.is_some(), &new, was, now),
        // Under another title it is another form: the one before is of no interest any more.
        Thing::Form { person, .. } => match was {
            Some(was) if was.first() == now.first() => {
                block(&format!("form of {person}"), true, &new, Some(was), now)
            }
            _ => block(&format!("form of {person}"), false, &all, None, now),
        },
        Thing::Home { person } => {
            block(&format!("home of {person}"), was.is_some(), &new, was, now)
        }
    }
}

fn block(
    place: &str,
    changed: bool,
    new: &[&String],
    was: Option<&Vec<String>>,
    now: &[String],
) -> Vec<String> {
    let verb = if changed { " changes" } else { "" };
    let mut lines = Vec::new();
    let mut rest = new.iter();
    match rest.next() {
        Some(first) => lines.push(format!("{place}{verb}: {first}")),
        None => lines.push(format!("{place}{verb}:")),
    }
    lines.extend(rest.map(|line| format!("  {line}")));
    let gone = was.into_iter().flatten().filter(|line| !now.contains(line));
    lines.extend(gone.map(|line| format!("  - {line}")));
    lines
}

fn view_lines(sim: &Sim, view: &View) -> Vec<String> {
    shown_view(sim, view).lines().map(str::to_owned).collect()
}

fn place_of(sim: &Sim, channel: &Channel) -> String {
    match &channel.kind {
        ChannelKind::Direct(person) => {
            let people = &sim.settings().people;
            people
                .iter()
                .find(|p| p.id == *person)
                .map_or_else(String::new, |p| format!("dm of @{}", p.name))
        }
        ChannelKind::Public | ChannelKind::Private | ChannelKind::Group => {
            format!("#{}", channel.name)
        }
    }
}

fn non_empty(text: &str) -> Vec<String> {
    if text.is_empty() {
        vec![]
    } else {
        vec![text.to_owned()]
    }
}
