//! A workspace's Slack, and whether its token is good.

use std::sync::{Arc, OnceLock};

use serde_json::{Value, json};
use tokio::sync::{Notify, watch};

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
    pub bot_user: UserId,
    pub bot: Option<String>,
    /// Of the workspace, for links.
    pub url: String,
    /// What the token may do. Empty when Slack did not say.
    pub scopes: Vec<String>,
}

/// The team in figures until Slack has said whose a token is.
const NOBODY: &str = "unknown";

/// One workspace.
#[derive(Debug)]
pub(super) struct Workspace {
    pub(super) slack: Slack,
    /// Whose token it is, from Slack's first word on.
    identity: OnceLock<Identity>,
    /// The health of all workspaces, and this one's place in it.
    healths: watch::Sender<Vec<Health>>,
    place: usize,
    doubt: Notify,
}

impl Workspace {
    pub(super) fn new(
        slack: Slack,
        healths: watch::Sender<Vec<Health>>,
        place: usize,
    ) -> Arc<Self> {
        Arc::new(Self {
            slack,
            identity: OnceLock::new(),
            healths,
            place,
            doubt: Notify::new(),
        })
    }

    /// Whether nothing is to be sent.
    pub(super) fn blocked(&self) -> bool {
        matches!(self.healths.borrow()[self.place], Health::Refused { .. })
    }

    /// Who Iris is there. `None` until Slack has said so; then for good.
    pub(super) fn identity(&self) -> Option<&Identity> {
        self.identity.get()
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
        let (workspace, mut backoff) = (self.clone(), Backoff::new(settings));
        let stop = tasks.clone();
        tasks.spawn(async move {
            let work = async {
                loop {
                    let health = workspace.ask().await;
                    let good = matches!(health, Health::Good(_));
                    workspace.set(health);
                    changed();
                    if good {
                        workspace.doubt.notified().await;
                    }
                    // Also after a doubt: should Slack call the token good and yet refuse it, then
                    // the doubts come ever more slowly.
                    clock.sleep_until(clock.now().plus(backoff.next())).await;
                }
            };
            tokio::select! {
                () = work => {}
                () = stop.stopping() => {}
            }
        });
    }

    async fn ask(&self) -> Health {
        let slack = self.slack.about("whose the token is");
        match slack.call("auth.test", &json!({})).await {
            Ok(answer) => {
                let text = |pointer: &str| answer.text(pointer).unwrap_or_default();
                Health::Good(Identity {
                    team: text("/team_id").into(),
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
            let before = &mut all[self.place];
            if *before == health {
                return false;
            }
            match &health {
                Health::Unasked => {}
                Health::Good(identity) => tracing::info!(
                    team.id = %identity.team,
                    "Slack takes the token of {}",
                    identity.team
                ),
                Health::Refused { code } => tracing::error!(
                    slack.code = %code,
                    "Slack refuses the token ({code}): nothing is sent until it is good again"
                ),
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
