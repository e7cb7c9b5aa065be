//! What Slack tells of an installation: its end, mostly.

use std::time::Duration;

use serde_json::json;

use super::Installs;
use crate::{
    installer::{Heard, News},
    store::{
        How, Removing, StoreError,
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
            Heard::Granted(teams) => match &news.org {
                Some(org) => self.grant(teams, org, news.at).await,
                None => Ok(()),
            },
            Heard::Withdrawn(teams) => match &news.org {
                Some(org) => self.withdraw(teams, org, news.at).await,
                None => Ok(()),
            },
        }
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
