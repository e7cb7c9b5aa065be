//! Everything the workspace knows, and the counters that name new things.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::clock::Clock;
use crate::settings::{Settings, User, UserGroup, UserKind};
use crate::sockets::ticket::Tickets;
use crate::story::Deed;

pub(crate) mod access;
pub(crate) mod canvas;
pub(crate) mod changes;
pub(crate) mod channel;
pub(crate) mod message;
pub(crate) mod posting;
pub(crate) mod ephemeral;
pub(crate) mod view;
pub(crate) mod inputs;
pub(crate) mod ticket;
pub(crate) mod file;
pub(crate) mod events;
pub(crate) mod people;
pub(crate) mod reading;
pub(crate) mod typed;

use access::Access;
use canvas::Canvas;
use changes::Changes;
use channel::Channel;
use ephemeral::Ephemeral;
use file::File;
use inputs::Entries;
use message::Message;
use ticket::{ResponseUrl, Trigger};
use view::View;

pub(crate) struct State {
    pub(crate) settings: Arc<Settings>,
    pub(crate) clock: Clock,
    /// The address of this workspace, without a slash at the end.
    pub(crate) base_url: String,
    pub(crate) access: Access,
    pub(crate) people: Vec<User>,
    pub(crate) groups: Vec<UserGroup>,
    pub(crate) channels: Vec<Channel>,
    /// By channel id, oldest first, threads included.
    pub(crate) messages: HashMap<String, Vec<Message>>,
    /// The timestamps of the answers in a thread, oldest first, by channel and root.
    pub(crate) threads: HashMap<(String, String), Vec<String>>,
    /// How far each person has read, by person and channel.
    pub(crate) read: HashMap<(String, String), String>,
    pub(crate) changes: Changes,
    pub(crate) ephemerals: Vec<Ephemeral>,
    /// Modals that are open, each person's in the order of their stack.
    pub(crate) modals: Vec<View>,
    /// By person.
    pub(crate) homes: BTreeMap<String, View>,
    pub(crate) files: Vec<File>,
    pub(crate) canvases: Vec<Canvas>,
    pub(crate) triggers: HashMap<String, Trigger>,
    pub(crate) response_urls: HashMap<String, ResponseUrl>,
    /// For sockets.
    pub(crate) tickets: Tickets,
    /// What a person chose in a message's inputs, by message and person.
    pub(crate) entries: HashMap<(String, String), Entries>,
    /// Options that the app offered while people typed, by action id.
    pub(crate) suggested: HashMap<String, Vec<Value>>,
    /// Events of this change, to be delivered once it is done.
    pub(crate) outbox: Vec<Value>,
    /// What somebody did in this change, if anybody writes a story of it.
    pub(crate) deeds: Option<Vec<Deed>>,
    /// Files of this change, to be shown in a channel a moment later.
    pub(crate) shares: Vec<file::Share>,
    last_ts: u64,
    made: u64,
}

impl State {
    pub(crate) fn new(settings: Arc<Settings>, clock: Clock, base_url: String) -> Self {
        let mut people = settings.people.clone();
        people.push(bot_user(&settings));
        people.push(slackbot());
        let mut state = Self {
            access: Access::given(&settings.bot_token),
            people,
            groups: settings.user_groups.clone(),
            channels: Vec::new(),
            messages: HashMap::new(),
            threads: HashMap::new(),
            read: HashMap::new(),
            changes: Changes::default(),
            ephemerals: Vec::new(),
            modals: Vec::new(),
            homes: BTreeMap::new(),
            files: Vec::new(),
            canvases: Vec::new(),
            triggers: HashMap::new(),
            response_urls: HashMap::new(),
            tickets: Tickets::default(),
            entries: HashMap::new(),
            suggested: HashMap::new(),
            outbox: Vec::new(),
            deeds: None,
            shares: Vec::new(),
            last_ts: 0,
            made: 0,
            settings,
            clock,
            base_url,
        };
        for seed in state.settings.channels.clone() {
            let channel = state.seeded(seed);
            state.channels.push(channel);
        }
        state
    }

    /// The next message's timestamp: unique, and later than every one before.
    pub(crate) fn next_ts(&mut self) -> String {
        self.last_ts = self.clock.micros().max(self.last_ts + 100);
        format_ts(self.last_ts)
    }

    /// The next id that begins with `prefix`.
    pub(crate) fn next_id(&mut self, prefix: &str) -> String {
        self.made += 1;
        format!("{prefix}0SIM{:05}", self.made)
    }

    /// Letters nobody would guess, the same in every run.
    pub(crate) fn next_secret(&mut self) -> String {
        self.made += 1;
        let digest = Sha256::digest(format!("{} {}", self.settings.signing_secret, self.made));
        hex::encode(digest)[..24].to_owned()
    }

    /// Says what somebody does, in the words of a story; call it before anything is changed.
    pub(crate) fn tell(&mut self, deed: impl FnOnce(&Self) -> Deed) {
        if self.deeds.is_some() {
            let deed = deed(self);
            self.deeds.get_or_insert_default().push(deed);
        }
    }

    pub(crate) fn bot_user_id(&self) -> &str {
        &self.settings.app.bot_user_id
    }

    pub(crate) fn has_scope(&self, scope: &str) -> bool {
        self.settings.scopes.iter().any(|has| has == scope)
    }

    /// Gives blocks and elements without an id one, as Slack does.
    pub(crate) fn with_ids(&mut self, mut blocks: Vec<Value>) -> Vec<Value> {
        for block in &mut blocks {
            self.give_id(block, "block_id");
            if let Some(elements) = block.get_mut("elements").and_then(Value::as_array_mut) {
                for element in elements
                    .iter_mut()
                    .filter(|element| is_interactive(element))
                {
                    self.give_id(element, "action_id");
                }
            }
            for place in ["element", "accessory"] {
                if let Some(element) = block
                    .get_mut(place)
                    .filter(|element| is_interactive(element))
                {
                    self.give_id(element, "action_id");
                }
            }
        }
        blocks
    }

    fn give_id(&mut self, object: &mut Value, key: &str) {
        if object.get(key).is_none() {
            object[key] = json!(self.next_secret()[..5]);
        }
    }
}

/// `1796101500.000100` for microseconds.
pub(crate) fn format_ts(micros: u64) -> String {
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}

fn is_interactive(element: &Value) -> bool {
    !matches!(
        element["type"].as_str(),
        Some("image" | "mrkdwn" | "plain_text") | None
    ) && !element["type"]
        .as_str()
        .is_some_and(|kind| kind.starts_with("rich_text_"))
}

fn bot_user(settings: &Settings) -> User {
    User {
        id: settings.app.bot_user_id.clone(),
        name: settings.app.bot_name.clone(),
        real_name: settings.app.name.clone(),
        display_name: String::new(),
        email: None,
        kind: UserKind::Bot,
        deleted: false,
    }
}

fn slackbot() -> User {
    User {
        id: "USLACKBOT".into(),
        name: "slackbot".into(),
        real_name: "Slackbot".into(),
        display_name: String::new(),
        email: None,
        kind: UserKind::Member,
        deleted: false,
    }
}
