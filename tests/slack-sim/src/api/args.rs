//! A call's arguments: form, query, or JSON where the method takes it.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, header};
use serde_json::Value;

use super::Refusal;

pub(super) struct Args {
    fields: BTreeMap<String, String>,
    token: Option<String>,
}

impl Args {
    /// A JSON body is read only where `takes_json`; elsewhere it is as if there were none.
    pub(super) fn read(
        takes_json: bool,
        query: Option<&str>,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Self {
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let content_type = header(header::CONTENT_TYPE).unwrap_or_default();
        let mut fields: BTreeMap<String, String> = query
            .and_then(|query| serde_urlencoded::from_str(query).ok())
            .unwrap_or_default();
        if content_type.starts_with("application/x-www-form-urlencoded") {
            fields.extend(
                serde_urlencoded::from_bytes::<BTreeMap<String, String>>(body).unwrap_or_default(),
            );
        } else if content_type.starts_with("application/json") && takes_json {
            let sent: BTreeMap<String, Value> = serde_json::from_slice(body).unwrap_or_default();
            fields.extend(sent.into_iter().filter(|(key, _)| key != "token").map(flat));
        }
        let bearer = header(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
        let in_form = fields.remove("token");
        Self {
            token: bearer.map(str::to_owned).or(in_form),
            fields,
        }
    }

    pub(super) fn token(&self) -> Option<&str> {
        self.token.as_deref().filter(|token| !token.is_empty())
    }

    /// What was given and is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.fields
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    pub(super) fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name).ok_or_else(|| Refusal::missing(name))
    }

    pub(super) fn is_true(&self, name: &str) -> bool {
        matches!(self.get(name), Some("true" | "1"))
    }

    pub(super) fn json(&self, name: &str) -> Option<Result<Value, serde_json::Error>> {
        self.get(name).map(serde_json::from_str)
    }

    /// Whether the argument was sent at all, even empty.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    pub(super) fn recorded(&self) -> BTreeMap<String, String> {
        self.fields.clone()
    }
}

fn flat((key, value): (String, Value)) -> (String, String) {
    match value {
        Value::String(text) => (key, text),
        Value::Null => (key, String::new()),
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            (key, other.to_string())
        }
    }
}
