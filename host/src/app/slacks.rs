//! By which tokens Slack is reached, and which workspaces are served.

use secrecy::SecretString;
use url::Url;

use super::StartError;
use crate::{
    config::{Client, Problem, Settings},
    edge::{Bot, Workspace, Workspaces},
    ids::TeamId,
    installer,
    perform::Performer,
    slack::{self, Slack, SlackSettings},
};

/// Slack, as each token that is given opens it.
pub(super) fn slacks(
    settings: &Settings,
    token: Option<SecretString>,
    also: Vec<SlackSettings>,
) -> Result<Vec<Slack>, slack::SetupError> {
    let own = token.map(|token| slack_of(settings, token));
    own.into_iter()
        .chain(also.into_iter().map(Slack::new))
        .collect()
}

pub(super) fn slack_of(
    settings: &Settings,
    token: SecretString,
) -> Result<Slack, slack::SetupError> {
    Slack::new(SlackSettings {
        api_url: settings.slack.api_url.clone(),
        timeout: settings.slack.timeout,
        token,
    })
}

/// Slack sends browsers back to an address that it knows beforehand.
pub(super) fn with_way_back(
    settings: &Settings,
    client: Client,
) -> Result<(Client, Url), StartError> {
    let back = settings
        .public_url
        .as_ref()
        .and_then(|url| url.join(installer::BACK).ok());
    let missing = || {
        let sentence = "Not set: to be installed by OAuth, Iris needs the address at which browsers \
                        reach it.";
        StartError::Config(vec![Problem::of("IRIS_PUBLIC_URL", sentence)])
    };
    Ok((client, back.ok_or_else(missing)?))
}

/// The workspaces whose tokens Iris holds.
pub(super) struct Served(pub(super) Performer);

impl Workspaces for Served {
    fn find(&self, team: &TeamId) -> Workspace {
        if let Some(us) = self.0.identity(team) {
            return Workspace::Installed(Bot {
                user: Some(us.bot_user),
                id: us.bot,
            });
        }
        if self.0.knows_all() {
            Workspace::Unknown
        } else {
            Workspace::Unsettled
        }
    }
}
