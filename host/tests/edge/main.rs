//! The edge through its router: what Slack sends, what comes of it, and what Slack is told.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

mod bench;
mod crowd;
mod envelopes;
mod fixtures;
mod operators;
mod refused;
mod samples;
mod taken;
