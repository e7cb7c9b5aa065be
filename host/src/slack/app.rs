//! Calls of the app itself, which has a client id and a secret instead of a token.

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::{Answer, Slack, SlackError, form};

impl Slack {
    /// Calls a method with the app's client id and secret, as HTTP's Basic authentication. What it
    /// answers holds tokens: it is not to be logged.
    pub async fn call_as_app(
        &self,
        client: (&str, &SecretString),
        method: &str,
        arguments: &Value,
    ) -> Result<Answer, SlackError> {
        let (id, secret) = client;
        let request = self
            .http
            .post(self.address(method)?)
            .basic_auth(id, Some(secret.expose_secret()))
            .form(&form::fields(arguments));
        self.measured(method, request).await?.answer(method)
    }

    /// Where somebody allows the app to be installed, before it is asked for what.
    pub fn authorize_page(&self) -> Option<url::Url> {
        self.settings.api_url.join("../oauth/v2/authorize").ok()
    }
}
