//! See `host/tests/fuzz/targets.rs`.

#![no_main]
#![expect(dead_code, reason = "one of the targets")]

use iris_kit as kit;

#[path = "../../plugins/todo/src/date/mod.rs"]
mod date;
#[path = "../../host/tests/fuzz/targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::component(bytes));
