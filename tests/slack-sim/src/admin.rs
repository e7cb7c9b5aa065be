//! What admins do: with the app, in a workspace and in an organisation; with people and groups.

use crate::sim::Sim;

impl Sim {
    /// Whether the app is installed.
    pub fn has_app(&self) -> bool {
        self.core().read(|state| state.access.installed())
    }

    /// An admin takes the app out of the workspace, or out of the organisation where it is installed
    /// there.
    pub fn uninstall_app(&self) {
        self.core().uninstall();
    }

    /// An admin of the organisation lets its installation work in this workspace.
    pub fn grant_app(&self) {
        self.core().change(|state| state.grant(true));
    }

    /// An admin of the organisation takes that away again.
    pub fn withdraw_app(&self) {
        self.core().change(|state| state.grant(false));
    }

    /// An admin makes these people the members of a group, by ids; the group is named by its handle.
    pub fn set_group(&self, handle: &str, users: &[&str]) {
        self.core().change(|state| state.set_group(handle, users));
    }

    /// An admin ends somebody's account; the person is named by id.
    pub fn deactivate(&self, user: &str) {
        self.core().change(|state| state.deactivate(user));
    }
}
