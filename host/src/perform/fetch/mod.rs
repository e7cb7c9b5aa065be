//! Requests of steps to other services: `https` only, to addresses outside the operator's network
//! only, without redirects, with limits both ways.

use std::{collections::BTreeMap, error::Error, sync::Arc, time::Duration};

use reqwest::{
    Client, Method, RequestBuilder,
    header::{HeaderMap, HeaderName, HeaderValue},
    redirect,
};
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

mod address;

use crate::{
    effect::Request,
    slack::{self, SetupError},
};
use address::{Forbidden, Guarded};

/// Longest body, either way, in bytes.
const LARGEST: usize = 256 * 1024;
const LONGEST: Duration = Duration::from_mins(1);

/// Secrets that steps' requests may carry, by name. The steps never see them.
pub type Secrets = BTreeMap<String, SecretString>;

/// Sends requests.
pub(super) struct Fetcher {
    http: Client,
    secrets: Secrets,
    inside: bool,
}

/// A request that may be sent.
pub(super) struct Ready(RequestBuilder);

/// Any answer of the server.
#[derive(Debug)]
pub(super) struct Fetched {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// There is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    #[error("{0} is no address that steps may reach")]
    Forbidden(String),
    #[error("{0}")]
    Malformed(String),
    #[error("the operator gave no secret named {0}")]
    Secret(String),
    #[error("the answer is longer than {LARGEST} bytes")]
    TooLarge,
    /// Certainly not arrived.
    #[error("cannot be reached: {0}")]
    NotSent(String),
    /// May have arrived.
    #[error("no answer: {0}")]
    Unknown(String),
}

impl FetchError {
    /// Stable, for steps.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Forbidden(_) => "not-allowed",
            Self::Malformed(_) => "malformed",
            Self::Secret(_) => "no-secret",
            Self::TooLarge => "too-large",
            Self::NotSent(_) => "unreachable",
            Self::Unknown(_) => "timeout",
        }
    }
}

impl Fetcher {
    /// `inside` lets requests go by plain http and into the operator's network.
    pub(super) fn new(secrets: Secrets, inside: bool) -> Result<Self, SetupError> {
        let mut builder = slack::client()
            .redirect(redirect::Policy::none())
            .no_proxy();
        if !inside {
            // Addresses are checked where they are resolved, and the connection goes to what was
            // checked: a name cannot mean something else a moment later.
            builder = builder.https_only(true).dns_resolver(Arc::new(Guarded));
        }
        let http = builder
            .build()
            .map_err(|error| SetupError::Client(error.to_string()))?;
        Ok(Self {
            http,
            secrets,
            inside,
        })
    }

    /// Checks a request and fills in its secrets. `key` is the same for every repetition.
    pub(super) fn ready(&self, request: &Request, key: &str) -> Result<Ready, FetchError> {
        let url = Url::parse(&request.url).map_err(|e| FetchError::Malformed(e.to_string()))?;
        self.check(&url)?;
        let method = Method::from_bytes(request.method.as_bytes())
            .map_err(|_| FetchError::Malformed(format!("{} is no method", request.method)))?;
        let body = request.body.clone().unwrap_or_default();
        if body.len() > LARGEST {
            return Err(FetchError::Malformed(format!(
                "the body is longer than {LARGEST} bytes"
            )));
        }
        let timeout = Duration::from_secs(u64::from(request.timeout_seconds.max(1))).min(LONGEST);
        let mut headers = self.headers(&request.headers)?;
        headers.entry("idempotency-key").or_insert(value(key)?);
        let mut builder = self
            .http
            .request(method, url)
            .headers(headers)
            .timeout(timeout);
        if request.body.is_some() {
            builder = builder.body(body);
        }
        Ok(Ready(builder))
    }

    fn check(&self, url: &Url) -> Result<(), FetchError> {
        if self.inside {
            return Ok(());
        }
        let forbidden = match url.host() {
            Some(Host::Ipv4(ip)) => address::forbidden(ip.into()),
            Some(Host::Ipv6(ip)) => address::forbidden(ip.into()),
            Some(Host::Domain(_)) => false,
            None => true,
        };
        if forbidden || url.scheme() != "https" {
            let host = url.host_str().unwrap_or_default();
            return Err(FetchError::Forbidden(format!("{}://{host}", url.scheme())));
        }
        Ok(())
    }

    fn headers(&self, wished: &[(String, String)]) -> Result<HeaderMap, FetchError> {
        let mut headers = HeaderMap::new();
        for (name, text) in wished {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| FetchError::Malformed(format!("{name} is no name of a header")))?;
            headers.append(name, self.filled(text)?);
        }
        Ok(headers)
    }

    /// Puts secrets in the place of `{secret:NAME}`.
    fn filled(&self, text: &str) -> Result<HeaderValue, FetchError> {
        let mut filled = String::new();
        let mut rest = text;
        let mut sensitive = false;
        while let Some((before, after)) = rest.split_once("{secret:") {
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            let secret = self
                .secrets
                .get(name)
                .ok_or_else(|| FetchError::Secret(name.to_owned()))?;
            filled.push_str(before);
            filled.push_str(secret.expose_secret());
            rest = after;
            sensitive = true;
        }
        filled.push_str(rest);
        let mut value = value(&filled)?;
        value.set_sensitive(sensitive);
        Ok(value)
    }
}

impl Ready {
    pub(super) async fn send(self) -> Result<Fetched, FetchError> {
        let sent = self.0.send().await;
        let mut response = sent.map_err(failed)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > LARGEST {
                return Err(FetchError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let headers = response.headers().iter();
        let headers =
            headers.filter_map(|(n, v)| Some((n.to_string(), v.to_str().ok()?.to_owned())));
        Ok(Fetched {
            status: response.status().as_u16(),
            headers: headers.collect(),
            body,
        })
    }
}

fn value(text: &str) -> Result<HeaderValue, FetchError> {
    // The text may hold a secret: it is not repeated.
    HeaderValue::from_str(text)
        .map_err(|_| FetchError::Malformed("a header's value has control characters".to_owned()))
}

fn failed(error: reqwest::Error) -> FetchError {
    let mut cause: Option<&dyn Error> = Some(&error);
    while let Some(error) = cause {
        if let Some(Forbidden(name)) = error.downcast_ref() {
            return FetchError::Forbidden(name.clone());
        }
        cause = error.source();
    }
    let connecting = error.is_connect() || error.is_builder();
    let timeout = error.is_timeout();
    let why = if timeout {
        "timeout".to_owned()
    } else {
        error.without_url().to_string()
    };
    if connecting {
        FetchError::NotSent(why)
    } else {
        FetchError::Unknown(why)
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
