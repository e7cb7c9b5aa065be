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
mod read;
mod quote;
mod entry;
mod line;
mod naming;
mod player;
mod playback;
mod record;
mod sight;
mod text;

pub use act::{Act, Deed, Spot, Words};
pub use line::{Line, Malformed, parse};
pub use playback::{Playback, Played, Step};
pub use player::{Player, Settle, Stuck};

pub(crate) use entry::said;
pub(crate) use naming::{addressee, place_of, spot_of, words_of};
pub(crate) use player::complaints;
pub(crate) use record::Recorder;
