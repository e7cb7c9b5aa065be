//! The workspaces that Iris serves, each with a token of its own: what belongs to one never goes out
//! through another. They come and go while Iris runs.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicU32, Ordering},
    },
};

use tokio::sync::watch;

use super::{
    settings::PerformSettings,
    workspace::{Health, Healths, Identity, Installed, Workspace},
};
use crate::{
    clock::SharedClock,
    ids::TeamId,
    slack::{NOT_GRANTED, Slack},
    tasks::Tasks,
};

/// All of them.
#[derive(Debug)]
pub(super) struct Workspaces {
    /// Those whose tokens were given, and whose identity Slack tells.
    given: Vec<Arc<Workspace>>,
    installed: RwLock<Installations>,
    healths: watch::Sender<Healths>,
    places: AtomicU32,
    watching: OnceLock<Watching>,
}

/// Those that were installed.
#[derive(Debug, Default)]
struct Installations {
    /// By workspace, or organisation.
    all: HashMap<TeamId, Arc<Workspace>>,
    /// Workspaces that their organisation's installation serves.
    orgs: HashMap<TeamId, TeamId>,
}

/// What it takes to watch a token.
struct Watching {
    tasks: Tasks,
    clock: SharedClock,
    settings: PerformSettings,
    changed: Arc<dyn Fn() + Send + Sync>,
}

impl Workspaces {
    pub(super) fn new(slacks: Vec<Slack>) -> Self {
        let healths = watch::Sender::new(Healths::new());
        let given: Vec<_> = (0..)
            .zip(slacks)
            .map(|(place, slack)| Workspace::new(slack, healths.clone(), place))
            .collect();
        let places = AtomicU32::new(u32::try_from(given.len()).unwrap_or(u32::MAX));
        Self {
            given,
            installed: RwLock::default(),
            healths,
            places,
            watching: OnceLock::new(),
        }
    }

    /// The team's. `None` until Slack has said whose the tokens are, and where Iris is not installed.
    pub(super) fn of(&self, team: &TeamId) -> Option<Arc<Workspace>> {
        let installed = self.installed();
        let own = installed.all.get(team);
        if let Some(found) = own.or_else(|| installed.all.get(installed.orgs.get(team)?)) {
            return Some(found.clone());
        }
        let own =
            |workspace: &&Arc<Workspace>| workspace.identity().is_some_and(|us| us.team == *team);
        self.given.iter().find(own).cloned()
    }

    /// The team's Slack. An organisation's token is told whose workspace is meant.
    pub(super) fn slack(&self, team: &TeamId) -> Option<Slack> {
        let workspace = self.of(team)?;
        let slack = workspace.slack();
        let own = workspace.identity().is_some_and(|us| us.team == *team);
        Some(if own { slack } else { slack.within(team) })
    }

    /// Who Iris is there.
    pub(super) fn identity(&self, team: &TeamId) -> Option<Identity> {
        let identity = self.of(team)?.identity()?.clone();
        Some(Identity {
            team: team.clone(),
            ..identity
        })
    }

    /// Who Iris is where its token is given.
    pub(super) fn given(&self) -> Vec<Identity> {
        let identities = self.given.iter().filter_map(|given| given.identity());
        identities.cloned().collect()
    }

    /// The one that there is, if there is one, no organisation, and it is known whose its token is.
    pub(super) fn only(&self) -> Option<TeamId> {
        let installed = self.installed();
        let mut all = self.given.iter().chain(installed.all.values());
        let (Some(workspace), None) = (all.next(), all.next()) else {
            return None;
        };
        let us = workspace
            .identity()
            .filter(|us| !us.team.as_str().starts_with('E'));
        us.map(|us| us.team.clone())
    }

    /// Whether nothing of this team is to be sent now.
    pub(super) fn blocked(&self, team: &TeamId) -> bool {
        self.of(team).is_none_or(|workspace| workspace.blocked())
    }

    /// Whether it is known of every token whose it is.
    pub(super) fn knows_all(&self) -> bool {
        self.given
            .iter()
            .all(|workspace| workspace.identity().is_some())
    }

    /// Whether Slack has still to say for the first time whose a token is.
    pub(super) fn asking(&self) -> bool {
        let healths = self.healths.borrow();
        healths.values().any(|health| *health == Health::Unasked)
    }

    /// What Slack thinks of each token.
    pub(super) fn health(&self) -> watch::Receiver<Healths> {
        self.healths.subscribe()
    }

    /// Asks Slack about each token, and again whenever there is a doubt. `changed` is called after
    /// each answer, and when a workspace comes or goes.
    pub(super) fn watch(
        &self,
        tasks: &Tasks,
        clock: &SharedClock,
        settings: &PerformSettings,
        changed: impl Fn() + Send + Sync + 'static,
    ) {
        let watching = self.watching.get_or_init(|| Watching {
            tasks: tasks.clone(),
            clock: clock.clone(),
            settings: settings.clone(),
            changed: Arc::new(changed),
        });
        for workspace in &self.given {
            watching.watch(workspace);
        }
    }

    /// Serves a workspace from now on, or serves it with another token.
    pub(super) fn serve(&self, new: Installed) {
        let team = new.identity.team.clone();
        let refused = new.refused.is_some();
        let before = self.installed().all.get(&team).cloned();
        let same = before.filter(|before| before.identity() == Some(&new.identity) && !refused);
        if let Some(before) = same {
            before.renew(new.slack);
        } else {
            let place = self.places.fetch_add(1, Ordering::Relaxed);
            let workspace = Workspace::installed(new, self.healths.clone(), place);
            if let Some(watching) = self.watching.get() {
                watching.watch(&workspace);
            }
            if let Some(before) = self.installing().all.insert(team, workspace) {
                before.end();
            }
        }
        self.changed();
    }

    /// Serves a workspace no more, or an organisation's. False where it was not served.
    pub(super) fn forget(&self, team: &TeamId) -> bool {
        let mut installed = self.installing();
        let gone = installed.all.remove(team);
        installed.orgs.retain(|_, org| org != team);
        drop(installed);
        if let Some(workspace) = &gone {
            workspace.end();
        }
        self.changed();
        gone.is_some()
    }

    /// Whether an organisation's installation serves this workspace.
    pub(super) fn grant(&self, team: &TeamId, org: Option<TeamId>) {
        let mut installed = self.installing();
        match org {
            Some(org) => installed.orgs.insert(team.clone(), org),
            None => installed.orgs.remove(team),
        };
        drop(installed);
        self.changed();
    }

    /// Whether its organisation's installation serves this workspace, as far as is known.
    pub(super) fn is_granted(&self, team: &TeamId) -> bool {
        self.installed().orgs.contains_key(team)
    }

    /// Slack refused a call for this team because of its token: nothing is sent there until it is
    /// good again, or until the organisation's is granted anew.
    pub(super) fn refuse(&self, team: &TeamId, code: &str) {
        if code == NOT_GRANTED && self.installing().orgs.remove(team).is_some() {
            tracing::warn!(
                team.id = %team,
                "Slack says that the installation of its organisation does not serve {team}"
            );
            // Whoever watches the tokens writes it down.
            self.healths.send_modify(|_| {});
        } else if let Some(workspace) = self.of(team) {
            workspace.refuse(code);
        }
    }

    fn changed(&self) {
        if let Some(watching) = self.watching.get() {
            (watching.changed)();
        }
    }

    fn installed(&self) -> RwLockReadGuard<'_, Installations> {
        self.installed
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn installing(&self) -> RwLockWriteGuard<'_, Installations> {
        self.installed
            .write()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watching {
    fn watch(&self, workspace: &Arc<Workspace>) {
        let changed = self.changed.clone();
        let (tasks, clock) = (&self.tasks, self.clock.clone());
        workspace.watch(tasks, clock, &self.settings, move || changed());
    }
}

impl fmt::Debug for Watching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watching")
    }
}
