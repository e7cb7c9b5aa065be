//! Texts, blocks and formats: how Iris and its steps speak to people.
//!
//! Used by the host's own words and, compiled to WebAssembly, by the steps.
//! Everything here is a pure function: no clock, no input, no output.
//!
//! # Layout
//! * [`locale`]   the languages Iris speaks
//! * [`texts`]    sentences in two languages, in Fluent
//! * [`time`]     times, dates, durations, numbers, lists of names
//! * [`words`]    what several speakers say alike: headers, facts, marks
//! * [`reasons`]  why somebody could not be called
//! * [`responder`] who is meant by what a file or a form says about people
//! * [`rich`]     `rich_text`, and people's words in it
//! * [`blocks`]   Block Kit: what messages and forms are made of
//! * [`limits`]   how long things may be, and what gives way first
//! * [`escape`]   people's words where Slack reads markup, and back to plain text
//! * [`markdown`] people's words in exported files
//! * [`story`]    what happened, told in a message and in a file

pub mod locale;
pub mod texts;
pub mod time;
pub mod words;
pub mod reasons;
pub mod responder;
pub mod rich;
pub mod blocks;
pub mod limits;
pub mod escape;
pub mod markdown;
pub mod story;

pub use locale::Locale;
pub use texts::Texts;
