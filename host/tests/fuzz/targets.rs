//! What is fuzzed: each takes any bytes and must neither panic nor let through what it must not.
//! `main.rs` beside this feeds them from seeds; `fuzz/` does so with libFuzzer.

use iris::{
    clock::Moment,
    config::parse,
    edge::decode::{Delivery, decode},
    effect::{channel_name, latin_name},
};

/// When deliveries come in.
const NOW: Moment = Moment(1_796_102_000_000);
/// As long as Slack lets a channel's name be.
const NAME: usize = 80;

/// A body that Slack signed: it is understood or refused.
pub(crate) fn body(bytes: &[u8]) {
    if let Ok(Delivery::Happened(happened)) = decode(bytes, NOW) {
        let event = happened.event;
        assert!(
            !event.id.is_empty() && !event.team.as_str().is_empty(),
            "{event:?}"
        );
        // Whatever is taken in can be stored and read back.
        let json = serde_json::to_string(&event).expect("an event is JSON");
        let back: iris::event::Event = serde_json::from_str(&json).expect("and comes back");
        assert_eq!(back, event);
    }
}

/// A team's file: it is read, or every mistake has a place.
pub(crate) fn team_file(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (file, problems) = parse("teams/T0ACME.toml", "T0ACME", &text);
    assert!(
        file.is_some() || !problems.is_empty(),
        "refused without a word"
    );
    for problem in problems {
        assert!(!problem.to_string().is_empty());
    }
    if let Some(file) = file {
        assert!(!file.team.severities.is_empty());
    }
}

/// What a template of a channel's name came to: Slack takes it, or its Latin form.
pub(crate) fn names(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for (name, latin) in [(channel_name(&text), false), (latin_name(&text), true)] {
        assert!(name.chars().count() <= NAME, "{name}");
        for c in name.chars() {
            let plain = c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
            assert!(
                plain
                    || (!latin && c.is_alphanumeric() && !c.is_ascii())
                    || (!latin && !c.is_ascii()),
                "{c:?} in {name}"
            );
            assert!(!c.is_uppercase() && !c.is_whitespace(), "{c:?} in {name}");
        }
    }
}
