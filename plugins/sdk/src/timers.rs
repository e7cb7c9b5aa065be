//! Wishes to be woken. Permission: `timers`.
//!
//! A timer has a name within its step and scope; setting it again moves it. It
//! fires once, as the event `timer`.

use crate::Scope;
use crate::bindings::iris::step::timers;
use crate::failure::{Refused, wish};

/// Wakes at a moment, in milliseconds since 1970; one that has passed fires at once.
pub fn at(scope: Scope, name: &str, at: u64) -> Result<(), Refused> {
    wish("timers.at", timers::at(scope, name, at))
}

/// Wakes so many seconds from now.
pub fn after(scope: Scope, name: &str, seconds: u32) -> Result<(), Refused> {
    wish("timers.after", timers::after(scope, name, seconds))
}

/// A timer that is not set is no failure.
pub fn cancel(scope: Scope, name: &str) -> Result<(), Refused> {
    wish("timers.cancel", timers::cancel(scope, name))
}

/// When it will fire, what this call has wished included.
pub fn due(scope: Scope, name: &str) -> Option<u64> {
    timers::due(scope, name)
}
