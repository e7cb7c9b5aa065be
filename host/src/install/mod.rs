//! Lets workspaces come and go while Iris runs: who installs it by OAuth, their tokens, and their end.
//!
//! Whatever changes is in the store first; [`serve`] then makes the performer follow it, also what
//! an operator's command or another process wrote.
//!
//! # Layout
//! * [`arrive`]  somebody installs Iris: to Slack's page and back
//! * [`state`]   what keeps one browser's way apart from another's
//! * [`answer`]  the tokens that Slack gives
//! * [`serve`]   the performer serves what the store says
//! * [`rotate`]  tokens that end are exchanged before they do
//! * [`judge`]   the store learns what Slack thinks of a token
//! * [`leave`]   what Slack tells of an installation's end
//! * [`grant`]   which workspaces an organisation's installation serves
//! * [`reseal`]  everything is sealed with another key

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use tokio::sync::Notify;
use url::Url;

use crate::{
    clock::{Moment, SharedClock},
    config::{Client, Teams},
    ids::TeamId,
    main_loop::MainLoop,
    manifest::Needs,
    perform::Performer,
    seal::Keys,
    slack::Slack,
    step::Steps,
    store::{Installation, SharedStore},
    tasks::Tasks,
};

mod answer;
mod arrive;
mod grant;
mod judge;
mod leave;
mod reseal;
mod rotate;
mod serve;
mod state;

pub use reseal::{Resealed, access_token, reseal};
pub use serve::Unserved;

/// What installing works with.
pub struct Parts {
    pub store: SharedStore,
    pub performer: Performer,
    pub clock: SharedClock,
    pub tasks: Tasks,
    /// Without a token: each workspace's is put into it.
    pub slack: Slack,
    pub teams: Arc<Teams>,
    pub steps: Arc<Steps>,
    /// `None`: no token is sealed, so nobody can be served but those whose token is given.
    pub keys: Option<Keys>,
    /// With the address at which Slack sends browsers back. `None`: nobody can install Iris.
    pub client: Option<(Client, Url)>,
}

/// Who installed Iris. Clones share it.
#[derive(Clone)]
pub struct Installs(Arc<Inner>);

struct Inner {
    parts: Parts,
    main: OnceLock<MainLoop>,
    known: Mutex<Known>,
    /// One change is followed at a time, so that none overtakes another.
    following: tokio::sync::Mutex<()>,
    /// One comes at a time, so that none takes the place of another unseen.
    arriving: tokio::sync::Mutex<()>,
    /// Something was installed, or has other tokens.
    changed: Notify,
}

/// What the store said last.
#[derive(Default)]
struct Known {
    /// Up to this version.
    version: u64,
    installations: BTreeMap<TeamId, Installation>,
    /// The workspaces of organisations, and the moment of the news.
    granted: HashMap<TeamId, (Option<TeamId>, Moment)>,
    /// Tokens that could not be exchanged, and when that is tried again.
    later: HashMap<TeamId, (Moment, u32)>,
}

impl Installs {
    /// Serves those who have installed it already. Nobody is asked for it: whose the tokens are was
    /// said when they were given.
    pub async fn open(parts: Parts) -> Result<Self, Unserved> {
        let installs = Self(Arc::new(Inner {
            parts,
            main: OnceLock::new(),
            known: Mutex::default(),
            following: tokio::sync::Mutex::default(),
            arriving: tokio::sync::Mutex::default(),
            changed: Notify::new(),
        }));
        installs.check_keys().await?;
        installs.follow().await?;
        Ok(installs)
    }

    /// From now on installations come and go. `main` is told of those that are new.
    pub fn start(&self, main: MainLoop) {
        // It is started once.
        let _ = self.0.main.set(main);
        let tasks = &self.0.parts.tasks;
        tasks.spawn(serve::run(self.clone()));
        tasks.spawn(judge::run(self.clone()));
        tasks.spawn(rotate::run(self.clone()));
    }

    /// Whether something is to be done now: a token is to be exchanged, or Slack has refused one in a
    /// workspace and that is to be written down.
    pub fn is_busy(&self) -> bool {
        self.is_exchanging() || !self.denied().is_empty()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn parts(&self) -> &Parts {
        &self.0.parts
    }

    fn now(&self) -> Moment {
        self.parts().clock.now()
    }
}

/// What Iris and the steps that teams use do in Slack.
pub fn needs(teams: &Teams, steps: &Steps) -> Needs {
    let files = teams.files();
    let used = files.iter().flat_map(|(_, file)| &file.team.steps);
    let used: Vec<_> = used.filter_map(|step| steps.of(step)).collect();
    Needs::of(&used)
}
