//! See `host/tests/fuzz/targets.rs`.

#![no_main]
#![expect(dead_code, reason = "one of the targets")]

// What the targets stand on.
use axum as _;
use iris as _;
use iris_kit as kit;
use serde_json as _;
use tokio as _;

#[path = "../../plugins/todo/src/date/mod.rs"]
mod date;
#[path = "../../host/tests/fuzz/targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::team_file(bytes));
