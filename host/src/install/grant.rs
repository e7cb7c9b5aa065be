//! Which workspaces an organisation's installation serves. Slack tells it; where Iris did not hear of
//! it, a delivery from the workspace shows that it is served, and a refused call that it is not.

use std::collections::BTreeMap;

use serde_json::json;
use tracing::info;

use super::Installs;
use crate::{
    clock::Moment,
    event::{Event, What},
    ids::TeamId,
    installer::Welcome,
    store::{
        Granted, Granting, How, StoreError,
        audit::{Deed, Who},
    },
};

/// In milliseconds.
const SECOND: u64 = 1_000;

impl Installs {
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
            // What Slack has denied a moment ago is not written down yet.
            Some((Some(known), _)) => known != org || !self.parts().performer.is_granted(team),
            // Slack repeats what it could not deliver: what was taken away since stays so.
            Some((None, since)) => at > *since,
            None => true,
        };
        if news {
            self.grant(std::slice::from_ref(team), org, at).await?;
        }
        Ok(())
    }

    /// It serves these workspaces from now on. Who installed it is told where it is new: once for
    /// all that the same team's file is for.
    pub(super) async fn grant(
        &self,
        teams: &[TeamId],
        org: &TeamId,
        at: Moment,
    ) -> Result<(), StoreError> {
        let _one = self.0.arriving.lock().await;
        let mut files: BTreeMap<Option<String>, Vec<&TeamId>> = BTreeMap::new();
        for team in teams {
            let file = self.parts().teams.file_of(team);
            files.entry(file).or_default().push(team);
        }
        for (file, teams) in files {
            let is_new = teams.iter().any(|team| !self.has_granted(team, org));
            let mut greeting = file
                .filter(|_| is_new)
                .and_then(|file| self.greeting(file, &teams, org));
            let mut left = teams.len();
            for team in teams {
                left -= 1;
                // With the last: whoever is greeted finds all of them served.
                let event = greeting.take_if(|_| left == 0);
                self.put(granted(team, org, at), event).await?;
            }
        }
        Ok(())
    }

    /// It serves these no more. What was there is kept, and waits.
    pub(super) async fn withdraw(
        &self,
        teams: &[TeamId],
        org: &TeamId,
        at: Moment,
    ) -> Result<(), StoreError> {
        let _one = self.0.arriving.lock().await;
        for team in teams {
            let withdrawn = Granted {
                granted: false,
                ..granted(team, org, at)
            };
            self.put(withdrawn, None).await?;
        }
        Ok(())
    }

    /// Writes down where Slack has refused the organisation's token.
    pub(super) async fn deny(&self) -> Result<(), StoreError> {
        for (team, org, since) in self.denied() {
            // Slack tells the time of its news in whole seconds.
            let now = self.now().0 / SECOND * SECOND;
            let at = Moment(now).max(since);
            self.withdraw(&[team], &org, at).await?;
        }
        Ok(())
    }

    /// Where Slack has refused it, and that is not written down yet.
    pub(super) fn denied(&self) -> Vec<(TeamId, TeamId, Moment)> {
        let known = self.known();
        let granted = known.granted.iter();
        granted
            .filter_map(|(team, (org, at))| Some((team.clone(), org.clone()?, *at)))
            .filter(|(team, ..)| !self.parts().performer.is_granted(team))
            .collect()
    }

    fn has_granted(&self, team: &TeamId, org: &TeamId) -> bool {
        let known = self.known();
        let granted = known.granted.get(team);
        granted.is_some_and(|(serves, _)| serves.as_ref() == Some(org))
    }

    /// Writes it down, then lets it be so. `greeting` is for who installed it.
    async fn put(&self, granted: Granted, greeting: Option<Event>) -> Result<(), StoreError> {
        let parts = self.parts();
        let Granted { team, org, at, .. } = granted.clone();
        let serves = granted.granted.then(|| org.clone());
        let before = self.known().granted.get(&team).cloned();
        let is_new = before.is_none_or(|(before, _)| before != serves);
        let (what, verb) = if granted.granted {
            ("team.grant", "serves")
        } else {
            ("team.withdraw", "no longer serves")
        };
        let deed = Deed {
            team: team.clone(),
            at: self.now(),
            who: Who::iris(),
            what: what.to_owned(),
            incident: None,
            subject: team.to_string(),
            detail: json!({ "org": org }),
        };
        let granting = Granting {
            granted,
            events: greeting.iter().cloned().collect(),
            deeds: is_new.then_some(deed).into_iter().collect(),
        };
        if !parts.store.grant(granting).await? {
            return Ok(());
        }
        parts.performer.grant(&team, serves.clone());
        self.known().granted.insert(team.clone(), (serves, at));
        if is_new {
            info!(team.id = %team, "The installation of {org} {verb} {team}");
        }
        if let (Some(event), Some(main)) = (greeting, self.0.main.get()) {
            main.take_up(event);
        }
        Ok(())
    }

    /// To who installed it in the organisation.
    fn greeting(&self, file: String, teams: &[&TeamId], org: &TeamId) -> Option<Event> {
        let by = {
            let known = self.known();
            let of = known.installations.get(org).filter(|of| of.stands())?;
            of.facts.by.clone()?
        };
        let now = self.now();
        let granted: Vec<TeamId> = teams.iter().copied().cloned().collect();
        Some(Event {
            id: format!("granted:{}:{:x}", now.0, rand::random::<u64>()),
            team: granted.last()?.clone(),
            at: now,
            by: Some(by),
            incident: None,
            chain: 0,
            lineage: None,
            what: What::Installed(Welcome { file, granted }),
        })
    }
}

fn granted(team: &TeamId, org: &TeamId, at: Moment) -> Granted {
    Granted {
        team: team.clone(),
        org: org.clone(),
        at,
        granted: true,
    }
}
