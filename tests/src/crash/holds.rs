//! What the workspace holds for good: channels and everything in them. What only one person saw
//! for a moment is not among it, since it is sent at most once.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use slack_sim::{ChannelKind, Message, Sim};

use super::operator::{tells_of_it, without_it};

/// Each thing with how often it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holdings(BTreeMap<String, usize>);

/// How a workspace differs from what it should hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    pub lost: Vec<String>,
    pub twice: Vec<String>,
    /// There, and nothing of it is there without a kill: half done, or done otherwise.
    pub other: Vec<String>,
}

impl Holdings {
    pub fn of(sim: &Sim) -> Self {
        let mut things = BTreeMap::new();
        for channel in sim.channels() {
            let place = match &channel.kind {
                ChannelKind::Direct(person) => format!("dm of {person}"),
                ChannelKind::Public | ChannelKind::Private | ChannelKind::Group => {
                    format!("#{}", channel.name)
                }
            };
            let mut add = |what: String| {
                *things
                    .entry(timeless(&without_it(&format!("{place} {what}"))))
                    .or_insert(0) += 1;
            };
            add(format!(
                "exists: {:?} archived: {}",
                channel.kind, channel.archived
            ));
            add(format!("topic: {}", channel.topic.value));
            add(format!("purpose: {}", channel.purpose.value));
            channel
                .members
                .iter()
                .for_each(|user| add(format!("member: {user}")));
            for bookmark in &channel.bookmarks {
                add(format!("bookmark: {} {}", bookmark.title, bookmark.link));
            }
            for pin in sim.pins(&channel.id) {
                add(format!("pin: {}", shown(sim, &pin)));
            }
            let messages = sim.messages(&channel.id);
            let mut again = BTreeSet::new();
            // Slack's own lines tell of what is compared anyway.
            let own = |message: &&Message| message.subtype.as_deref().is_some_and(is_slacks_own);
            for message in messages.iter().filter(|message| !own(message)) {
                let root = messages.iter().find(|root| {
                    message.is_reply() && Some(&root.ts) == message.thread_ts.as_ref()
                });
                if tells_of_it(&shown(sim, message)) {
                    continue;
                }
                let under = root
                    .map(|root| first_line(&shown(sim, root)))
                    .unwrap_or_default();
                let said = format!("message under <{under}>: {}", shown(sim, message));
                // People who got no answer say it again.
                if message.by_app || !again.contains(&said) {
                    add(said.clone());
                    again.insert(said);
                }
            }
        }
        Self(things)
    }

    /// What differs from `right`.
    pub fn differs_from(&self, right: &Self) -> Difference {
        let mut difference = Difference::default();
        let count = |of: &Self, thing: &str| of.0.get(thing).copied().unwrap_or(0);
        for (thing, &expected) in &right.0 {
            if count(self, thing) < expected {
                difference.lost.push(thing.clone());
            }
        }
        for (thing, &there) in &self.0 {
            match count(right, thing) {
                0 => difference.other.push(thing.clone()),
                expected if there > expected => difference.twice.push(thing.clone()),
                _ => {}
            }
        }
        difference
    }
}

impl Difference {
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

fn is_slacks_own(subtype: &str) -> bool {
    subtype.starts_with("channel_") || subtype.starts_with("group_") || subtype == "pinned_item"
}

/// Everything that people see of a message.
fn shown(sim: &Sim, message: &Message) -> String {
    let mut text = format!(
        "{}: {}",
        message.user,
        sim.shown(&message.text, &message.blocks)
    );
    for reaction in &message.reactions {
        let _ = write!(text, " :{}: {:?}", reaction.name, reaction.users);
    }
    for (name, bytes) in message.files.iter().filter_map(|id| sim.file(id)) {
        let _ = write!(text, " [{name}] {}", String::from_utf8_lossy(&bytes));
    }
    // A kill may cost an id: links name the same channel by another one then.
    for channel in sim.channels() {
        text = text.replace(channel.id.as_str(), &channel.name);
    }
    text
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// Kills cost time, so times of day and durations differ; and a person whose name is not learnt yet
/// is mentioned. Everything else counts.
fn timeless(text: &str) -> String {
    let text = text.replace('@', "");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let before = rest[..at].chars().next_back();
        out.push_str(&rest[..at]);
        let end = rest[at..]
            .find(|c: char| !c.is_ascii_digit() && c != ':')
            .map_or(rest.len(), |end| at + end);
        let number = &rest[at..end];
        let unit = rest[end..].trim_start().chars().next();
        let lasts =
            unit.is_some_and(|c| matches!(c, 's' | 'm' | 'h' | 'd' | '秒' | '分' | '時' | '日'));
        let word = before.is_some_and(|c| c.is_alphanumeric() || c == '-');
        out.push_str(if number.contains(':') || (lasts && !word) {
            "#"
        } else {
            number
        });
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::timeless;

    #[test]
    fn times_and_durations_are_masked_and_nothing_else() {
        for (text, expected) in [
            ("INC-1 SEV2, 14:05, 12m ago", "INC-1 SEV2, #, #m ago"),
            ("2 todos by 2026-12-01", "2 todos by 2026-12-01"),
            ("3分前 1.42 went out at 13:58", "#分前 1.42 went out at #"),
        ] {
            assert_eq!(timeless(text), expected);
        }
    }
}
