//! What a step says of itself, checked.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::{bindings::exports::iris::step::handler as wit, grants::Permission};

/// What a step offers and needs, in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Descriptor {
    pub name: String,
    pub version: String,
    /// What it does for people.
    pub sentence: String,
    /// Names of the events it wants, as the contract writes them.
    pub events: BTreeSet<String>,
    pub words: Vec<Word>,
    pub shortcuts: Vec<Shortcut>,
    /// Input blocks for the declaration's form, each with a `block_id`.
    pub fields: Vec<Value>,
    pub capabilities: BTreeSet<Permission>,
    pub slack_methods: BTreeSet<String>,
    /// In lower case.
    pub http_hosts: BTreeSet<String>,
    /// JSON Schema of its `config`.
    pub settings: Value,
}

/// Something people may type after the command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub word: String,
    /// What follows it; may be empty.
    pub usage: String,
    pub help: String,
    pub reach: Reach,
}

/// Where a word may be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Only in an incident's room.
    Room,
    Anywhere,
}

/// An entry in Slack's menus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortcut {
    pub name: String,
    pub title: String,
    pub on: Menu,
}

/// Which of Slack's menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    Message,
    Global,
}

/// What is wrong with a description: for whoever wrote the step.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDescriptor {
    #[error("`{field}` {why}")]
    Field { field: &'static str, why: String },
    #[error("`{0}` differs from language to language; only texts for people may")]
    Differs(&'static str),
}

impl Descriptor {
    pub(super) fn checked(from: wit::Descriptor) -> Result<Self, BadDescriptor> {
        fn bad<T>(field: &'static str, why: &str) -> Result<T, BadDescriptor> {
            Err(BadDescriptor::Field {
                field,
                why: why.to_owned(),
            })
        }
        if !short_name(&from.name, 32) {
            return bad("name", "is not 1 to 32 of `a-z 0-9 -`");
        }
        if !version(&from.version) {
            return bad("version", "is no semantic version, such as `1.0.0`");
        }
        if from.sentence.trim().is_empty() || from.sentence.chars().count() > 150 {
            return bad("sentence", "is empty or longer than 150 characters");
        }
        if let Some(word) = from.words.iter().find(|w| !short_name(&w.word, 24)) {
            return bad(
                "words",
                &format!("has `{}`, which is not 1 to 24 of `a-z 0-9 -`", word.word),
            );
        }
        for shortcut in &from.shortcuts {
            if !short_name(&shortcut.name.replace('.', "-"), 32) {
                let why = format!(
                    "has `{}`, which is not 1 to 32 of `a-z 0-9 - .`",
                    shortcut.name
                );
                return bad("shortcuts", &why);
            }
            if shortcut.title.is_empty() || shortcut.title.chars().count() > 24 {
                let why = format!(
                    "has `{}`, whose title is not 1 to 24 characters",
                    shortcut.name
                );
                return bad("shortcuts", &why);
            }
        }
        if from.fields.len() > 5 {
            return bad("fields", "has more than 5 blocks");
        }
        let Some(settings) = object(&from.settings) else {
            return bad("settings", "is no JSON object");
        };
        if object(&from.more).is_none() {
            return bad("more", "is no JSON object");
        }
        Ok(Self {
            fields: from
                .fields
                .iter()
                .map(|field| input(field))
                .collect::<Result<_, _>>()?,
            capabilities: from
                .capabilities
                .iter()
                .map(|name| match Permission::parse(name) {
                    Some(permission) => Ok(permission),
                    None => bad(
                        "capabilities",
                        &format!("has `{name}`, which Iris does not know"),
                    ),
                })
                .collect::<Result<_, _>>()?,
            name: from.name,
            version: from.version,
            sentence: from.sentence,
            events: from.events.into_iter().collect(),
            words: from.words.into_iter().map(Word::from).collect(),
            shortcuts: from.shortcuts.into_iter().map(Shortcut::from).collect(),
            slack_methods: from.slack_methods.into_iter().collect(),
            http_hosts: from
                .http_hosts
                .iter()
                .map(|host| host.to_lowercase())
                .collect(),
            settings,
        })
    }

    /// Whether this is the same step in another language.
    pub(super) fn same_as(&self, other: &Self) -> Result<(), BadDescriptor> {
        let ids = |fields: &[Value]| {
            fields
                .iter()
                .map(|f| f["block_id"].clone())
                .collect::<Vec<_>>()
        };
        let words = |words: &[Word]| {
            words
                .iter()
                .map(|w| (w.word.clone(), w.reach))
                .collect::<Vec<_>>()
        };
        let menus = |menus: &[Shortcut]| {
            menus
                .iter()
                .map(|s| (s.name.clone(), s.on))
                .collect::<Vec<_>>()
        };
        let same = [
            ("name", self.name == other.name),
            ("version", self.version == other.version),
            ("events", self.events == other.events),
            ("words", words(&self.words) == words(&other.words)),
            (
                "shortcuts",
                menus(&self.shortcuts) == menus(&other.shortcuts),
            ),
            ("fields", ids(&self.fields) == ids(&other.fields)),
            ("capabilities", self.capabilities == other.capabilities),
            ("slack-methods", self.slack_methods == other.slack_methods),
            ("http-hosts", self.http_hosts == other.http_hosts),
            ("settings", self.settings == other.settings),
        ];
        match same.into_iter().find(|(_, same)| !same) {
            Some((field, _)) => Err(BadDescriptor::Differs(field)),
            None => Ok(()),
        }
    }
}

/// `a-z 0-9 -`, not empty, at most `most` bytes.
pub(super) fn short_name(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// `MAJOR.MINOR.PATCH`, with what may follow.
fn version(text: &str) -> bool {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let parts: Vec<_> = core.split('.').collect();
    parts.len() == 3 && parts.iter().all(|part| part.parse::<u64>().is_ok())
}

fn object(text: &str) -> Option<Value> {
    serde_json::from_str::<Value>(text)
        .ok()
        .filter(Value::is_object)
}

fn input(text: &str) -> Result<Value, BadDescriptor> {
    #[derive(Deserialize)]
    struct Input {
        r#type: String,
        block_id: String,
    }
    let bad = |why: &str| BadDescriptor::Field {
        field: "fields",
        why: why.to_owned(),
    };
    let block = object(text).ok_or_else(|| bad("has a block that is no JSON object"))?;
    let head = Input::deserialize(&block)
        .map_err(|_| bad("has a block without a `type` or a `block_id`"))?;
    if head.r#type != "input" || head.block_id.is_empty() || head.block_id.len() > 180 {
        return Err(bad(
            "has a block that is no `input` with a `block_id` of 1 to 180 characters",
        ));
    }
    Ok(block)
}

impl From<wit::Word> for Word {
    fn from(word: wit::Word) -> Self {
        let reach = match word.reach {
            wit::Reach::Room => Reach::Room,
            wit::Reach::Anywhere => Reach::Anywhere,
        };
        Self {
            word: word.word,
            usage: word.usage,
            help: word.help,
            reach,
        }
    }
}

impl From<wit::ShortcutOffer> for Shortcut {
    fn from(offer: wit::ShortcutOffer) -> Self {
        let on = match offer.on {
            wit::Target::Message => Menu::Message,
            wit::Target::Global => Menu::Global,
        };
        Self {
            name: offer.name,
            title: offer.title,
            on,
        }
    }
}
