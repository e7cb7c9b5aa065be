//! The six standard steps, inside the binary. `build.rs` builds them.

use super::load::Source;

macro_rules! standard {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".wasm")) as &[u8])),+]
    };
}

/// Name and component of each.
static STANDARD: [(&str, &[u8]); 6] = standard![
    "war-room", "invite", "guide", "todo", "timeline", "feedback"
];

pub(super) fn sources() -> impl Iterator<Item = Source> {
    STANDARD.iter().map(|(name, bytes)| Source {
        name: (*name).to_owned(),
        bytes: (*bytes).into(),
        standard: true,
    })
}
