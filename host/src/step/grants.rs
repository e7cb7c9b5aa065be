//! May this step do this? What it asked for and the team's file allows. Pure.

use std::{collections::BTreeSet, fmt};

use serde::Serialize;

use super::descriptor::Descriptor;
use crate::{
    incident::{Refusal, RefusalKind},
    team::Allow,
};

/// An interface that must be asked for and allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Permission {
    Incident,
    Room,
    Messages,
    Forms,
    Timers,
    Slack,
    Http,
}

impl Permission {
    pub const ALL: [Self; 7] = [
        Self::Incident,
        Self::Room,
        Self::Messages,
        Self::Forms,
        Self::Timers,
        Self::Slack,
        Self::Http,
    ];

    /// As the contract, descriptions and teams' files write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Room => "room",
            Self::Messages => "messages",
            Self::Forms => "forms",
            Self::Timers => "timers",
            Self::Slack => "slack",
            Self::Http => "http",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|permission| permission.as_str() == text)
    }
}

/// In `http-hosts`: whichever hosts the team's line allows. For steps whose address is a setting.
const ANY_HOST: &str = "*";

/// What one step may do in one team.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Grants {
    wishes: BTreeSet<Permission>,
    slack: BTreeSet<String>,
    http: BTreeSet<String>,
    secrets: BTreeSet<String>,
}

impl Grants {
    /// What the step asked for, if the line in the team's file allows all of it. The standard steps
    /// carry their own allowances.
    pub fn of(asked: &Descriptor, allow: &Allow, standard: bool) -> Result<Self, Ungranted> {
        let mut http = asked.http_hosts.clone();
        if http.remove(ANY_HOST) {
            // Which ones, the team's file says alone.
            http.extend(allow.http.iter().cloned());
            if http.is_empty() {
                http.insert(ANY_HOST.to_owned());
            }
        }
        let grants = Self {
            wishes: asked.capabilities.clone(),
            slack: asked.slack_methods.clone(),
            http,
            secrets: allow.secrets.clone(),
        };
        let missing = if standard {
            vec![]
        } else {
            grants.beyond(allow)
        };
        if missing.is_empty() {
            Ok(grants)
        } else {
            Err(Ungranted {
                step: asked.name.clone(),
                missing,
            })
        }
    }

    /// The gate that every function of the host asks.
    pub fn may(&self, permission: Permission) -> Result<(), Refusal> {
        let name = permission.as_str();
        self.wishes
            .contains(&permission)
            .then_some(())
            .ok_or_else(|| {
                refused(
                    name,
                    &format!("`{name}`, which belongs into `capabilities`"),
                )
            })
    }

    pub fn may_call(&self, method: &str) -> Result<(), Refusal> {
        self.may(Permission::Slack)?;
        self.slack.contains(method).then_some(()).ok_or_else(|| {
            refused(
                "slack",
                &format!("the method `{method}`, which belongs into `slack-methods`"),
            )
        })
    }

    /// `host` in lower case.
    pub fn may_reach(&self, host: &str) -> Result<(), Refusal> {
        self.may(Permission::Http)?;
        self.http.contains(host).then_some(()).ok_or_else(|| {
            refused(
                "http",
                &format!("the host `{host}`, which belongs into `http-hosts`"),
            )
        })
    }

    pub fn may_use(&self, secret: &str) -> Result<(), Refusal> {
        self.secrets.contains(secret).then_some(()).ok_or_else(|| {
            let sentence = format!(
                "The team's file does not give this step the secret `{secret}`: add it to \
                 `allow.secrets`."
            );
            Refusal::new(RefusalKind::NotGranted, "allow.secrets", sentence)
        })
    }

    /// What the file does not allow.
    fn beyond(&self, allow: &Allow) -> Vec<Missing> {
        let wishes = self
            .wishes
            .iter()
            .filter_map(|permission| match permission {
                // These are allowed method by method and host by host.
                Permission::Slack | Permission::Http => None,
                Permission::Incident
                | Permission::Room
                | Permission::Messages
                | Permission::Forms
                | Permission::Timers => {
                    let name = permission.as_str();
                    (!allow.wishes.contains(name)).then(|| Missing::new("wishes", name))
                }
            });
        let slack = self
            .slack
            .difference(&allow.slack)
            .map(|name| Missing::new("slack", name));
        let http = self
            .http
            .difference(&allow.http)
            .map(|name| Missing::new("http", name));
        wishes.chain(slack).chain(http).collect()
    }
}

fn refused(list: &str, what: &str) -> Refusal {
    let sentence = format!("The step's description does not ask for {what}.");
    Refusal::new(RefusalKind::NotGranted, &format!("allow.{list}"), sentence)
}

/// A step asks for more than the team's file allows: for whoever writes that file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the step `{step}` asks for what its line does not allow: {}",
    list(missing)
)]
pub struct Ungranted {
    pub step: String,
    pub missing: Vec<Missing>,
}

/// One thing to be added to the step's line, or not to be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Of `allow`: `wishes`, `slack` or `http`.
    pub list: &'static str,
    pub name: String,
}

impl Missing {
    fn new(list: &'static str, name: &str) -> Self {
        Self {
            list,
            name: name.to_owned(),
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name == ANY_HOST {
            return write!(
                f,
                "a host of your choice (add one to `allow.{}`)",
                self.list
            );
        }
        write!(f, "`{}` (add it to `allow.{}`)", self.name, self.list)
    }
}

fn list(missing: &[Missing]) -> String {
    missing
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
