//! Lines for the operator. Never what people wrote, never secrets.

use crate::bindings::iris::step::log::{Level, write};

/// For whoever maintains the step.
pub fn debug(line: &str) {
    write(Level::Debug, line);
}

/// What an operator may like to know.
pub fn info(line: &str) {
    write(Level::Info, line);
}

/// What an operator should look at some day.
pub fn warn(line: &str) {
    write(Level::Warn, line);
}

/// What an operator should look at now.
pub fn error(line: &str) {
    write(Level::Error, line);
}
