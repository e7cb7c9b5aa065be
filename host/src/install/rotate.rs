//! Tokens that end are exchanged before they do, one after the other, so that none is exchanged
//! twice.
//!
//! Slack gives a new pair for a refresh token and revokes the one it was given ("Using token
//! rotation"). The new pair is in the store before the first call is made with it. Killed between
//! Slack's answer and the store, Iris has lost the new pair: the access token of before is good
//! for two hours more, and the next start offers its refresh token again. Where Slack has revoked it
//! by then, it says so, the operator is told to have Iris installed again, and Iris goes on until
//! the access token ends.

use std::time::Duration;

use secrecy::ExposeSecret;
use serde_json::json;
use tracing::{error, info, warn};

use super::{Installs, answer::Tokens, serve::NO_REFRESH};
use crate::{
    clock::Moment,
    ids::TeamId,
    slack::Retry,
    store::{Installation, SealedTokens, StoreError, TokenState},
};

/// So long before its end a token is exchanged: Slack's own libraries do it then too.
const AHEAD: Duration = Duration::from_hours(2);
/// Between tries, at first and at most.
const AGAIN: Duration = Duration::from_secs(10);
const LONGEST: Duration = Duration::from_mins(10);
/// Codes that no later try will change.
const NEVER: [&str; 5] = [
    NO_REFRESH,
    "token_revoked",
    "token_expired",
    "invalid_grant",
    "account_inactive",
];

/// Runs until the tasks stop.
pub(super) async fn run(installs: Installs) {
    let (clock, tasks) = (&installs.parts().clock, &installs.parts().tasks);
    loop {
        // On the heap: what one exchange takes is not needed while nothing is due.
        let next = Box::pin(installs.exchange_due()).await;
        let pause = async {
            match next {
                Some(at) => {
                    clock
                        .sleep_until(at.max(clock.now().plus(Duration::from_secs(1))))
                        .await;
                }
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = pause => {}
            () = installs.0.changed.notified() => {}
            () = tasks.stopping() => return,
        }
    }
}

/// What is to be done about a token, and when.
enum Due {
    Exchange,
    /// It ends, and nothing follows it.
    End,
}

impl Installs {
    /// Exchanges what is due; says when something is due next.
    async fn exchange_due(&self) -> Option<Moment> {
        let ends: Vec<_> = {
            let known = self.known();
            let all = known.installations.values();
            all.filter_map(|one| {
                Some((one.team.clone(), self.due(one, known.later.get(&one.team))?))
            })
            .collect()
        };
        let mut next: Option<Moment> = None;
        for (team, (due, at)) in ends {
            if at > self.now() || self.parts().performer.is_paused() {
                next = Some(next.map_or(at, |next| next.min(at)));
                continue;
            }
            match due {
                Due::Exchange => self.exchange(&team).await,
                Due::End => self.parts().performer.refuse(&team, NO_REFRESH),
            }
        }
        next
    }

    /// Whether a token is to be exchanged now, or is being exchanged.
    pub(super) fn is_exchanging(&self) -> bool {
        let (known, now) = (self.known(), self.now());
        let mut all = known.installations.values();
        let due = |one: &Installation| self.due(one, known.later.get(&one.team));
        !self.parts().performer.is_paused()
            && all.any(|one| due(one).is_some_and(|(_, at)| at <= now))
    }

    fn due(&self, one: &Installation, later: Option<&(Moment, u32)>) -> Option<(Due, Moment)> {
        let end = one.tokens.as_ref()?.expires?;
        match &one.token {
            TokenState::Removed { .. } => None,
            TokenState::Refused { code } if code == NO_REFRESH => {
                let ends = self
                    .parts()
                    .performer
                    .health_of(&one.team)?
                    .identity()
                    .is_some();
                ends.then_some((Due::End, end))
            }
            TokenState::Good | TokenState::Refused { .. } => {
                self.parts().client.as_ref()?;
                let at = end.before(AHEAD);
                Some((Due::Exchange, later.map_or(at, |(later, _)| at.max(*later))))
            }
        }
    }

    async fn exchange(&self, team: &TeamId) {
        let done = self.try_exchange(team).await;
        let mut known = self.known();
        match done {
            Ok(None) => {
                known.later.remove(team);
            }
            Ok(Some(wait)) => {
                let failures = known.later.get(team).map_or(0, |(_, failures)| *failures);
                let grown = AGAIN.saturating_mul(2_u32.saturating_pow(failures.min(8)));
                let at = self.now().plus(wait.max(grown.min(LONGEST)));
                known.later.insert(team.clone(), (at, failures + 1));
            }
            Err(problem) => {
                warn!(%problem, team.id = %team, "The token of {team} is not exchanged: the store fails");
                known
                    .later
                    .insert(team.clone(), (self.now().plus(AGAIN), 0));
            }
        }
        drop(known);
        // What was put off is looked at again, as is what follows it.
        self.0.changed.notify_one();
    }

    /// Says how long to wait at least, should it be tried again.
    async fn try_exchange(&self, team: &TeamId) -> Result<Option<Duration>, StoreError> {
        let parts = self.parts();
        let (Some(keys), Some((client, _))) = (&parts.keys, &parts.client) else {
            return Ok(None);
        };
        // As it stands now, whatever another process has done meanwhile.
        let stored = parts.store.installation(team).await?;
        let Some(before) = stored.and_then(|stored| stored.tokens) else {
            return Ok(None);
        };
        let opened = Tokens::open(keys, team, &before).ok();
        let Some(refresh) = opened.and_then(|tokens| tokens.refresh) else {
            return Ok(Some(LONGEST));
        };
        let arguments = json!({
            "grant_type": "refresh_token",
            "refresh_token": refresh.expose_secret(),
        });
        let slack = parts.slack.about("a token that ends");
        let asked = slack
            .call_as_app((&client.id, &client.secret), "oauth.v2.access", &arguments)
            .await;
        match asked {
            Ok(answer) => match Tokens::read(&answer, self.now()) {
                Some(tokens) => self.keep(team, &before, &tokens.seal(keys, team)).await,
                None => Ok(Some(LONGEST)),
            },
            Err(error) => match (error.code(), error.retry()) {
                (Some(code), _) if NEVER.contains(&code) => self.lost(team, code).await,
                (_, Retry::After(wait)) => Ok(Some(wait)),
                (_, _) => {
                    warn!(team.id = %team, "The token of {team} is not exchanged yet: {error}");
                    Ok(Some(Duration::ZERO))
                }
            },
        }
    }

    /// Stores the new tokens, as long as it takes: only we know them.
    async fn keep(
        &self,
        team: &TeamId,
        before: &SealedTokens,
        tokens: &SealedTokens,
    ) -> Result<Option<Duration>, StoreError> {
        let parts = self.parts();
        loop {
            let kept = parts
                .store
                .reseal(team, before.sealed.clone(), tokens.clone())
                .await;
            match kept {
                Ok(kept) => {
                    if kept {
                        info!(team.id = %team, "The token of {team} is exchanged");
                        self.say(team, TokenState::Good).await?;
                    }
                    self.follow().await?;
                    return Ok(None);
                }
                Err(StoreError::Damaged(why)) => return Err(StoreError::Damaged(why)),
                Err(problem @ StoreError::Unavailable(_)) => {
                    error!(%problem, team.id = %team, "The new token of {team} is not written down yet");
                }
            }
            tokio::select! {
                () = parts.clock.sleep_until(self.now().plus(AGAIN)) => {}
                () = parts.tasks.stopping() => return Ok(None),
            }
        }
    }

    /// No token follows this one: the operator is told, once.
    async fn lost(&self, team: &TeamId, code: &str) -> Result<Option<Duration>, StoreError> {
        let state = TokenState::Refused {
            code: NO_REFRESH.to_owned(),
        };
        if self.say(team, state).await? {
            error!(
                team.id = %team, slack.code = code,
                "Slack does not exchange the token of {team} ({code}): Iris must be installed there \
                 again, from /slack/install, before the token that it has ends"
            );
        }
        self.follow().await?;
        Ok(None)
    }
}
