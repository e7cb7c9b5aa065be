//! What every store must do, run on each backend; and what each backend must do besides.

#![expect(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod conformance;
mod sqlite;
mod support;
