//! `iris team remove`: Slack is asked to revoke the token, and whatever it answers, it is wiped.
//!
//! In this order: killed in between, the token is refused from then on, and a second try finds it so.

use std::{process::ExitCode, sync::Arc};

use anyhow::bail;
use serde_json::json;

use super::{Output, find};
use crate::{
    cli::{effect, load, say},
    clock::{Clock, SystemClock},
    config::Settings,
    install,
    slack::{Retry, Slack, SlackSettings},
    store::{
        How, Installation, Installs, Removing, Store, TokenState,
        audit::{Deed, Who},
        sqlite::Sqlite,
    },
};

/// What Slack did about a token.
enum Revoked {
    Now,
    /// It was good no more.
    Before,
    /// Nothing, as far as is known.
    Not(String),
}

pub(super) async fn run(team: &str, by: Option<&str>, output: &Output) -> anyhow::Result<ExitCode> {
    let settings = load::checked(&output.config)?;
    let store = Sqlite::open_beside(&settings.store, Arc::new(SystemClock))?;
    let one = find(&store, team).await?;
    match (one.facts.how, &one.token) {
        (How::Environment, _) => {
            bail!("the token of {team} is given by SLACK_BOT_TOKEN: take it away there");
        }
        (_, TokenState::Removed { .. }) => bail!("Iris is not installed in {team} any more"),
        (How::Oauth | How::Organisation, _) => {}
    }
    let revoked = revoke(&settings, &one).await;
    let now = SystemClock.now();
    let deed = Deed {
        team: one.team.clone(),
        at: now,
        who: Who::operator(&effect::name(by)),
        what: "team.remove".to_owned(),
        incident: None,
        subject: team.to_owned(),
        detail: json!({ "slack": revoked.as_str() }),
    };
    let removing = Removing {
        team: one.team,
        at: now,
        installed_by: one.facts.at,
        deeds: vec![deed.clone()],
    };
    if !store.remove(removing).await? {
        // Iris heard of it from Slack and was faster. Who had it done is written down all the same.
        store.audit(vec![deed]).await?;
    }
    if output.json {
        let why = revoked.why();
        say::json(
            &json!({ "team": team, "token": "removed", "slack": revoked.as_str(), "why": why }),
        )?;
    } else {
        let in_slack = match &revoked {
            Revoked::Now => " and revoked in Slack",
            Revoked::Before => "; in Slack it was good no more",
            Revoked::Not(_) => "",
        };
        say::out(format!(
            "{team} is served no more; its token is wiped{in_slack}"
        ))?;
    }
    let Revoked::Not(why) = revoked else {
        return Ok(ExitCode::SUCCESS);
    };
    say::aside(format_args!(
        "The token of {team} may be good in Slack still, though nobody has it any more ({why}): \
         let an admin remove the app there."
    ));
    Ok(ExitCode::FAILURE)
}

async fn revoke(settings: &Settings, one: &Installation) -> Revoked {
    let Some(tokens) = &one.tokens else {
        return Revoked::Before;
    };
    let Some(keys) = &settings.slack.oauth.keys else {
        return Revoked::Not("it is sealed, and $IRIS_TOKEN_KEY is not set".to_owned());
    };
    let token = match install::access_token(keys, &one.team, tokens) {
        Ok(token) => token,
        Err(why) => return Revoked::Not(why.to_string()),
    };
    let slack = Slack::new(SlackSettings {
        api_url: settings.slack.api_url.clone(),
        timeout: settings.slack.timeout,
        token,
    });
    let slack = match slack {
        Ok(slack) => slack,
        Err(why) => return Revoked::Not(why.to_string()),
    };
    match slack.call("auth.revoke", &json!({})).await {
        Ok(answer) if answer.body["revoked"] == true => Revoked::Now,
        Ok(_) => Revoked::Not("Slack did not do it".to_owned()),
        Err(error) => match error.retry() {
            Retry::Token => Revoked::Before,
            Retry::After(_)
            | Retry::Again
            | Retry::Look
            | Retry::Done
            | Retry::Never
            | Retry::Ask => Revoked::Not(error.to_string()),
        },
    }
}

impl Revoked {
    fn as_str(&self) -> &'static str {
        match self {
            Self::Now => "revoked",
            Self::Before => "gone",
            Self::Not(_) => "unrevoked",
        }
    }

    fn why(&self) -> Option<&str> {
        match self {
            Self::Not(why) => Some(why),
            Self::Now | Self::Before => None,
        }
    }
}
