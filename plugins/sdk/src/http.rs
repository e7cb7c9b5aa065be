//! Requests to other services. Permission: `http`, host by host.

use crate::bindings::iris::step::http;
use crate::failure::{Refused, wish};

pub use http::Request;

/// Sends `request` once this call is committed; the answer comes as `answered`
/// with the same `key`. In a header's value, `{secret:NAME}` stands for a secret
/// that the step never sees.
pub fn fetch(key: &str, request: &Request, repeatable: bool) -> Result<(), Refused> {
    wish("http.fetch", http::fetch(key, request, repeatable))
}
