//! What Iris and the teams' steps do in Slack: the methods they call, the events they hear of.

use std::collections::BTreeSet;

use super::scopes;
use crate::step::{Descriptor, Permission};

/// What the app must be allowed and told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    methods: BTreeSet<String>,
    events: BTreeSet<&'static str>,
}

/// Iris itself: answers, forms, posts, names, and looks for what it may have posted already.
const CORE: [&str; 12] = [
    "auth.test",
    "chat.postMessage",
    "chat.postEphemeral",
    "chat.update",
    "chat.delete",
    "conversations.history",
    "conversations.replies",
    "conversations.info",
    "conversations.open",
    "views.open",
    "views.update",
    "users.info",
];

/// Who is in a room and what it is called, and being spoken to.
const CORE_EVENTS: [&str; 11] = [
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_rename",
    "group_archive",
    "group_deleted",
    "group_rename",
    "member_joined_channel",
    "member_left_channel",
    "tokens_revoked",
];

impl Needs {
    /// Of Iris with these steps.
    pub fn of(steps: &[&Descriptor]) -> Self {
        let mut needs = Self {
            methods: CORE.map(str::to_owned).into(),
            events: CORE_EVENTS.into(),
        };
        for descriptor in steps {
            let granted = descriptor.capabilities.iter().copied();
            let methods = granted.flat_map(methods).copied();
            needs.methods.extend(methods.map(str::to_owned));
            needs
                .methods
                .extend(descriptor.slack_methods.iter().cloned());
            needs
                .events
                .extend(descriptor.events.iter().flat_map(|event| events(event)));
        }
        needs
    }

    /// In Slack's order of the alphabet, each once.
    pub fn scopes(&self) -> BTreeSet<&'static str> {
        let methods = self
            .methods
            .iter()
            .filter_map(|method| scopes::of_method(method));
        let events = self.events.iter().map(|event| scopes::of_event(event));
        // For the slash command, and to announce in public channels without joining them.
        let core = ["commands", "chat:write.public"];
        methods
            .chain(events)
            .flatten()
            .copied()
            .chain(core)
            .collect()
    }

    pub fn methods(&self) -> &BTreeSet<String> {
        &self.methods
    }

    pub fn events(&self) -> &BTreeSet<&'static str> {
        &self.events
    }

    /// What a token with the scopes `granted` lacks, and how it gets it: to be said after "It".
    pub fn lacking(&self, granted: &[impl AsRef<str>]) -> Option<String> {
        let has = |scope: &&str| granted.iter().any(|granted| granted.as_ref() == *scope);
        let missing: Vec<_> = self
            .scopes()
            .into_iter()
            .filter(|scope| !has(scope))
            .collect();
        (!missing.is_empty()).then(|| {
            format!(
                "lacks the scopes {}: add them to `oauth_config.scopes.bot` of the app's manifest \
                 (as `iris manifest` prints it), and install the app again.",
                missing.join(", ")
            )
        })
    }

    /// Methods of steps whose scopes Iris does not know: they are granted by hand.
    pub fn unknown(&self) -> Vec<&str> {
        let unknown = |method: &&String| scopes::of_method(method).is_none();
        self.methods
            .iter()
            .filter(unknown)
            .map(String::as_str)
            .collect()
    }
}

/// What the wishes of an interface come to.
fn methods(permission: Permission) -> &'static [&'static str] {
    match permission {
        Permission::Room => &[
            "conversations.create",
            "conversations.invite",
            "conversations.setTopic",
            "conversations.rename",
            "conversations.archive",
            "conversations.list",
            "bookmarks.list",
            "bookmarks.add",
            "bookmarks.edit",
            "bookmarks.remove",
            "usergroups.list",
            "users.lookupByEmail",
        ],
        Permission::Messages => &[
            "pins.add",
            "pins.remove",
            "reactions.add",
            "reactions.remove",
            "files.getUploadURLExternal",
            "files.completeUploadExternal",
            "files.info",
        ],
        Permission::Forms => &["views.push"],
        // What else a step may do is in its own list of methods, or not in Slack.
        Permission::Incident | Permission::Timers | Permission::Slack | Permission::Http => &[],
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
