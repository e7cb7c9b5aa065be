//! What a workspace is made of: people, groups, channels, the app and its credentials.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use crate::clock::{Clock, DEFAULT_START};

mod acme;
mod check;
mod file;

pub use check::Mistake;
pub use file::Unreadable;

/// A whole workspace, for TOML or for code; [`Settings::default`] is the company Acme.
///
/// ```
/// let settings: slack_sim::Settings = toml::from_str(r#"
///     app_url = "http://127.0.0.1:3000/slack/events"
///     clock = { manual = 1796101500 }
///     [[people]]
///     id = "U0AYASATO"
///     name = "aya"
///     real_name = "Aya Sato"
/// "#)?;
/// assert_eq!(settings.people.len(), 1);
/// assert_eq!(settings.team.id, "T0ACME");
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Where the Web API and the page listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where the app takes its deliveries; `Sim::connect_app` sets it later.
    pub app_url: Option<String>,
    /// Empty: the app is not installed here yet.
    pub bot_token: String,
    pub signing_secret: String,
    /// Whether deliveries go through sockets that the app opens, in place of `app_url`.
    pub socket_mode: bool,
    /// What the app opens them with.
    pub app_token: String,
    /// How many it may have open; Slack allows ten.
    pub most_sockets: usize,
    pub team: Team,
    pub app: App,
    pub oauth: OAuth,
    /// The app's bot scopes; a method beyond them answers `missing_scope`.
    pub scopes: Vec<String>,
    /// The events it subscribed to, such as `message.channels`.
    pub events: Vec<String>,
    /// Its slash commands; others are unknown to the workspace.
    pub commands: Vec<Command>,
    pub shortcuts: Vec<Shortcut>,
    pub people: Vec<User>,
    pub user_groups: Vec<UserGroup>,
    pub channels: Vec<ChannelSeed>,
    pub clock: ClockSetting,
    /// Whether channel names may hold kana and kanji; else `invalid_name_specials`.
    pub kana_channel_names: bool,
    /// Whether Slack's rate limits are enforced (429).
    pub rate_limits: bool,
    /// Real milliseconds that every Web API call takes besides its work.
    pub latency_ms: u64,
    /// Events that the app may be sent in an hour; then `app_rate_limited`.
    pub events_an_hour: usize,
    /// Events that may be on their way to the app at once; 1 keeps their order.
    pub deliveries_at_once: usize,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    pub id: String,
    pub name: String,
    pub domain: String,
    /// The organisation that it belongs to.
    #[serde(default)]
    pub enterprise: Option<Enterprise>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Enterprise {
    /// `E…`
    pub id: String,
    pub name: String,
}

/// How the app is installed from Slack's page.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct OAuth {
    pub client_id: String,
    pub client_secret: String,
    /// Where browsers may be sent back to: an address that begins with one of these. None: anywhere.
    pub redirect_urls: Vec<String>,
    /// Whether tokens end and are exchanged.
    pub rotation: bool,
}

impl Default for OAuth {
    fn default() -> Self {
        Self {
            client_id: "1000.2000".into(),
            client_secret: "simulated-client-secret".into(),
            redirect_urls: Vec::new(),
            rotation: false,
        }
    }
}

/// The app under test, as installed in the workspace.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    pub id: String,
    pub name: String,
    pub bot_id: String,
    pub bot_user_id: String,
    /// The bot's handle, as in `@iris`.
    pub bot_name: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// With its slash.
    pub command: String,
    #[serde(default)]
    pub usage_hint: String,
    /// Whether mentions arrive as ids and `& < >` escaped.
    #[serde(default)]
    pub should_escape: bool,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Shortcut {
    pub name: String,
    pub callback_id: String,
    #[serde(rename = "type")]
    pub kind: ShortcutKind,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum ShortcutKind {
    Global,
    Message,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    pub id: String,
    /// The handle, as in `@aya`.
    pub name: String,
    pub real_name: String,
    /// Empty: the real name is shown.
    #[serde(default)]
    pub display_name: String,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub kind: UserKind,
    /// Deactivated.
    #[serde(default)]
    pub deleted: bool,
}

impl User {
    /// What Slack shows for this person.
    pub fn shown(&self) -> &str {
        if self.display_name.is_empty() {
            &self.real_name
        } else {
            &self.display_name
        }
    }
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum UserKind {
    #[default]
    Member,
    /// Sees only the channels they were invited to.
    Guest,
    /// A guest who can be in one channel only.
    SingleChannelGuest,
    Bot,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct UserGroup {
    pub id: String,
    pub handle: String,
    pub name: String,
    pub users: Vec<String>,
    #[serde(default)]
    pub disabled: bool,
}

/// A channel that is there from the start.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelSeed {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub private: bool,
    /// Whether another organisation is in it too, by Slack Connect.
    #[serde(default)]
    pub external: bool,
    #[serde(default)]
    pub topic: String,
    /// Ids of people and bots; empty: everybody but guests, the deactivated and bots.
    #[serde(default)]
    pub members: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum ClockSetting {
    Real,
    /// Stands still at these Unix seconds until it is put forward.
    Manual(u64),
}

impl ClockSetting {
    /// A clock that stands at Tue 2026-12-01 14:05 in Tokyo.
    pub fn manual() -> Self {
        Self::Manual(DEFAULT_START)
    }

    pub(crate) fn clock(self) -> Clock {
        match self {
            Self::Real => Clock::real(),
            Self::Manual(seconds) => Clock::manual(seconds),
        }
    }
}
