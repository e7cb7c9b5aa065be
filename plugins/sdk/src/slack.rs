//! Any other method of Slack's Web API. Permission: `slack`, method by method.

use crate::bindings::iris::step::slack;
use crate::failure::{Refused, wish};
use iris_kit::blocks::to_json;
use serde::Serialize;

/// An argument that stands for the room's channel id; the call waits for it.
pub const ROOM: &str = "{room}";

/// Calls `method` with an object of arguments once this call is committed; the
/// answer comes as `answered` with the same `key`. `repeatable`: whether to do
/// it again when Iris cannot find out whether it arrived.
pub fn call(
    key: &str,
    method: &str,
    arguments: &impl Serialize,
    repeatable: bool,
) -> Result<(), Refused> {
    wish(
        "slack.call",
        slack::call(key, method, &to_json(arguments), repeatable),
    )
}
