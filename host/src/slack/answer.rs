//! Sends a request and reads what comes back, trusting nothing.

use std::{error::Error, fmt::Write as _, time::Duration};

use reqwest::{Response, StatusCode, header::HeaderMap};
use serde_json::Value;

use super::error::{Rejection, SlackError};

/// No answer that Iris asks for comes near it.
const LARGEST: usize = 8 * 1024 * 1024;
/// How long a rate limit lasts when Slack does not say.
const USUAL_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// Slack's `"ok": true`.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The whole object.
    pub body: Value,
    /// `x-oauth-scopes`: what the token may do, by commas.
    pub scopes: Option<String>,
}

impl Answer {
    /// The text at a JSON pointer.
    pub fn text(&self, pointer: &str) -> Option<&str> {
        self.body.pointer(pointer)?.as_str()
    }

    /// The list at a JSON pointer; empty when there is none.
    pub fn list(&self, pointer: &str) -> &[Value] {
        self.body
            .pointer(pointer)
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice)
    }

    /// Where the next page begins.
    pub fn next_page(&self) -> Option<&str> {
        self.text("/response_metadata/next_cursor")
            .filter(|cursor| !cursor.is_empty())
    }
}

/// What came over the wire, whole.
pub(super) struct Raw {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

pub(super) async fn send(
    method: &str,
    request: reqwest::RequestBuilder,
) -> Result<Raw, SlackError> {
    let sent = request.send().await;
    let mut response = sent.map_err(|error| unsent(method, error))?;
    let (status, headers) = (response.status(), response.headers().clone());
    if status == StatusCode::TOO_MANY_REQUESTS {
        return Err(limited(method, &headers));
    }
    let body = read(&mut response)
        .await
        .map_err(|why| unknown(method, why))?;
    Ok(Raw {
        status,
        headers,
        body,
    })
}

impl Raw {
    /// Reads the answer of a method of the Web API.
    pub(super) fn answer(self, method: &str) -> Result<Answer, SlackError> {
        if self.status.is_server_error() || self.status.is_redirection() {
            return Err(unknown(method, format!("HTTP {}", self.status)));
        }
        let body: Value = serde_json::from_slice(&self.body)
            .map_err(|_| unknown(method, format!("HTTP {} without JSON", self.status)))?;
        match body.get("ok").and_then(Value::as_bool) {
            Some(true) => Ok(Answer {
                body,
                scopes: header(&self.headers, "x-oauth-scopes"),
            }),
            Some(false) => Err(refused(method, &self.headers, body)),
            None => Err(unknown(method, "the answer has no `ok`".to_owned())),
        }
    }

    /// Reads the answer of a `response_url`: usually the text `ok`.
    pub(super) fn response_url(self) -> Result<(), SlackError> {
        let method = "response_url";
        if self.status.is_server_error() || self.status.is_redirection() {
            return Err(unknown(method, format!("HTTP {}", self.status)));
        }
        let body = serde_json::from_slice::<Value>(&self.body).unwrap_or(Value::Null);
        if body.get("ok") == Some(&Value::Bool(false)) {
            return Err(refused(method, &self.headers, body));
        }
        if self.status.is_success() {
            return Ok(());
        }
        let code = String::from_utf8_lossy(&self.body).trim().to_owned();
        let code = match code.as_str() {
            "used_url" | "expired_url" => code,
            _ => format!("http_{}", self.status.as_u16()),
        };
        Err(refused(
            method,
            &self.headers,
            serde_json::json!({ "ok": false, "error": code }),
        ))
    }

    /// Reads the answer to the bytes of a file.
    pub(super) fn upload(self) -> Result<(), SlackError> {
        if self.status.is_success() {
            return Ok(());
        }
        Err(unknown("upload", format!("HTTP {}", self.status)))
    }
}

fn refused(method: &str, headers: &HeaderMap, body: Value) -> SlackError {
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let Some(code) = text("error") else {
        return unknown(method, "refused without a code".to_owned());
    };
    if matches!(
        code.as_str(),
        "ratelimited" | "rate_limited" | "message_limit_exceeded"
    ) {
        return limited(method, headers);
    }
    let list = |pointer: &str| body.pointer(pointer).and_then(Value::as_array).cloned();
    let messages = list("/response_metadata/messages").unwrap_or_default();
    SlackError::Rejected(Box::new(Rejection {
        method: method.to_owned(),
        code,
        needed: text("needed"),
        provided: text("provided"),
        messages: messages
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        errors: list("/errors").unwrap_or_default(),
        body,
    }))
}

fn limited(method: &str, headers: &HeaderMap) -> SlackError {
    let after = header(headers, "retry-after")
        .and_then(|seconds| seconds.trim().parse().ok())
        .map_or(USUAL_WAIT, Duration::from_secs)
        .min(LONGEST_WAIT);
    SlackError::RateLimited {
        method: method.to_owned(),
        after,
    }
}

pub(super) fn unsent(method: &str, error: reqwest::Error) -> SlackError {
    let method = method.to_owned();
    let connecting = error.is_connect() || error.is_builder();
    let why = chain(&error.without_url());
    if connecting {
        SlackError::NotSent { method, why }
    } else {
        SlackError::Unknown { method, why }
    }
}

fn unknown(method: &str, why: String) -> SlackError {
    SlackError::Unknown {
        method: method.to_owned(),
        why,
    }
}

async fn read(response: &mut Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|e| chain(&e.without_url()))?
    {
        if body.len() + chunk.len() > LARGEST {
            return Err(format!("the answer is longer than {LARGEST} bytes"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// The error with what caused it, which alone says whether it was a reset or a timeout.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}
