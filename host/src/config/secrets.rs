//! The secrets with which Iris serves, once all that are needed are there.

use secrecy::SecretString;

use super::{oauth::Client, problem::Problem, settings::Slack};
use crate::seal::Keys;

/// What serving needs.
#[derive(Clone, Debug)]
pub struct Secrets {
    /// Absent where Slack is listened to over sockets alone.
    pub signing_secret: Option<SecretString>,
    /// Of the one workspace that needs no installation. `None`: there are only installed ones.
    pub bot_token: Option<SecretString>,
    /// Opens the tokens of those who installed Iris.
    pub keys: Option<Keys>,
    /// `None`: nobody can install Iris.
    pub client: Option<Client>,
}

impl Secrets {
    /// Of one workspace, into which nobody installs Iris by OAuth.
    pub fn of_one(bot_token: impl Into<SecretString>, signing: impl Into<SecretString>) -> Self {
        Self {
            signing_secret: Some(signing.into()),
            bot_token: Some(bot_token.into()),
            keys: None,
            client: None,
        }
    }
}

impl Slack {
    /// What serving needs beyond what has defaults: every secret that is missing is named.
    pub fn secrets(&self) -> Result<Secrets, Vec<Problem>> {
        let missing = |name: &str, what: &str| {
            Problem::of(
                name,
                format!("Not set: give Iris {what} by ${name} or ${name}_FILE."),
            )
        };
        let (client, mut problems) = match self.oauth.client() {
            Ok(client) => (client, vec![]),
            Err(problems) => (None, problems),
        };
        // What is said of the client says enough: who means to install needs no token.
        let alone = client.is_none() && self.oauth.keys.is_none() && problems.is_empty();
        if self.bot_token.is_none() && alone {
            problems.push(missing("SLACK_BOT_TOKEN", "the app's bot token (`xoxb-…`)"));
        }
        // Over sockets nothing is signed.
        if self.signing_secret.is_none() && self.app_token.is_none() {
            problems.push(missing("SLACK_SIGNING_SECRET", "the app's signing secret"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Secrets {
            signing_secret: self.signing_secret.clone(),
            bot_token: self.bot_token.clone(),
            keys: self.oauth.keys.clone(),
            client,
        })
    }
}
