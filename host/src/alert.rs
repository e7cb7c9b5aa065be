//! What monitoring systems say, in one shape whoever says it: the edge reads it out of each sender's
//! JSON, and a team's file says what becomes of it ([`crate::team::Hook`]).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::ChannelId;

/// An alert as its sender tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Names this delivery, made from what the sender repeats when it delivers again. `None`: its
    /// sender says nothing of the kind, and handling it twice does no harm.
    pub id: Option<String>,
    /// The same for everything that is said about one trouble; of any length.
    pub key: String,
    pub state: AlertState,
    pub fields: Fields,
}

/// Whether the trouble is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertState {
    Firing,
    Resolved,
}

impl AlertState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Firing => "firing",
            Self::Resolved => "resolved",
        }
    }
}

/// Every value that an alert holds, by its path, such as `labels.service`. A path through a list has
/// a value for each of its items, in their order and each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, Vec<String>>);

impl Fields {
    /// So many paths are kept, each so long at most, with so many values; the rest is as if it were
    /// not there.
    const MOST: usize = 1_000;
    const LONGEST: usize = 256;
    const VALUES: usize = 100;

    /// Empty values say nothing and are left out.
    pub fn add(&mut self, path: &str, value: &str) {
        let known = self.0.len() < Self::MOST || self.0.contains_key(path);
        if value.is_empty() || path.len() > Self::LONGEST || !known {
            return;
        }
        let values = self.0.entry(path.to_owned()).or_default();
        if values.len() < Self::VALUES && !values.iter().any(|other| other == value) {
            values.push(value.to_owned());
        }
    }

    /// Empty where there is nothing at that path.
    pub fn at(&self, path: &str) -> &[String] {
        self.0.get(path).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first value at that path.
    pub fn first(&self, path: &str) -> Option<&str> {
        self.at(path).first().map(String::as_str)
    }
}

/// An alert as the team's file reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alerted {
    /// The incident that it declares was declared through this.
    pub through: Through,
    /// [`Alert::key`], hashed: 32 hexadecimal digits.
    pub key: String,
    pub state: AlertState,
    /// Strangers' words, plain text; one line, at most 150 UTF-16 units, never empty.
    pub title: String,
    /// Strangers' words, plain text; may be empty.
    pub situation: String,
    pub product: Option<String>,
    /// `None`: "not sure yet".
    pub severity: Option<String>,
    /// Where the incident is announced.
    pub channel: ChannelId,
    /// So many incidents within an hour are declared through the hook at most.
    pub per_hour: u32,
}

/// What an incident was declared through, where nobody declared it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Through {
    /// The hook's name.
    pub hook: String,
    /// What people read in the place of a person's name, such as `Alertmanager`.
    pub label: String,
}
