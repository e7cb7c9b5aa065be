//! The default workspace: the company Acme, with Iris installed.

use std::net::{Ipv4Addr, SocketAddr};

use super::{
    App, ChannelSeed, ClockSetting, Command, Settings, Shortcut, ShortcutKind, Team, User,
    UserGroup, UserKind,
};

const SCOPES: &[&str] = &[
    "app_mentions:read",
    "bookmarks:read",
    "bookmarks:write",
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:read",
    "chat:write",
    "chat:write.public",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:read",
    "im:write",
    "pins:read",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users:read",
    "users:read.email",
];

const EVENTS: &[&str] = &[
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_created",
    "channel_deleted",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "reaction_removed",
    "team_access_granted",
    "team_access_revoked",
    "tokens_revoked",
];

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            app_url: None,
            bot_token: "xoxb-simulated-workspace".into(),
            signing_secret: "simulated-signing-secret".into(),
            socket_mode: false,
            app_token: "xapp-simulated-workspace".into(),
            most_sockets: 10,
            team: Team {
                id: "T0ACME".into(),
                name: "Acme".into(),
                domain: "acme".into(),
                enterprise: None,
            },
            app: App {
                id: "A0IRIS".into(),
                name: "Iris".into(),
                bot_id: "B0IRIS".into(),
                bot_user_id: "U0IRIS".into(),
                bot_name: "iris".into(),
            },
            oauth: super::OAuth::default(),
            scopes: SCOPES.iter().map(ToString::to_string).collect(),
            events: EVENTS.iter().map(ToString::to_string).collect(),
            commands: vec![Command {
                command: "/incident".into(),
                usage_hint: "[what is broken] | list | status | update … | resolve | help".into(),
                should_escape: true,
            }],
            shortcuts: shortcuts(),
            people: people(),
            user_groups: vec![UserGroup {
                id: "S0PAYMENTS".into(),
                handle: "payments-oncall".into(),
                name: "Payments on call".into(),
                users: vec!["U0KENMORI".into(), "U0YUITANA".into()],
                disabled: false,
            }],
            channels: vec![
                channel("C0GENERAL", "general", false, &[]),
                channel(
                    "C0OPS",
                    "ops",
                    false,
                    &["U0AYASATO", "U0KENMORI", "U0YUITANA", "U0IRIS"],
                ),
                channel("C0LEADS", "leads", true, &["U0AYASATO", "U0CTO"]),
                ChannelSeed {
                    external: true,
                    ..channel("C0PARTNERS", "partners", false, &["U0AYASATO", "U0KENMORI"])
                },
            ],
            clock: ClockSetting::Real,
            kana_channel_names: true,
            rate_limits: false,
            latency_ms: 0,
            events_an_hour: 30_000,
            deliveries_at_once: 1,
        }
    }
}

fn people() -> Vec<User> {
    let person = |id: &str, name: &str, real_name: &str| User {
        id: id.into(),
        name: name.into(),
        real_name: real_name.into(),
        display_name: String::new(),
        email: Some(format!("{name}@acme.example")),
        kind: UserKind::Member,
        deleted: false,
    };
    vec![
        person("U0AYASATO", "aya", "Aya Sato"),
        person("U0KENMORI", "ken", "Ken Mori"),
        person("U0YUITANA", "yui", "Yui Tanaka"),
        User {
            display_name: "Ana".into(),
            ..person("U0ANASILVA", "ana", "Ana Silva")
        },
        User {
            display_name: "佐藤 花子".into(),
            ..person("U0HANAKO", "hanako", "Hanako Sato")
        },
        person("U0CTO", "cto", "Mika Ito"),
        User {
            kind: UserKind::Guest,
            ..person("U0GUEST", "guest", "Sam Guest")
        },
        User {
            deleted: true,
            ..person("U0GONE", "gone", "Taro Gone")
        },
        User {
            email: None,
            kind: UserKind::Bot,
            ..person("U0MONITOR", "monitor", "Monitor")
        },
    ]
}

fn channel(id: &str, name: &str, private: bool, members: &[&str]) -> ChannelSeed {
    ChannelSeed {
        id: id.into(),
        name: name.into(),
        private,
        external: false,
        topic: String::new(),
        members: members.iter().map(ToString::to_string).collect(),
    }
}

fn shortcuts() -> Vec<Shortcut> {
    let shortcut = |name: &str, callback_id: &str, kind| Shortcut {
        name: name.into(),
        callback_id: callback_id.into(),
        kind,
    };
    vec![
        shortcut("Declare an incident", "core:declare", ShortcutKind::Global),
        shortcut("Add to timeline", "timeline:add", ShortcutKind::Message),
        shortcut("Make it a todo", "todo:add.message", ShortcutKind::Message),
        shortcut(
            "Declare from message",
            "core:declare.message",
            ShortcutKind::Message,
        ),
    ]
}
