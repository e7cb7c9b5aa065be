//! The performer serves what the store says.

use std::time::Duration;

use tracing::{error, info, warn};

use super::{Installs, answer::Tokens};
use crate::{
    ids::TeamId,
    perform::{Identity, Installed},
    store::{How, Installation, StoreError, TokenState},
};

/// How often the store is asked what has changed. It takes some ten microseconds.
const LOOK: Duration = Duration::from_secs(1);

/// A refresh token that Slack takes no more: the access token beside it is good until it ends.
pub(super) const NO_REFRESH: &str = "invalid_refresh_token";

/// Who installed Iris cannot be served: for the operator, at the start.
#[derive(Debug, thiserror::Error)]
pub enum Unserved {
    #[error(
        "the tokens of {count} workspaces are sealed with the key {key}, and it is not there: give \
         it to Iris by $IRIS_TOKEN_KEY or $IRIS_TOKEN_KEY_OLD"
    )]
    Key { key: String, count: usize },
    #[error("the store cannot be read: {0}")]
    Store(#[from] StoreError),
}

/// Follows the store until the tasks stop.
pub(super) async fn run(installs: Installs) {
    let (clock, tasks) = (&installs.parts().clock, &installs.parts().tasks);
    loop {
        tokio::select! {
            () = clock.sleep_until(clock.now().plus(LOOK)) => {}
            () = tasks.stopping() => return,
        }
        if let Err(problem) = installs.follow().await {
            warn!(%problem, "Who installed Iris cannot be read; trying again");
        }
    }
}

impl Installs {
    /// Whether the keys that are given open what is sealed.
    pub(super) async fn check_keys(&self) -> Result<(), Unserved> {
        let parts = self.parts();
        let all = parts.store.installations(0).await?;
        let sealed = all.iter().filter_map(|each| each.tokens.as_ref());
        let known = |key: &str| parts.keys.as_ref().is_some_and(|keys| keys.has(key));
        let lost: Vec<_> = sealed
            .map(|tokens| &tokens.sealed.key)
            .filter(|key| !known(key))
            .collect();
        match lost.first() {
            None => Ok(()),
            Some(key) => Err(Unserved::Key {
                key: (*key).clone(),
                count: lost.len(),
            }),
        }
    }

    /// Takes up what has changed in the store.
    pub(super) async fn follow(&self) -> Result<(), StoreError> {
        let parts = self.parts();
        let _one = self.0.following.lock().await;
        let after = self.known().version;
        let changed = parts.store.installations(after).await?;
        if after == 0 {
            for granted in parts.store.granted().await? {
                let org = granted.granted.then_some(granted.org);
                parts.performer.grant(&granted.team, org.clone());
                self.known().granted.insert(granted.team, (org, granted.at));
            }
        }
        for installation in changed {
            self.take_up(&installation);
            let mut known = self.known();
            known.version = installation.version;
            known
                .installations
                .insert(installation.team.clone(), installation);
        }
        Ok(())
    }

    fn take_up(&self, installation: &Installation) {
        let parts = self.parts();
        let team = &installation.team;
        let TokenState::Removed { .. } = installation.token else {
            if let Some(installed) = self.installed(installation) {
                parts.performer.serve(installed);
                self.0.changed.notify_one();
            }
            return;
        };
        for (serves, _) in self.known().granted.values_mut() {
            serves.take_if(|org| org == team);
        }
        if parts.performer.forget(team) {
            info!(team.id = %team, "Iris is no longer installed in {team}: its token is wiped");
        }
    }

    /// What the performer needs for it. `None` where its token is given otherwise.
    fn installed(&self, installation: &Installation) -> Option<Installed> {
        let Installation { team, facts, .. } = installation;
        let (keys, sealed) = (self.parts().keys.as_ref(), installation.tokens.as_ref());
        let tokens = match Tokens::open(keys?, team, sealed?) {
            Ok(tokens) => tokens,
            Err(why) => {
                error!(team.id = %team, "The token of {team} cannot be opened: {why}");
                return None;
            }
        };
        let identity = Identity {
            team: team.clone(),
            name: facts.name.clone(),
            bot_user: facts.bot_user.clone(),
            bot: facts.bot.clone(),
            url: facts.url.clone(),
            scopes: facts.scopes.clone(),
        };
        let over = tokens.expires.is_some_and(|end| end <= self.now());
        let refused = match &installation.token {
            TokenState::Refused { code } => Some(code.clone()),
            TokenState::Good | TokenState::Removed { .. } => None,
        };
        Some(Installed {
            identity,
            slack: self.parts().slack.with_token(tokens.access),
            refused: refused.filter(|code| over || code != NO_REFRESH),
        })
    }

    /// The installation that serves this workspace: its own, or its organisation's.
    pub(super) fn serving(&self, team: &TeamId, org: Option<&TeamId>) -> Option<Installation> {
        let known = self.known();
        let own = known.installations.get(team);
        let own = own.filter(|installation| installation.stands());
        let of_org = || known.installations.get(org?).filter(|of| of.stands());
        let whole = |of: &&Installation| of.facts.how == How::Organisation;
        own.or_else(|| of_org().filter(whole)).cloned()
    }
}
