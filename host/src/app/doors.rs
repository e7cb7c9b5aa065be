//! Where alerts come in: the hooks of teams' files, each with its secret and its workspace.

use std::sync::Arc;

use tracing::error;

use crate::{
    config::{self, DEFAULT, Teams},
    edge::{Door, Hooks},
    ids::TeamId,
    perform::Performer,
};

/// The hooks that are in force.
pub(super) struct Doors {
    pub(super) teams: Arc<Teams>,
    pub(super) performer: Performer,
    /// Asked each time, so that a secret in a file can be changed while Iris runs.
    pub(super) environment: fn(&str) -> Option<String>,
}

impl Hooks for Doors {
    fn find(&self, name: &str) -> Option<Door> {
        let (file, team, hook) = self.teams.hook(name)?;
        let workspace = if file == DEFAULT {
            self.performer.only()
        } else {
            Some(TeamId::from(file))
        };
        let secret = config::hook_secret(name, &self.environment).unwrap_or_else(|problem| {
            error!(
                hook.name = name,
                "The hook `{name}` takes nothing: {problem}"
            );
            None
        });
        Some(Door {
            hook,
            team,
            workspace,
            secret,
        })
    }
}
