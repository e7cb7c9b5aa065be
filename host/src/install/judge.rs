//! The store learns what Slack thinks of each token, and which workspaces the environment gives: an
//! operator's command reads it there, without a token of its own.

use serde_json::json;
use tracing::warn;

use super::{Installs, serve::NO_REFRESH};
use crate::{
    ids::TeamId,
    perform::{Health, Identity},
    store::{
        Facts, How, Installation, Installing, Removing, StoreError, TokenState,
        audit::{Deed, Who},
    },
};

/// Runs until the tasks stop.
pub(super) async fn run(installs: Installs) {
    let mut health = installs.parts().performer.health();
    loop {
        health.borrow_and_update();
        if let Err(problem) = installs.judge().await {
            warn!(%problem, "What Slack thinks of the tokens is not written down");
        }
        tokio::select! {
            changed = health.changed() => if changed.is_err() { return },
            () = installs.parts().tasks.stopping() => return,
        }
    }
}

impl Installs {
    async fn judge(&self) -> Result<(), StoreError> {
        let performer = &self.parts().performer;
        let given = performer.given();
        let standing: Vec<_> = {
            let known = self.known();
            let all = known.installations.values();
            all.filter(|one| one.stands()).cloned().collect()
        };
        for us in &given {
            self.given(us).await?;
        }
        for one in &standing {
            let gone = one.facts.how == How::Environment
                && performer.knows_all()
                && given.iter().all(|us| us.team != one.team);
            if gone {
                self.given_no_more(&one.team).await?;
            } else if let Some(thinks) = self.thinks(one) {
                self.say(&one.team, thinks).await?;
            }
        }
        self.deny().await?;
        self.follow().await
    }

    /// What Slack thinks of its token, if that is news.
    fn thinks(&self, one: &Installation) -> Option<TokenState> {
        // Nothing follows its token, whatever Slack thinks of the token until that ends.
        if matches!(&one.token, TokenState::Refused { code } if code == NO_REFRESH) {
            return None;
        }
        let token = match self.parts().performer.health_of(&one.team)? {
            Health::Good(_) => TokenState::Good,
            Health::Refused { code } => TokenState::Refused { code },
            Health::Unasked | Health::Unreachable { .. } => return None,
        };
        (token != one.token).then_some(token)
    }

    pub(super) async fn say(&self, team: &TeamId, token: TokenState) -> Result<bool, StoreError> {
        let code = match &token {
            TokenState::Refused { code } => Some(code),
            TokenState::Good | TokenState::Removed { .. } => None,
        };
        let deed = Deed {
            team: team.clone(),
            at: self.now(),
            who: Who::iris(),
            what: format!("team.token-{}", token.as_str()),
            incident: None,
            subject: team.to_string(),
            detail: json!({ "code": code }),
        };
        self.parts().store.judge(team, token, vec![deed]).await
    }

    /// The environment gives the token of this workspace, where nobody has installed Iris.
    async fn given(&self, us: &Identity) -> Result<(), StoreError> {
        let _one = self.0.arriving.lock().await;
        let before = self.parts().store.installation(&us.team).await?;
        if before.is_some_and(|before| before.stands()) {
            return Ok(());
        }
        let installation = Installation {
            team: us.team.clone(),
            version: 0,
            token: TokenState::Good,
            tokens: None,
            facts: Facts {
                how: How::Environment,
                name: us.name.clone(),
                app: None,
                org: None,
                bot_user: us.bot_user.clone(),
                bot: us.bot.clone(),
                url: us.url.clone(),
                scopes: us.scopes.clone(),
                by: None,
                at: self.now(),
            },
        };
        let installing = Installing {
            installation,
            events: vec![],
            deeds: vec![],
        };
        self.parts().store.install(installing).await
    }

    async fn given_no_more(&self, team: &TeamId) -> Result<(), StoreError> {
        let now = self.now();
        let removing = Removing {
            team: team.clone(),
            at: now,
            installed_by: now,
            deeds: vec![],
        };
        self.parts().store.remove(removing).await.map(drop)
    }
}
