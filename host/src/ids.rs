//! Names of things. Each kind of name is a type, so that none is mistaken for another.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(name.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(name: String) -> Self {
                Self(name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// A Slack workspace: `T…`, or `E…` for an organisation.
    TeamId
}
name! {
    /// A person in Slack: `U…` or `W…`.
    UserId
}
name! {
    /// A channel or direct message in Slack: `C…`, `G…` or `D…`.
    ChannelId
}
name! {
    /// Who wishes: `core`, or the name of a step.
    Owner
}

impl Owner {
    /// Iris itself.
    pub fn core() -> Self {
        Self::from("core")
    }

    pub fn is_core(&self) -> bool {
        self.0 == "core"
    }
}

/// 1, 2, 3, … within a team.
pub type Number = u32;

/// One message in Slack, by the two ids Slack knows it under.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MessageId {
    pub channel: ChannelId,
    /// Slack's timestamp, which is a message's id within its channel.
    pub ts: String,
}

impl MessageId {
    /// The opaque form that steps see: begins with a capital letter, unlike the names they choose.
    pub fn opaque(&self) -> String {
        format!("{}:{}", self.channel, self.ts)
    }

    /// Its address, as Slack makes it; the channel's, where `ts` is empty. `workspace` is the
    /// workspace's own address, such as `https://acme.slack.com/`.
    pub fn permalink(&self, workspace: &str) -> String {
        let room = format!(
            "{}/archives/{}",
            workspace.trim_end_matches('/'),
            self.channel
        );
        if self.ts.is_empty() {
            room
        } else {
            format!("{room}/p{}", self.ts.replace('.', ""))
        }
    }

    /// Reads [`MessageId::opaque`] back. `None` when it is none.
    pub fn from_opaque(text: &str) -> Option<Self> {
        let (channel, ts) = text.split_once(':')?;
        (channel.starts_with(|c: char| c.is_ascii_uppercase()) && !ts.is_empty()).then(|| Self {
            channel: channel.into(),
            ts: ts.to_owned(),
        })
    }
}
