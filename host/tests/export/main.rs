//! One incident as a file, in both languages and for programs.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

mod english;
mod example;
mod japanese;
