//! What Slack tells of an installation: its end, and which workspaces an organisation's serves.

use std::time::Duration;

use serde_json::json;
use tracing::info;

use super::Installs;
use crate::{
    clock::Moment,
    ids::TeamId,
    installer::{Heard, News},
    store::{
        Granted, How, Removing, StoreError,
        audit::{Deed, Who},
    },
};

/// Slack tells the time of an event in whole seconds.
const SECOND: Duration = Duration::from_secs(1);

impl Installs {
    pub(super) async fn heed(&self, news: News) -> Result<(), StoreError> {
        match &news.what {
            Heard::Uninstalled => self.end(&news, "app_uninstalled").await,
            Heard::Revoked(bots) => {
                let ours = self.serving(&news.team, news.org.as_ref());
                if ours.is_some_and(|ours| bots.contains(&ours.facts.bot_user)) {
                    self.end(&news, "tokens_revoked").await?;
                }
                Ok(())
            }
            Heard::Granted(teams) | Heard::Withdrawn(teams) => {
                let granted = matches!(news.what, Heard::Granted(_));
                let Some(org) = &news.org else {
                    return Ok(());
                };
                for team in teams {
                    self.grant(team, org, news.at, granted).await?;
                }
                Ok(())
            }
        }
    }

    /// An organisation's installation has brought this delivery: it serves the workspace.
    pub(super) async fn met(
        &self,
        team: &TeamId,
        org: &TeamId,
        at: Moment,
    ) -> Result<(), StoreError> {
        let served = self.serving(org, None);
        if team == org || served.is_none_or(|served| served.facts.how != How::Organisation) {
            return Ok(());
        }
        let news = match self.known().granted.get(team) {
            Some((Some(known), _)) => known != org,
            // Slack repeats what it could not deliver: what was taken away since stays so.
            Some((None, since)) => at > *since,
            None => true,
        };
        if news {
            self.grant(team, org, at, true).await?;
        }
        Ok(())
    }

    async fn grant(
        &self,
        team: &TeamId,
        org: &TeamId,
        at: Moment,
        granted: bool,
    ) -> Result<(), StoreError> {
        let parts = self.parts();
        let row = Granted {
            team: team.clone(),
            org: org.clone(),
            at,
            granted,
        };
        if !parts.store.grant(row).await? {
            return Ok(());
        }
        let serves = granted.then(|| org.clone());
        parts.performer.grant(team, serves.clone());
        self.known().granted.insert(team.clone(), (serves, at));
        let verb = if granted {
            "serves"
        } else {
            "no longer serves"
        };
        info!(team.id = %team, "The installation of {org} {verb} {team}");
        Ok(())
    }

    /// The tokens are wiped, and nobody is served there any more. What was there is kept.
    async fn end(&self, news: &News, why: &str) -> Result<(), StoreError> {
        let parts = self.parts();
        let Some(ours) = self.serving(&news.team, news.org.as_ref()) else {
            return Ok(());
        };
        let team = &ours.team;
        if ours.facts.how == How::Environment {
            // Its token is not Iris's to keep: Slack refuses it from now on.
            parts.performer.refuse(team, why);
            return Ok(());
        }
        let now = self.now();
        let deed = Deed {
            team: team.clone(),
            at: now,
            who: Who::iris(),
            what: "team.uninstall".to_owned(),
            incident: None,
            subject: team.to_string(),
            detail: json!({ "why": why }),
        };
        let removing = Removing {
            team: team.clone(),
            at: now,
            installed_by: news.at.plus(SECOND),
            deeds: vec![deed],
        };
        parts.store.remove(removing).await?;
        self.follow().await
    }
}
