//! Builds the sockets to Slack out of the settings.

use secrecy::SecretString;

use crate::{
    config::Settings,
    edge::{EdgeDeps, Envelopes},
    perform::PerformSettings,
    slack::{SetupError, SlackSettings, socket::Dialer},
    sockets::{Deps, Sockets},
    tasks::Tasks,
};

/// None where there is no app token.
pub(super) fn sockets(
    settings: &Settings,
    edge: &EdgeDeps,
    patience: PerformSettings,
    tasks: &Tasks,
) -> Result<Option<Sockets>, SetupError> {
    let built = |token: SecretString| {
        let dialer = Dialer::new(SlackSettings {
            api_url: settings.slack.api_url.clone(),
            timeout: settings.slack.timeout,
            token,
        })?;
        Ok(Sockets::new(Deps {
            dialer,
            envelopes: Envelopes::new(edge.clone()),
            clock: edge.clock.clone(),
            tasks: tasks.clone(),
            readiness: edge.readiness.clone(),
            patience,
            count: settings.slack.sockets,
        }))
    };
    settings.slack.app_token.clone().map(built).transpose()
}
