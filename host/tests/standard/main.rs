//! Each standard step and each example alone: what happened in, what it wishes out.

#![expect(clippy::unwrap_used, reason = "a test fails where its setting does")]

mod world;

mod examples;
mod feedback;
mod guide;
mod invite;
mod timeline;
mod todo;
mod war_room;
