//! See `host/tests/fuzz/targets.rs`.

#![no_main]
#![expect(dead_code, reason = "one of the targets")]

use iris as _;
use serde_json as _;

#[path = "../../host/tests/fuzz/targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::team_file(bytes));
