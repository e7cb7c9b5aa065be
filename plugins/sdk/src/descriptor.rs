//! What a step is and needs, said piece by piece.

use crate::bindings::exports::iris::step::handler::{Reach, ShortcutOffer, Target, Word};
use iris_kit::blocks::{Block, to_json};

pub use crate::bindings::exports::iris::step::handler::Descriptor;

impl Descriptor {
    /// A step that wants nothing yet. `name` is the one in the team's file
    /// (`use = "…"`), `version` usually `env!("CARGO_PKG_VERSION")`.
    pub fn new(name: &str, version: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: version.to_owned(),
            sentence: String::new(),
            events: Vec::new(),
            words: Vec::new(),
            shortcuts: Vec::new(),
            fields: Vec::new(),
            capabilities: Vec::new(),
            slack_methods: Vec::new(),
            http_hosts: Vec::new(),
            settings: "{}".to_owned(),
            more: "{}".to_owned(),
        }
    }

    /// What it does for people, at most 150 characters.
    #[must_use]
    pub fn sentence(mut self, sentence: impl Into<String>) -> Self {
        self.sentence = sentence.into();
        self
    }

    /// The events it is told besides those that always come (commands, presses,
    /// forms, shortcuts, timers, answers): `declared`, `room-opened`, …
    #[must_use]
    pub fn events<const N: usize>(mut self, events: [&str; N]) -> Self {
        self.events.extend(events.map(str::to_owned));
        self
    }

    /// A word that people may type: what follows it (`<text> [@owner]`), a line
    /// of help, and where it may be typed.
    #[must_use]
    pub fn word(mut self, word: &str, usage: &str, help: impl Into<String>, reach: Reach) -> Self {
        let (word, usage) = (word.to_owned(), usage.to_owned());
        self.words.push(Word {
            word,
            usage,
            help: help.into(),
            reach,
        });
        self
    }

    /// An entry in Slack's menus; the title has at most 24 characters.
    #[must_use]
    pub fn shortcut(mut self, name: &str, title: impl Into<String>, on: Target) -> Self {
        self.shortcuts.push(ShortcutOffer {
            name: name.to_owned(),
            title: title.into(),
            on,
        });
        self
    }

    /// An input block added to the declaration's form, at most 5.
    #[must_use]
    pub fn field(mut self, block: impl Into<Block>) -> Self {
        self.fields.push(to_json(&block.into()));
        self
    }

    /// The permissions it needs: `messages`, `room`, `incident`, `forms`,
    /// `timers`, `slack`, `http`.
    #[must_use]
    pub fn wants<const N: usize>(mut self, permissions: [&str; N]) -> Self {
        self.capabilities.extend(permissions.map(str::to_owned));
        self
    }

    /// The methods it calls with [`slack::call`](crate::slack::call).
    #[must_use]
    pub fn slack_methods<const N: usize>(mut self, methods: [&str; N]) -> Self {
        self.slack_methods.extend(methods.map(str::to_owned));
        self
    }

    /// The hosts it sends requests to with [`http::fetch`](crate::http::fetch).
    #[must_use]
    pub fn http_hosts<const N: usize>(mut self, hosts: [&str; N]) -> Self {
        self.http_hosts.extend(hosts.map(str::to_owned));
        self
    }

    /// The JSON Schema (2020-12) that Iris checks the step's `config` against.
    /// Defaults in it are filled in.
    #[must_use]
    pub fn settings_schema(mut self, schema: impl Into<String>) -> Self {
        self.settings = schema.into();
        self
    }
}
