//! A workspace's Slack, and whether its token is good.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use serde_json::{Value, json};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use crate::{
    clock::SharedClock,
    ids::{TeamId, UserId},
    perform::{backoff::Backoff, settings::PerformSettings},
    slack::{Retry, Slack},
    tasks::Tasks,
};

/// What Slack thinks of Iris. `/readyz` says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Health {
    /// Slack was not asked yet.
    #[default]
    Unasked,
    Good(Identity),
    /// Nothing is sent until the token is good again. Slack's error code.
    Refused {
        code: String,
    },
    /// Slack does not answer; what is to be sent is tried all the same.
    Unreachable {
        why: String,
    },
}

impl Health {
    /// Who Iris is there, while the token is good.
    pub fn identity(&self) -> Option<&Identity> {
        match self {
            Self::Good(identity) => Some(identity),
            Self::Unasked | Self::Refused { .. } | Self::Unreachable { .. } => None,
        }
    }
}

/// Who Iris is in Slack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub team: TeamId,
    /// The workspace's name.
    pub name: String,
    pub bot_user: UserId,
    pub bot: Option<String>,
    /// Of the workspace, for links.
    pub url: String,
    /// What the token may do. Empty when Slack did not say.
    pub scopes: Vec<String>,
}

/// Where Iris was installed: whose the token is was said then, and need not be asked.
#[derive(Clone, Debug)]
pub struct Installed {
    /// [`Identity::team`] is the organisation of an installation that serves its workspaces.
    pub identity: Identity,
    /// With its token.
    pub slack: Slack,
    /// Why Slack refused the token of late.
    pub refused: Option<String>,
}

/// The health of every workspace, by its place.
pub type Healths = BTreeMap<u32, Health>;

/// The team in figures until Slack has said whose a token is.
const NOBODY: &str = "unknown";

/// One workspace.
#[derive(Debug)]
pub(super) struct Workspace {
    /// With its present token.
    slack: RwLock<Slack>,
    /// Whose token it is: of one that was installed from the beginning, else from Slack's first word
    /// on.
    identity: OnceLock<Identity>,
    /// It was installed.
    installed: bool,
    /// The health of all workspaces, and this one's place in it.
    healths: watch::Sender<Healths>,
    place: u32,
    doubt: Notify,
    /// There is another token.
    renewed: Notify,
    gone: CancellationToken,
}

impl Workspace {
    /// One whose identity Slack will tell.
    pub(super) fn new(slack: Slack, healths: watch::Sender<Healths>, place: u32) -> Arc<Self> {
        healths.send_modify(|all| {
            all.insert(place, Health::Unasked);
        });
        Arc::new(Self {
            slack: RwLock::new(slack),
            identity: OnceLock::new(),
            installed: false,
            healths,
            place,
            doubt: Notify::new(),
            renewed: Notify::new(),
            gone: CancellationToken::new(),
        })
    }

    /// One that was installed.
    pub(super) fn installed(
        installed: Installed,
        healths: watch::Sender<Healths>,
        place: u32,
    ) -> Arc<Self> {
        let Installed {
            identity,
            slack,
            refused,
        } = installed;
        figure(identity.team.as_str(), refused.is_none());
        let doubt = Notify::new();
        let health = match refused {
            None => Health::Good(identity.clone()),
            Some(code) => {
                doubt.notify_one();
                Health::Refused { code }
            }
        };
        healths.send_modify(|all| {
            all.insert(place, health);
        });
        Arc::new(Self {
            slack: RwLock::new(slack),
            identity: OnceLock::from(identity),
            installed: true,
            healths,
            place,
            doubt,
            renewed: Notify::new(),
            gone: CancellationToken::new(),
        })
    }

    pub(super) fn slack(&self) -> Slack {
        let slack = self.slack.read().unwrap_or_else(PoisonError::into_inner);
        slack.clone()
    }

    /// From now on it has this token. One that it did not have is good: Slack has just given it.
    pub(super) fn renew(&self, slack: Slack) {
        let mut held = self.slack.write().unwrap_or_else(PoisonError::into_inner);
        let is_new = !held.has_token_of(&slack);
        *held = slack;
        drop(held);
        if let Some(us) = self.identity().filter(|_| is_new) {
            self.set(Health::Good(us.clone()));
        }
        self.renewed.notify_one();
    }

    /// It is served no more.
    pub(super) fn end(&self) {
        self.gone.cancel();
        self.healths.send_modify(|all| {
            all.remove(&self.place);
        });
        if let Some(us) = self.identity() {
            figure(us.team.as_str(), false);
        }
    }

    /// Whether nothing is to be sent.
    pub(super) fn blocked(&self) -> bool {
        let healths = self.healths.borrow();
        !matches!(
            healths.get(&self.place),
            Some(Health::Unasked | Health::Good(_) | Health::Unreachable { .. })
        )
    }

    /// Who Iris is there. `None` until Slack has said so; then for good.
    pub(super) fn identity(&self) -> Option<&Identity> {
        self.identity.get()
    }

    /// What Slack thinks of its token.
    pub(super) fn health(&self) -> Option<Health> {
        self.healths.borrow().get(&self.place).cloned()
    }

    /// A call was refused because of the token.
    pub(super) fn refuse(&self, code: &str) {
        self.set(Health::Refused {
            code: code.to_owned(),
        });
        self.doubt.notify_one();
    }

    /// Asks Slack until the token is good, and again whenever there is a doubt. `changed` is called
    /// after each answer.
    pub(super) fn watch(
        self: &Arc<Self>,
        tasks: &Tasks,
        clock: SharedClock,
        settings: &PerformSettings,
        changed: impl Fn() + Send + Sync + 'static,
    ) {
        let (workspace, settings) = (self.clone(), settings.clone());
        let stop = tasks.clone();
        tasks.spawn(async move {
            let work = async {
                let mut backoff = Backoff::new(&settings);
                if workspace.installed {
                    workspace.doubt.notified().await;
                }
                loop {
                    // On the heap: a thousand of them wait for a doubt, and hardly one asks.
                    let health = Box::pin(workspace.ask()).await;
                    let good = matches!(health, Health::Good(_));
                    workspace.set(health);
                    changed();
                    if good {
                        workspace.doubt.notified().await;
                    }
                    // Also after a doubt: should Slack call the token good and yet refuse it, then
                    // the doubts come ever more slowly.
                    tokio::select! {
                        () = clock.sleep_until(clock.now().plus(backoff.next())) => {}
                        () = workspace.renewed.notified() => backoff = Backoff::new(&settings),
                    }
                }
            };
            tokio::select! {
                () = work => {}
                () = workspace.gone.cancelled() => {}
                () = stop.stopping() => {}
            }
        });
    }

    async fn ask(&self) -> Health {
        let slack = self.slack().about("whose the token is");
        match slack.call("auth.test", &json!({})).await {
            // What it is was said when it was installed; what it may do can have changed.
            Ok(answer)
                if self.installed
                    && let Some(us) = self.identity() =>
            {
                let said = scopes(answer.scopes.as_deref());
                let scopes = if said.is_empty() {
                    us.scopes.clone()
                } else {
                    said
                };
                Health::Good(Identity {
                    scopes,
                    ..us.clone()
                })
            }
            Ok(answer) => {
                let text = |pointer: &str| answer.text(pointer).unwrap_or_default();
                Health::Good(Identity {
                    team: text("/team_id").into(),
                    name: text("/team").to_owned(),
                    bot_user: text("/user_id").into(),
                    url: text("/url").to_owned(),
                    bot: answer
                        .body
                        .get("bot_id")
                        .and_then(Value::as_str)
                        .map(str::to_owned),
                    scopes: scopes(answer.scopes.as_deref()),
                })
            }
            Err(error) => match error.retry() {
                Retry::Token | Retry::Never | Retry::Ask => Health::Refused {
                    code: error.code().unwrap_or("unknown").to_owned(),
                },
                Retry::After(_) | Retry::Again | Retry::Look | Retry::Done => Health::Unreachable {
                    why: error.to_string(),
                },
            },
        }
    }

    /// Says a change once.
    fn set(&self, health: Health) {
        // The first word counts: a token's workspace does not change.
        if let Health::Good(identity) = &health
            && self.identity.set(identity.clone()).is_ok()
        {
            // What was said of it while nobody knew whose it is holds no longer.
            figure(NOBODY, true);
        }
        self.healths.send_if_modified(|all| {
            let Some(before) = all.get_mut(&self.place).filter(|before| **before != health) else {
                return false;
            };
            match &health {
                Health::Unasked => {}
                Health::Good(identity) => tracing::info!(
                    team.id = %identity.team,
                    "Slack takes the token of {}",
                    identity.team
                ),
                Health::Refused { code } => {
                    let team = self.identity.get().map_or(NOBODY, |us| us.team.as_str());
                    tracing::error!(
                        team.id = %team, slack.code = %code,
                        "Slack refuses the token ({code}): nothing is sent until it is good again"
                    );
                }
                Health::Unreachable { why } => tracing::warn!("Slack does not answer: {why}"),
            }
            let team = self.identity.get().map_or(NOBODY, |us| us.team.as_str());
            figure(team, matches!(health, Health::Good(_)));
            *before = health;
            true
        });
    }
}

fn figure(team: &str, good: bool) {
    metrics::gauge!("iris_token_good", "team" => team.to_owned()).set(f64::from(good));
}

fn scopes(header: Option<&str>) -> Vec<String> {
    let scopes = header.unwrap_or_default().split(',').map(str::trim);
    scopes
        .filter(|scope| !scope.is_empty())
        .map(str::to_owned)
        .collect()
}
