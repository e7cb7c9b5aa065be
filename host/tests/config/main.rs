//! Settings and teams' files, as operators and teams write them.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

mod examples;
mod hooks;
mod settings;
mod team;
mod teams;
