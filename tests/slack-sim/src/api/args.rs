//! A call's arguments: form, query, or JSON where the method takes it.
//!
//! What cannot be read is refused with the codes that every method's page of Slack's reference
//! lists: `invalid_charset`, `invalid_form_data`, `invalid_json`, `invalid_post_type`,
//! `json_not_object`, `missing_post_type`.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use serde_json::Value;

use super::{Refusal, multipart};

pub(super) struct Args {
    fields: BTreeMap<String, String>,
    token: Option<String>,
    /// The app's id and secret, as HTTP's Basic authentication.
    basic: Option<(String, String)>,
    /// Why the body could not be read.
    unreadable: Option<&'static str>,
}

type Fields = BTreeMap<String, String>;

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
        let mut fields: Fields = query
            .and_then(|query| serde_urlencoded::from_str(query).ok())
            .unwrap_or_default();
        let unreadable = match sent(content_type, takes_json, body) {
            Ok(sent) => {
                fields.extend(sent);
                None
            }
            Err(code) => Some(code),
        };
        let bearer = header(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
        let basic = header(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Basic "));
        let in_form = fields.remove("token");
        Self {
            basic: basic.and_then(pair),
            token: bearer.map(str::to_owned).or(in_form),
            fields,
            unreadable,
        }
    }

    pub(super) fn token(&self) -> Option<&str> {
        self.token.as_deref().filter(|token| !token.is_empty())
    }

    /// The app's id and secret, as they came: beside the arguments or among them.
    pub(super) fn client(&self) -> Option<(&str, &str)> {
        let basic = self.basic.as_ref().map(|(id, secret)| (&**id, &**secret));
        basic.or_else(|| Some((self.get("client_id")?, self.get("client_secret")?)))
    }

    /// Refuses what could not be read.
    pub(super) fn readable(&self) -> Result<(), Refusal> {
        self.unreadable.map_or(Ok(()), |code| Err(code.into()))
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

/// The two parts of Basic authentication.
fn pair(encoded: &str) -> Option<(String, String)> {
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(encoded)
        .ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

/// The fields of a body, or the code of what is wrong with it.
fn sent(content_type: &str, takes_json: bool, body: &[u8]) -> Result<Fields, &'static str> {
    let charset = content_type
        .split_once("charset=")
        .map(|(_, charset)| charset.trim_matches('"').to_lowercase());
    if charset.is_some_and(|charset| !["utf-8", "utf8", "iso-8859-1"].contains(&charset.as_str())) {
        return Err("invalid_charset");
    }
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    match kind {
        "application/x-www-form-urlencoded" => form(body),
        "multipart/form-data" => {
            let parts = multipart::parts(content_type, body).ok_or("invalid_form_data")?;
            parts
                .into_iter()
                .map(|part| {
                    Some((
                        part.name,
                        std::str::from_utf8(part.content).ok()?.to_owned(),
                    ))
                })
                .collect::<Option<_>>()
                .ok_or("invalid_form_data")
        }
        "application/json" if takes_json => json(body),
        "application/json" | "text/plain" => Ok(Fields::new()),
        "" if body.is_empty() => Ok(Fields::new()),
        "" => Err("missing_post_type"),
        _ => Err("invalid_post_type"),
    }
}

/// A form's fields; bytes that are no UTF-8, plain or behind `%`, make it no form.
fn form(body: &[u8]) -> Result<Fields, &'static str> {
    let fields: Fields = serde_urlencoded::from_bytes(body).map_err(|_| "invalid_form_data")?;
    let garbled = |text: &String| text.contains(char::REPLACEMENT_CHARACTER);
    let sent_so = String::from_utf8_lossy(body).contains("%EF%BF%BD");
    if !sent_so
        && fields
            .iter()
            .any(|(name, value)| garbled(name) || garbled(value))
    {
        return Err("invalid_form_data");
    }
    Ok(fields)
}

fn json(body: &[u8]) -> Result<Fields, &'static str> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(fields
            .into_iter()
            .filter(|(key, _)| key != "token")
            .map(flat)
            .collect()),
        Ok(
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_),
        ) => Err("json_not_object"),
        Err(_) if body.is_empty() => Ok(Fields::new()),
        Err(_) => Err("invalid_json"),
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
