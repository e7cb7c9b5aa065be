//! The command line, as a person or a script runs it.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

mod check;
mod datastore;
mod incident;
mod machine;
mod manifest;
mod operators;
mod page;
mod project;
mod slack_hooks;
mod step;
mod team;
mod usage;
