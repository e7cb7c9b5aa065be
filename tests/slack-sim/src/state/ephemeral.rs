//! Messages that only one person sees.

use serde::Serialize;
use serde_json::Value;

use super::State;
use super::changes::Subject;

#[derive(Clone, Debug, Serialize)]
pub struct Ephemeral {
    pub channel: String,
    pub ts: String,
    /// Who sees it.
    pub user: String,
    pub text: String,
    pub blocks: Vec<Value>,
    pub thread_ts: Option<String>,
    /// Slack's own words, such as a command's failure; not the app's.
    pub from_slack: bool,
}

impl State {
    /// Shows it and gives it its timestamp.
    pub(crate) fn show(&mut self, mut ephemeral: Ephemeral) -> Ephemeral {
        ephemeral.ts = self.next_ts();
        ephemeral.blocks = self.with_ids(ephemeral.blocks);
        self.changes.touch(Subject::Ephemeral(ephemeral.ts.clone()));
        self.ephemerals.push(ephemeral.clone());
        ephemeral
    }

    /// For a change, which is noted.
    pub(crate) fn ephemeral_mut(&mut self, ts: &str) -> Option<&mut Ephemeral> {
        let found = self.ephemerals.iter_mut().find(|shown| shown.ts == ts)?;
        self.changes.touch(Subject::Ephemeral(ts.to_owned()));
        Some(found)
    }

    pub(crate) fn hide(&mut self, ts: &str) {
        self.changes.touch(Subject::Ephemeral(ts.to_owned()));
        self.ephemerals.retain(|shown| shown.ts != ts);
    }

    pub(crate) fn ephemeral(&self, ts: &str) -> Option<&Ephemeral> {
        self.ephemerals.iter().find(|ephemeral| ephemeral.ts == ts)
    }
}
