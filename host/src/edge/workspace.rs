//! What the edge must know of a workspace: whether it is served, and who Iris is there.

use super::decode::Author;
use crate::ids::{TeamId, UserId};

/// Knows the workspaces.
pub trait Workspaces: Send + Sync + 'static {
    fn find(&self, team: &TeamId) -> Workspace;
}

/// What is known of one workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Workspace {
    Installed(Bot),
    /// Slack has not yet said whose token Iris holds: what is signed is taken in meanwhile.
    Unsettled,
    /// Iris is not installed there.
    Unknown,
}

/// Iris's own ids in a workspace, as `auth.test` tells them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bot {
    pub user: Option<UserId>,
    /// `B…`
    pub id: Option<String>,
}

impl Bot {
    pub(super) fn wrote(&self, author: &Author) -> bool {
        let same = |mine: Option<&str>, theirs: Option<&str>| mine.is_some() && mine == theirs;
        same(
            self.user.as_ref().map(UserId::as_str),
            author.user.as_deref(),
        ) || same(self.id.as_deref(), author.bot.as_deref())
    }
}
