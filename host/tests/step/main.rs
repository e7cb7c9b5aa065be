//! Steps as the host runs them: a real component, a real store, and what came of each call.

#![expect(clippy::unwrap_used, reason = "a test fails where its setting does")]

mod cached;
mod events;
mod limits;
mod loading;
mod reads;
mod stage;
mod wishes;
