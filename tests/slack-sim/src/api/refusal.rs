//! What a method answers when it does not do what it was asked.

use serde_json::{Map, Value, json};

/// A method's answer: its fields without `ok`, or why not.
pub(crate) type Answer = Result<Value, Refusal>;

/// `{"ok":false,"error":…}` and what else belongs to it.
#[derive(Debug)]
pub(crate) struct Refusal {
    code: String,
    more: Map<String, Value>,
}

impl Refusal {
    pub(crate) fn new(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            more: Map::new(),
        }
    }

    pub(crate) fn with(mut self, key: &str, value: Value) -> Self {
        self.more.insert(key.to_owned(), value);
        self
    }

    /// `invalid_arguments` with one sentence.
    pub(crate) fn arguments(message: &str) -> Self {
        Self::new("invalid_arguments").with(
            "response_metadata",
            json!({ "messages": [format!("[ERROR] {message}")] }),
        )
    }

    pub(crate) fn missing(field: &str) -> Self {
        Self::arguments(&format!("missing required field: {field}"))
    }

    pub(crate) fn code(&self) -> &str {
        &self.code
    }

    pub(crate) fn into_json(self) -> Value {
        let mut body = Value::Object(self.more);
        body["ok"] = json!(false);
        body["error"] = json!(self.code);
        body
    }
}

impl From<&str> for Refusal {
    fn from(code: &str) -> Self {
        Self::new(code)
    }
}
