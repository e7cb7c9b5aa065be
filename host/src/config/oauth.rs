//! What installing by OAuth needs: the app's client id and secret, and the key that seals tokens.

use secrecy::{ExposeSecret, SecretString};

use super::{
    problem::Problem,
    read::{Fields, Reader},
    settings::{Load, Setting},
};
use crate::seal::{Key, Keys};

/// As far as it is set.
#[derive(Clone, Debug, Default)]
pub struct OAuth {
    /// `SLACK_CLIENT_ID`
    pub client_id: Option<String>,
    /// `SLACK_CLIENT_SECRET`
    pub client_secret: Option<SecretString>,
    /// `IRIS_TOKEN_KEY`, and `IRIS_TOKEN_KEY_OLD` until everything is sealed anew.
    pub keys: Option<Keys>,
}

/// What Slack knows the app by.
#[derive(Clone, Debug)]
pub struct Client {
    pub id: String,
    pub secret: SecretString,
}

impl OAuth {
    /// `None`: nothing is set, so nobody can install Iris. What is missing to it is named.
    pub(super) fn client(&self) -> Result<Option<Client>, Vec<Problem>> {
        let missing = |name: &str, what: &str| {
            let sentence = format!("Not set: to be installed by OAuth, Iris needs {what}.");
            Problem::of(name, sentence)
        };
        let problems = [
            (
                self.client_id.is_some(),
                "SLACK_CLIENT_ID",
                "the app's client id",
            ),
            (
                self.client_secret.is_some(),
                "SLACK_CLIENT_SECRET",
                "the app's client secret",
            ),
            (
                self.keys.is_some(),
                "IRIS_TOKEN_KEY",
                "the key that seals tokens (`openssl rand -base64 32`)",
            ),
        ];
        match (&self.client_id, &self.client_secret) {
            (None, None) => Ok(None),
            (Some(id), Some(secret)) if self.keys.is_some() => Ok(Some(Client {
                id: id.clone(),
                secret: secret.clone(),
            })),
            _ => Err(problems
                .into_iter()
                .filter(|(set, ..)| !set)
                .map(|(_, name, what)| missing(name, what))
                .collect()),
        }
    }
}

impl<E: Fn(&str) -> Option<String>> Load<'_, E> {
    pub(super) fn oauth(&self, reader: &mut Reader, file: &mut Fields<'_>) -> OAuth {
        let client_id = Setting("client_id", "SLACK_CLIENT_ID", "");
        let client_id = self.value(reader, file, client_id, |text| Ok(text.to_owned()));
        let client_secret = self.secret(reader, file, "client_secret", "SLACK_CLIENT_SECRET");
        let now = self.key(reader, file, "token_key", "IRIS_TOKEN_KEY");
        let before = self.key(reader, file, "token_key_old", "IRIS_TOKEN_KEY_OLD");
        OAuth {
            client_id: client_id.filter(|id| !id.is_empty()),
            client_secret,
            keys: now.map(|now| Keys::new(now, before)),
        }
    }

    fn key(
        &self,
        reader: &mut Reader,
        file: &mut Fields<'_>,
        name: &'static str,
        variable: &str,
    ) -> Option<Key> {
        let text = self.secret(reader, file, name, variable)?;
        let key = Key::parse(text.expose_secret());
        let problem = |none| Problem::of(variable, format!("What is given {none}."));
        key.map_err(|none| reader.problems.push(problem(none))).ok()
    }
}
