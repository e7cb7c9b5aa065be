//! Each standard step and each example alone: what happened in, what it wishes out.

#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails where its setting does, and looks only at what it is about"
)]

mod acts;
mod show;
mod team;
mod world;

mod examples;
mod feedback;
mod guide;
mod invite;
mod timeline;
mod todo;
mod war_room;
