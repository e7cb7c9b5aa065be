//! Sentences in two languages, read when a speaker is compiled.
//!
//! A speaker keeps its sentences in two Fluent files beside each other, `en.ftl`
//! and `ja.ftl`. The kit's macro `speaker!` puts them into the program as
//! tables, so that nothing is parsed when something is said; what [`check`]
//! finds stops the build.
//!
//! # Layout
//! * [`file`]  a Fluent file
//! * [`check`] what is wrong with a speaker's two files
//! * [`uses`]  what the code says and the files do not have, and the other way round
//! * [`code`]  the files as Rust

mod file;
mod check;
mod uses;
mod code;

pub use check::check;
pub use code::code;
pub use uses::check_uses;
