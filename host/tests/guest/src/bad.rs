//! What no step should do.

use std::{
    hint::black_box,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use serde_json::{Value, json};

use crate::bindings::iris::step::{
    incident, messages,
    types::{Content, Place},
};

pub(crate) fn compute_for_ever() -> ! {
    let mut n: u64 = 0;
    loop {
        n = black_box(n.wrapping_add(1));
    }
}

/// Takes memory until there is none.
pub(crate) fn eat() -> Value {
    let mut eaten: Vec<Vec<u8>> = vec![];
    loop {
        eaten.push(black_box(vec![1; 1 << 20]));
    }
}

/// Wishes as often, each so many bytes long.
pub(crate) fn flood(times: u32, bytes: usize) -> Value {
    for _ in 0..times {
        let content = Content {
            text: "x".repeat(bytes.max(1)),
            blocks: None,
            more: None,
        };
        if let Err(refusal) = messages::say(&Place::Room, &content) {
            return json!(refusal.code);
        }
    }
    Value::Null
}

/// One argument of so many bytes.
pub(crate) fn shout(bytes: usize) -> Value {
    match incident::set_title(&"x".repeat(bytes)) {
        Ok(()) => Value::Null,
        Err(refusal) => json!(refusal.code),
    }
}

/// Sleeps an hour, and tells what the clocks and the dice show.
pub(crate) fn sleep() -> Value {
    let began = Instant::now();
    std::thread::sleep(Duration::from_hours(1));
    #[expect(clippy::disallowed_methods, reason = "to see that it stands still")]
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    json!({
        "slept": began.elapsed().as_secs(),
        "now": now.as_secs(),
        "dice": dice(),
    })
}

/// Looks for a world outside.
pub(crate) fn look_around() -> Value {
    json!({
        "files": std::fs::read_dir("/").is_ok(),
        "environment": std::env::vars().count(),
        "arguments": std::env::args().count(),
        "socket": std::net::TcpStream::connect("127.0.0.1:80").is_ok(),
    })
}

/// How often each needle stands in all the memory that the guest has.
pub(crate) fn search(needles: &[(String, String)]) -> Value {
    let memory = memory();
    let stands = |(first, second): &(String, String)| {
        let (first, second) = (first.as_bytes(), second.as_bytes());
        let length = first.len() + second.len();
        memory
            .windows(length)
            .filter(|window| window.starts_with(first) && window.ends_with(second))
            .count()
    };
    json!(needles.iter().map(stands).collect::<Vec<_>>())
}

#[cfg(target_arch = "wasm32")]
fn memory() -> &'static [u8] {
    const PAGE: usize = 64 << 10;
    // A slice cannot begin at the address 0.
    let length = core::arch::wasm32::memory_size(0) * PAGE - 1;
    #[expect(unsafe_code, reason = "a step may read all of its own memory")]
    // SAFETY: linear memory is one piece, is never given back, and nothing else runs meanwhile.
    unsafe {
        std::slice::from_raw_parts(std::ptr::without_provenance(1), length)
    }
}

/// The guest is a guest on WebAssembly only.
#[cfg(not(target_arch = "wasm32"))]
fn memory() -> &'static [u8] {
    &[]
}

/// A hash map's keys are the standard library's dice.
fn dice() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(0)
}
