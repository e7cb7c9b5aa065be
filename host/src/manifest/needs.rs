//! What Iris and the teams' steps do in Slack: the methods they call, the events they hear of, and
//! for whom each of it is.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use super::scopes;
use crate::{
    ids::Owner,
    step::{Permission, Step},
};

/// What the app must be allowed and told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    methods: BTreeMap<String, BTreeSet<By>>,
    events: BTreeMap<&'static str, BTreeSet<By>>,
}

/// Who needs something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    Iris,
    Step(Owner),
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iris => f.write_str("Iris"),
            Self::Step(step) => step.fmt(f),
        }
    }
}

/// What a scope is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A method of the Web API is called.
    Method(String),
    /// An event is told.
    Event(&'static str),
    /// What has neither.
    Feature(&'static str),
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method(method) => f.write_str(method),
            Self::Event(event) => write!(f, "the event {event}"),
            Self::Feature(feature) => f.write_str(feature),
        }
    }
}

/// Why a scope is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub what: What,
    pub by: BTreeSet<By>,
}

impl fmt::Display for Reason {
    /// `pins.add (guide)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let by: Vec<String> = self.by.iter().map(By::to_string).collect();
        write!(f, "{} ({})", self.what, by.join(", "))
    }
}

/// Iris itself: answers, forms, posts, names, and looks for what it may have posted already.
const CORE: [&str; 13] = [
    "auth.test",
    "chat.postMessage",
    "chat.postEphemeral",
    "chat.update",
    "chat.delete",
    "conversations.history",
    "conversations.info",
    "conversations.replies",
    "conversations.open",
    "views.open",
    "views.publish",
    "views.update",
    "users.info",
];

/// Who is in a room, what it is called and whether it is there, being spoken to and looked at.
const CORE_EVENTS: [&str; 14] = [
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "tokens_revoked",
];

/// Which workspaces an organisation's installation serves. Slack has no such events for an app that
/// cannot be installed in one.
const ORG_EVENTS: [&str; 2] = ["team_access_granted", "team_access_revoked"];

/// Scopes of what is no method and no event.
const FEATURES: [(&str, &str); 2] = [
    ("commands", "the slash command and the shortcuts"),
    (
        "chat:write.public",
        "posts in public channels that Iris is not in",
    ),
];

impl Needs {
    /// Of Iris with these steps.
    pub fn of(steps: &[Arc<Step>]) -> Self {
        let mut needs = Self::default();
        for method in CORE {
            needs.call(method, By::Iris);
        }
        for event in CORE_EVENTS {
            needs.hear(event, By::Iris);
        }
        for step in steps {
            needs.add(step);
        }
        needs
    }

    /// Of an Iris that organisations may install.
    pub(super) fn hear_of_organisations(&mut self) {
        for event in ORG_EVENTS {
            self.hear(event, By::Iris);
        }
    }

    fn add(&mut self, step: &Step) {
        // What it needs is the same in every language.
        let says = step.descriptor(iris_kit::Locale::En);
        let by = || By::Step(step.name().clone());
        let may = |interface: &str| {
            let mut granted = says.capabilities.iter();
            granted.any(|permission| permission.as_str() == interface)
        };
        for function in step.functions() {
            let asked = function.split_once('.').is_some_and(|(name, _)| may(name));
            for method in methods(function).iter().filter(|_| asked) {
                self.call(method, by());
            }
        }
        if may(Permission::Slack.as_str()) {
            for method in &says.slack_methods {
                self.call(method, by());
            }
        }
        for event in says.events.iter().flat_map(|event| events(event)) {
            self.hear(event, by());
        }
    }

    fn call(&mut self, method: &str, by: By) {
        self.methods
            .entry(method.to_owned())
            .or_default()
            .insert(by);
    }

    fn hear(&mut self, event: &'static str, by: By) {
        self.events.entry(event).or_default().insert(by);
    }

    /// In the order of the alphabet, each once.
    pub fn scopes(&self) -> BTreeSet<&'static str> {
        self.reasons().into_keys().collect()
    }

    /// Each scope, and all that it is needed for.
    pub fn reasons(&self) -> BTreeMap<&'static str, Vec<Reason>> {
        let methods = self.methods.iter().flat_map(|(method, by)| {
            let what = What::Method(method.clone());
            let scopes = scopes::of_method(method).unwrap_or_default();
            scopes.iter().map(move |scope| (*scope, what.clone(), by))
        });
        let events = self.events.iter().flat_map(|(event, by)| {
            let scopes = scopes::of_event(event).iter();
            scopes.map(move |scope| (*scope, What::Event(event), by))
        });
        let iris = BTreeSet::from([By::Iris]);
        let features = FEATURES
            .iter()
            .map(|(scope, what)| (*scope, What::Feature(what), &iris));
        let mut reasons = BTreeMap::<_, Vec<_>>::new();
        for (scope, what, by) in methods.chain(events).chain(features) {
            let by = by.clone();
            reasons.entry(scope).or_default().push(Reason { what, by });
        }
        reasons
    }

    pub fn methods(&self) -> impl Iterator<Item = &str> {
        self.methods.keys().map(String::as_str)
    }

    pub fn events(&self) -> Vec<&'static str> {
        self.events.keys().copied().collect()
    }

    /// Methods of steps whose scopes Iris does not know: they are granted by hand.
    pub fn unknown(&self) -> Vec<&str> {
        self.methods()
            .filter(|method| scopes::of_method(method).is_none())
            .collect()
    }
}

/// What a function of the contract with steps comes to in Slack. What is answered to a person, and
/// forms, take no scope.
fn methods(function: &str) -> &'static [&'static str] {
    match function {
        "room.open" => &[
            "conversations.create",
            "conversations.list",
            "conversations.invite",
        ],
        "room.invite" => &[
            "conversations.invite",
            "usergroups.list",
            "users.info",
            "users.lookupByEmail",
        ],
        "room.topic" => &["conversations.setTopic"],
        "room.bookmark" => &[
            "bookmarks.list",
            "bookmarks.add",
            "bookmarks.edit",
            "bookmarks.remove",
        ],
        "room.rename" => &["conversations.rename", "conversations.info"],
        "room.archive" => &["conversations.archive"],
        "messages.post" | "messages.say" => &["chat.postMessage"],
        "messages.update" => &["chat.update"],
        "messages.remove" => &["chat.delete"],
        "messages.pin" => &["pins.add"],
        "messages.unpin" => &["pins.remove"],
        "messages.react" => &["reactions.add"],
        "messages.unreact" => &["reactions.remove"],
        "messages.whisper" => &["chat.postEphemeral"],
        "messages.upload" => &[
            "files.getUploadURLExternal",
            "files.completeUploadExternal",
            "files.info",
        ],
        "forms.open" => &["views.open", "views.push"],
        // What else a step may do is in its own list of methods, or not in Slack.
        _ => &[],
    }
}

/// What Slack must tell for an event of the contract with steps; nothing for what Iris causes.
fn events(event: &str) -> &'static [&'static str] {
    match event {
        "reacted" => &["reaction_added", "reaction_removed"],
        "said" | "edited" | "deleted" => &["message.channels", "message.groups"],
        _ => &[],
    }
}
