//! The step's settings, as the team's file has them.

use std::collections::BTreeMap;

use iris_step::Failure;
use serde::Deserialize;

/// `config` of the step. Read once a call.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Config {
    /// What to do, step by step; the guide's own when there is none.
    pub(crate) flow: Vec<String>,
    first_update: Option<u32>,
    /// Minutes between updates by severity, `unsure` for the unknown one.
    update_every: BTreeMap<String, u32>,
}

impl Config {
    pub(crate) fn read() -> Result<Self, Failure> {
        iris_step::config::get()
    }

    /// Within how many minutes the first update is asked for.
    pub(crate) fn first_update(&self) -> u32 {
        self.first_update.unwrap_or(30)
    }

    /// Minutes between updates of this severity, where the file says so.
    pub(crate) fn update_every(&self, severity: Option<&str>) -> Option<u32> {
        self.update_every.get(severity.unwrap_or("unsure")).copied()
    }
}
