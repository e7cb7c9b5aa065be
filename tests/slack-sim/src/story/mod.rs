//! Stories: conversations in a Slack workspace as plain text, played by hand or by a test.
//!
//! ```text
//! # A person declares an incident, and takes the command.
//! > @aya #general: /incident checkout fails
//! < form of @aya: Declare an incident
//! <   Title: checkout fails
//! > @aya fills Product: Payments | Severity: SEV1
//! > @aya submits
//! < #room joined: @iris, @aya
//! > @ken #room presses 🙋 I'll take it at Incident commander
//! @ 30m
//! < #room Iris: ⏰ …
//! ```
//!
//! `>` is an act of a person, `@` lets time pass, `<` is what people see after it: everything that
//! is new or has changed anywhere in the workspace, so that a story is a full transcript.
//! `#room` is the newest channel, `#name*` the one whose name begins so.

mod act;
mod line;
mod player;
mod sight;
mod text;

pub use act::{Act, Deed};
pub use line::{Line, Malformed, parse};
pub use player::{Player, Settle, Stuck};
