//! What the step remembers from one event to the next.

use crate::Scope;
use crate::bindings::iris::step::state;
use crate::failure::{Failure, Refused, wish};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What is stored under `key`; none when nothing is, and in the scope of an
/// incident when the event has none. Fails as a bug when it is no `T`.
pub fn get<T: DeserializeOwned>(scope: Scope, key: &str) -> Result<Option<T>, Failure> {
    let Some(stored) = state::get(scope, key) else {
        return Ok(None);
    };
    serde_json::from_str(&stored).map(Some).map_err(|error| {
        Failure::bug(format_args!(
            "state `{key}` is not what was stored: {error}"
        ))
    })
}

/// Stores or replaces. At most 64 KiB; refused without an incident in its scope.
pub fn put(scope: Scope, key: &str, value: &impl Serialize) -> Result<(), Refused> {
    wish(
        "state.put",
        state::put(scope, key, &iris_kit::blocks::to_json(value)),
    )
}

/// Forgets. A key that is not there is no failure.
pub fn remove(scope: Scope, key: &str) {
    state::remove(scope, key);
}

/// All keys that begin with `prefix`, in order of their bytes.
pub fn keys(scope: Scope, prefix: &str) -> Vec<String> {
    const PAGE: u32 = 1000;
    let mut keys: Vec<String> = Vec::new();
    loop {
        let page = state::keys(scope, prefix, keys.last().map(String::as_str), PAGE);
        let last = page.len() < PAGE as usize;
        keys.extend(page);
        if last {
            return keys;
        }
    }
}
