//! Every Web API call that was made.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde_json::Value;

use crate::faults::Fault;

#[derive(Clone, Debug, Serialize)]
pub struct Call {
    pub method: String,
    /// As they arrived, without the token.
    pub args: BTreeMap<String, String>,
    /// `None` where the call was not applied.
    pub answer: Option<Value>,
    /// Microseconds since 1970.
    pub at: u64,
    pub fault: Option<Fault>,
}

impl Call {
    /// Whether it was applied and Slack agreed.
    pub fn ok(&self) -> bool {
        self.answer
            .as_ref()
            .is_some_and(|answer| answer["ok"] == true)
    }

    /// An argument, parsed where it is JSON.
    pub fn arg(&self, name: &str) -> Option<Value> {
        let raw = self.args.get(name)?;
        Some(serde_json::from_str(raw).unwrap_or_else(|_| Value::String(raw.clone())))
    }
}

#[derive(Default)]
pub(crate) struct Calls(Mutex<Vec<Call>>);

impl Calls {
    pub(crate) fn push(&self, call: Call) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(call);
    }

    pub(crate) fn all(&self) -> Vec<Call> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
