//! Every Web API call that was made.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde::Serialize;
use serde_json::Value;
use tokio::sync::watch;

use super::Reply;
use crate::clock::micros_of;
use crate::faults::Fault;

/// The header with which an app can say what a call is for; Slack has no use for it.
const TAG: &str = "x-request-tag";

#[derive(Clone, Debug, Serialize)]
pub struct Call {
    /// Counts from 1, in the order in which the calls were answered.
    pub id: usize,
    /// A method, `response_url` or `upload`.
    pub method: String,
    /// As they arrived, without the token.
    pub args: BTreeMap<String, String>,
    /// What the app says the call is for: its header `X-Request-Tag`.
    pub tag: Option<String>,
    /// `None` where the call was not applied.
    pub answer: Option<Value>,
    /// Microseconds since 1970, by the workspace's clock.
    pub at: u64,
    pub fault: Option<Fault>,
    /// Real microseconds between the workspace's start and the call.
    pub began: u64,
    /// Real microseconds until it was answered.
    pub took: u64,
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

/// A call that has arrived and is not answered yet.
pub(super) struct Arrived {
    began: Instant,
    at: u64,
    tag: Option<String>,
}

pub(crate) struct Calls {
    start: Instant,
    version: Arc<watch::Sender<u64>>,
    all: Mutex<Vec<Call>>,
}

impl Calls {
    pub(crate) fn new(start: Instant, version: Arc<watch::Sender<u64>>) -> Self {
        Self {
            start,
            version,
            all: Mutex::default(),
        }
    }

    pub(super) fn push(
        &self,
        arrived: Arrived,
        method: &str,
        args: BTreeMap<String, String>,
        reply: Option<&Reply>,
        fault: Option<Fault>,
    ) {
        let mut all = self.locked();
        let id = all.len() + 1;
        all.push(Call {
            id,
            method: method.to_owned(),
            args,
            tag: arrived.tag,
            answer: reply.map(|reply| reply.body.clone()),
            at: arrived.at,
            fault,
            began: micros_of(arrived.began.duration_since(self.start)),
            took: micros_of(arrived.began.elapsed()),
        });
        drop(all);
        self.version.send_modify(|version| *version += 1);
    }

    pub(crate) fn after(&self, id: usize) -> Vec<Call> {
        self.locked().iter().skip(id).cloned().collect()
    }

    pub(crate) fn count(&self) -> usize {
        self.locked().len()
    }

    fn locked(&self) -> MutexGuard<'_, Vec<Call>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Arrived {
    pub(super) fn now(at: u64, headers: &axum::http::HeaderMap) -> Self {
        let tag = headers.get(TAG).and_then(|tag| tag.to_str().ok());
        Self {
            began: Instant::now(),
            at,
            tag: tag.map(str::to_owned),
        }
    }
}
