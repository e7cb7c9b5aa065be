//! Somebody installs Iris: to Slack's page and back. Until everything is checked nothing is kept.

use async_trait::async_trait;
use serde_json::json;
use tracing::{error, info, warn};

use super::{
    Installs,
    answer::Grant,
    needs,
    state::{self, Unfit},
};
use crate::{
    event::{Event, What},
    ids::TeamId,
    inbox::IntakeError,
    installer::{Arrived, Back, Begun, Installer, News, Refused, Welcome},
    slack::{Answer, Retry, SlackError},
    store::{
        Facts, How, Installation, Installing, StoreError, TokenState,
        audit::{Deed, Who},
    },
};

#[async_trait]
impl Installer for Installs {
    fn begin(&self, browser: Option<&str>) -> Option<Begun> {
        let parts = self.parts();
        let (keys, (client, back)) = (parts.keys.as_ref()?, parts.client.as_ref()?);
        let browser = state::browser(browser);
        let scopes: Vec<_> = needs(&parts.teams, &parts.steps)
            .scopes()
            .into_iter()
            .collect();
        let mut page = parts.slack.authorize_page()?;
        page.query_pairs_mut()
            .append_pair("client_id", &client.id)
            .append_pair("scope", &scopes.join(","))
            .append_pair("redirect_uri", back.as_str())
            .append_pair("state", &state::issue(keys, &browser, self.now()));
        Some(Begun {
            url: page.into(),
            browser,
            secure: back.scheme() == "https",
        })
    }

    async fn finish(&self, back: Back) -> Result<Arrived, Refused> {
        // Whoever waits may go away: a code is good once, so what was begun is brought to its end.
        let installs = self.clone();
        let arriving = async move { installs.arrive(back).await };
        let arrived = self.parts().tasks.spawn(arriving).await;
        arrived
            .unwrap_or_else(|problem| {
                error!(%problem, "An installation broke off");
                Err(Refused::Unable)
            })
            .inspect_err(|why| info!(?why, "Nothing was installed"))
    }

    async fn hear(&self, news: News) -> Result<(), IntakeError> {
        self.heed(news)
            .await
            .map_err(|problem| unavailable(&problem))
    }

    async fn meet(
        &self,
        team: &TeamId,
        org: &TeamId,
        at: crate::clock::Moment,
    ) -> Result<(), IntakeError> {
        self.met(team, org, at)
            .await
            .map_err(|problem| unavailable(&problem))
    }
}

fn unavailable(problem: &StoreError) -> IntakeError {
    error!(%problem, "News of an installation were not taken: the store failed");
    IntakeError::Unavailable
}

impl Installs {
    async fn arrive(&self, back: Back) -> Result<Arrived, Refused> {
        let parts = self.parts();
        let (Some(keys), Some((client, address))) = (&parts.keys, &parts.client) else {
            return Err(Refused::Closed);
        };
        match back.error.as_deref() {
            None => {}
            Some("access_denied") => return Err(Refused::Denied),
            Some(_) => return Err(Refused::Code),
        }
        let (Some(code), Some(state)) = (back.code, back.state) else {
            return Err(Refused::Stale);
        };
        let until = state::check(keys, back.browser.as_deref(), &state, self.now());
        let until = until.map_err(|unfit| match unfit {
            Unfit::Stale => Refused::Stale,
            Unfit::Foreign => Refused::Foreign,
        })?;
        if !parts
            .store
            .take_state(&state, until)
            .await
            .map_err(|problem| unable(&problem))?
        {
            return Err(Refused::Stale);
        }
        let arguments = json!({ "code": code, "redirect_uri": address.as_str() });
        let slack = parts.slack.about("an installation");
        let answer = slack
            .call_as_app((&client.id, &client.secret), "oauth.v2.access", &arguments)
            .await
            .map_err(|error| refused(&error))?;
        let grant = Grant::read(&answer, self.now())?;
        let slack = slack.with_token(grant.tokens.access.clone());
        let who = slack.call("auth.test", &json!({})).await;
        let who = who.map_err(|error| refused(&error))?;
        let _one = self.0.arriving.lock().await;
        self.check(&grant)?;
        self.install(&grant, &who).await
    }

    /// Whether it is this app, allowed what it needs, in a workspace that has a file.
    fn check(&self, grant: &Grant) -> Result<(), Refused> {
        let parts = self.parts();
        let others = self.known();
        let mut apps = others
            .installations
            .values()
            .filter(|other| other.stands())
            .filter_map(|other| other.facts.app.as_ref());
        if let Some(app) = apps.find(|app| grant.app.as_ref() != Some(app)) {
            warn!(
                slack.app = grant.app, team.id = %grant.team,
                "Slack installed another app than {app}, which others have installed: check \
                 SLACK_CLIENT_ID"
            );
            return Err(Refused::Other);
        }
        let granted = |scope: &&str| grant.scopes.iter().any(|has| has == scope);
        let needed = needs(&parts.teams, &parts.steps).scopes();
        let lacking: Vec<_> = needed.into_iter().filter(|scope| !granted(scope)).collect();
        if !lacking.is_empty() {
            let lacking = lacking.into_iter().map(str::to_owned);
            return Err(Refused::Lacking(lacking.collect()));
        }
        // Of an organisation each workspace may have a file of its own.
        if !grant.whole_org && parts.teams.team(&grant.team).is_none() {
            return Err(Refused::Unknown(grant.team.clone()));
        }
        Ok(())
    }

    async fn install(&self, grant: &Grant, who: &Answer) -> Result<Arrived, Refused> {
        let parts = self.parts();
        let (team, now) = (&grant.team, self.now());
        let said = |pointer: &str| who.text(pointer).map(TeamId::from);
        let theirs = [said("/team_id"), said("/enterprise_id")];
        let same = theirs[usize::from(grant.whole_org)].as_ref() == Some(team);
        let keys = parts.keys.as_ref().filter(|_| same).ok_or(Refused::Code)?;
        let how = if grant.whole_org {
            How::Organisation
        } else {
            How::Oauth
        };
        let before = parts
            .store
            .installation(team)
            .await
            .map_err(|problem| unable(&problem))?;
        let is_new = before.is_none_or(|before| !before.stands());
        let facts = Facts {
            how,
            name: grant.name.clone(),
            app: grant.app.clone(),
            org: grant.org.clone(),
            bot_user: grant.bot_user.clone(),
            bot: who.text("/bot_id").map(str::to_owned),
            url: who.text("/url").unwrap_or_default().to_owned(),
            scopes: grant.scopes.clone(),
            by: grant.by.clone(),
            at: now,
        };
        let arrived = Arrived {
            name: facts.name.clone(),
            whole_org: grant.whole_org,
            url: facts.url.clone(),
        };
        // An organisation's serves nobody yet: they are greeted once it does.
        let greeted = grant.by.as_ref().filter(|_| is_new && !grant.whole_org);
        let welcome = greeted.map(|by| Event {
            id: format!("installed:{}", now.0),
            team: team.clone(),
            at: now,
            by: Some(by.clone()),
            incident: None,
            chain: 0,
            lineage: None,
            what: What::Installed(Welcome {
                file: parts.teams.file_of(team).unwrap_or_default(),
                granted: vec![],
            }),
        });
        let deed = Deed {
            team: team.clone(),
            at: now,
            who: grant.by.as_ref().map_or_else(Who::iris, Who::person),
            what: "team.install".to_owned(),
            incident: None,
            subject: team.to_string(),
            detail: json!({ "how": how, "app": grant.app, "scopes": grant.scopes, "again": !is_new }),
        };
        let installing = Installing {
            installation: Installation {
                team: team.clone(),
                version: 0,
                token: TokenState::Good,
                tokens: Some(grant.tokens.seal(keys, team)),
                facts,
            },
            events: welcome.iter().cloned().collect(),
            deeds: vec![deed],
        };
        parts
            .store
            .install(installing)
            .await
            .map_err(|problem| unable(&problem))?;
        self.known().later.remove(team);
        self.follow().await.map_err(|problem| unable(&problem))?;
        info!(team.id = %team, "Iris is installed in {} ({team})", grant.name);
        if let (Some(event), Some(main)) = (welcome, self.0.main.get()) {
            main.take_up(event);
        }
        Ok(arrived)
    }
}

fn unable(problem: &StoreError) -> Refused {
    error!(%problem, "An installation was not taken: the store failed");
    Refused::Unable
}

/// What Slack's refusal means for who installs.
fn refused(error: &SlackError) -> Refused {
    match error.code() {
        Some("invalid_code" | "code_already_used" | "code_expired") => Refused::Code,
        Some(code) => {
            error!(
                slack.code = code,
                "Slack does not let Iris be installed: {error}"
            );
            Refused::Unable
        }
        None => match error.retry() {
            Retry::After(_) | Retry::Again | Retry::Look => Refused::Silent,
            Retry::Token | Retry::Done | Retry::Never | Retry::Ask => Refused::Unable,
        },
    }
}
