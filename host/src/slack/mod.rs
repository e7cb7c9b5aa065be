//! The only way out to Slack: one call of its Web API at a time, and what came of it; and the
//! sockets that it delivers through ([`socket`]).
//!
//! Everything is sent as a form, because Slack ignores JSON bodies in many methods. The token
//! stays in here: it is in no error, no log and no `Debug`.

use std::{
    fmt,
    time::{Duration, Instant},
};

use reqwest::{Client, redirect};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::{Host, Url};

mod answer;
mod app;
mod codes;
mod error;
mod files;
mod form;
pub mod socket;

pub use answer::Answer;
pub use codes::{Meaning, NOT_GRANTED, meaning};
pub use error::{Rejection, Retry, SetupError, SlackError};

use crate::{
    failpoint::{Failpoints, Point},
    ids::TeamId,
};
use answer::Raw;

/// How to reach Slack for one workspace.
#[derive(Clone, Debug)]
pub struct SlackSettings {
    /// Ends in `/`.
    pub api_url: Url,
    /// For a whole call.
    pub timeout: Duration,
    pub token: SecretString,
}

/// The header that says what a call is for.
const TAG: &str = "x-request-tag";

/// One workspace's Slack. Clones share their connections.
#[derive(Clone, Debug)]
pub struct Slack {
    http: Client,
    settings: SlackSettings,
    about: Option<String>,
    /// The workspace that is meant, where an organisation's token serves several.
    team: Option<TeamId>,
    failpoints: Failpoints,
}

/// What must say which workspace is meant, when an organisation's token is used. Slack: "Developing
/// for Enterprise organizations".
const IN_ONE_TEAM: [&str; 6] = [
    "conversations.create",
    "conversations.list",
    "usergroups.list",
    "usergroups.users.list",
    "users.conversations",
    "users.list",
];

impl Slack {
    pub fn new(settings: SlackSettings) -> Result<Self, SetupError> {
        if settings.api_url.cannot_be_a_base() || !settings.api_url.path().ends_with('/') {
            return Err(SetupError::Address(settings.api_url.to_string()));
        }
        let http = client()
            .redirect(redirect::Policy::none())
            .timeout(settings.timeout)
            .connect_timeout(settings.timeout / 2)
            .build()
            .map_err(|error| SetupError::Client(error.to_string()))?;
        Ok(Self {
            http,
            settings,
            about: None,
            team: None,
            failpoints: Failpoints::default(),
        })
    }

    /// Stops where a test says so.
    #[must_use]
    pub fn stopping_at(self, failpoints: Failpoints) -> Self {
        Self { failpoints, ..self }
    }

    /// The same connections, with another token: setting them up anew for each of a thousand
    /// workspaces would take memory and time.
    #[must_use]
    pub fn with_token(&self, token: SecretString) -> Self {
        let settings = SlackSettings {
            token,
            ..self.settings.clone()
        };
        Self {
            settings,
            ..self.clone()
        }
    }

    /// Whether both call with the same token.
    pub(crate) fn has_token_of(&self, other: &Self) -> bool {
        self.settings.token.expose_secret() == other.settings.token.expose_secret()
    }

    /// The same, in one workspace of those that an organisation's token serves.
    #[must_use]
    pub fn within(&self, team: &TeamId) -> Self {
        Self {
            team: Some(team.clone()),
            ..self.clone()
        }
    }

    /// The same, whose calls say what they are for: to a Slack on this machine, which is a simulated
    /// one and shows it. The real one never hears of it.
    #[must_use]
    pub fn about(&self, what: impl fmt::Display) -> Self {
        let here = match self.settings.api_url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(_)) | None => false,
        };
        Self {
            about: here.then(|| what.to_string()),
            ..self.clone()
        }
    }

    /// Calls a method. `arguments` is a JSON object: what is no string is sent as its JSON text,
    /// what is null not at all.
    pub async fn call(&self, method: &str, arguments: &Value) -> Result<Answer, SlackError> {
        let url = self.address(method)?;
        let mut fields = form::fields(arguments);
        if let Some(team) = self.team.as_ref().filter(|_| IN_ONE_TEAM.contains(&method))
            && fields.iter().all(|(name, _)| *name != "team_id")
        {
            fields.push(("team_id", team.to_string()));
        }
        let request = self
            .http
            .post(url)
            .bearer_auth(self.settings.token.expose_secret())
            .form(&fields);
        self.measured(method, request).await?.answer(method)
    }

    fn address(&self, method: &str) -> Result<Url, SlackError> {
        let address = self.settings.api_url.join(method);
        address.map_err(|_| SlackError::NotSent {
            method: method.to_owned(),
            why: "this is no name of a method".to_owned(),
        })
    }

    /// Posts a message to a `response_url`, which needs no token.
    pub async fn respond(&self, url: &str, message: &Value) -> Result<(), SlackError> {
        let request = self.http.post(url).json(message);
        self.measured("response_url", request).await?.response_url()
    }

    async fn measured(
        &self,
        method: &str,
        mut request: reqwest::RequestBuilder,
    ) -> Result<Raw, SlackError> {
        if let Some(about) = &self.about {
            request = request.header(TAG, about);
        }
        self.failpoints.reach(Point::BeforeRequest).await;
        let begun = Instant::now();
        let came = answer::send(method, request).await;
        self.failpoints.reach(Point::AfterRequest).await;
        metrics::histogram!("iris_slack_seconds", "method" => method.to_owned())
            .record(begun.elapsed());
        came
    }
}

/// Lets connections use rustls on ring: before the first of them, as often as is convenient.
pub fn provide_tls() {
    // Fails only when one is installed already, which serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// What every connection to the outside has in common: rustls on ring, and who is calling.
pub fn client() -> reqwest::ClientBuilder {
    provide_tls();
    Client::builder().user_agent(concat!("iris/", env!("CARGO_PKG_VERSION")))
}
