//! The workspaces that Iris serves, each with a token of its own: what belongs to one never goes out
//! through another.

use std::sync::Arc;

use tokio::sync::watch;

use super::{
    settings::PerformSettings,
    workspace::{Health, Identity, Workspace},
};
use crate::{clock::SharedClock, ids::TeamId, slack::Slack, tasks::Tasks};

/// All of them.
#[derive(Debug)]
pub(super) struct Workspaces {
    all: Vec<Arc<Workspace>>,
    healths: watch::Sender<Vec<Health>>,
}

impl Workspaces {
    pub(super) fn new(slacks: Vec<Slack>) -> Self {
        let healths = watch::Sender::new(vec![Health::Unasked; slacks.len()]);
        let workspace = |(place, slack)| Workspace::new(slack, healths.clone(), place);
        let all = slacks.into_iter().enumerate().map(workspace).collect();
        Self { all, healths }
    }

    /// The team's. `None` until Slack has said whose the tokens are, and where Iris is not installed.
    pub(super) fn of(&self, team: &TeamId) -> Option<&Workspace> {
        let own =
            |workspace: &&Arc<Workspace>| workspace.identity().is_some_and(|us| us.team == *team);
        self.all.iter().find(own).map(AsRef::as_ref)
    }

    pub(super) fn identity(&self, team: &TeamId) -> Option<&Identity> {
        self.of(team)?.identity()
    }

    /// The one that there is, if there is one and Slack has said whose its token is.
    pub(super) fn only(&self) -> Option<TeamId> {
        match &self.all[..] {
            [workspace] => workspace.identity().map(|us| us.team.clone()),
            _ => None,
        }
    }

    /// Whether nothing of this team is to be sent now.
    pub(super) fn blocked(&self, team: &TeamId) -> bool {
        self.of(team).is_none_or(Workspace::blocked)
    }

    /// Whether Slack has said of every token whose it is.
    pub(super) fn knows_all(&self) -> bool {
        self.all
            .iter()
            .all(|workspace| workspace.identity().is_some())
    }

    /// Whether Slack has still to say for the first time whose a token is.
    pub(super) fn asking(&self) -> bool {
        self.healths.borrow().contains(&Health::Unasked)
    }

    /// What Slack thinks of each token, in the order they were given.
    pub(super) fn health(&self) -> watch::Receiver<Vec<Health>> {
        self.healths.subscribe()
    }

    /// Asks Slack about each token, and again whenever there is a doubt. `changed` is called after
    /// each answer.
    pub(super) fn watch(
        &self,
        tasks: &Tasks,
        clock: &SharedClock,
        settings: &PerformSettings,
        changed: impl Fn() + Clone + Send + Sync + 'static,
    ) {
        for workspace in &self.all {
            workspace.watch(tasks, clock.clone(), settings, changed.clone());
        }
    }
}
