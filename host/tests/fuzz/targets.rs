//! What is fuzzed: each takes any bytes and must neither panic nor let through what it must not.
//! `main.rs` beside this feeds them from seeds; `fuzz/` does so with libFuzzer.

use std::sync::{Arc, OnceLock};

use axum::http::{HeaderMap, HeaderValue};
use iris::{
    clock::Moment,
    config::parse,
    edge::{
        decode::{Delivery, decode},
        sign,
        verify::Claim,
    },
    effect::{channel_name, latin_name},
    step::{Cache, Engine, Limits, LoadError, Source, Step},
};
use tokio::runtime::Runtime;

use crate::date::{self, Day, Now};

/// When deliveries come in.
const NOW: Moment = Moment(1_796_102_000_000);
/// As long as Slack lets a channel's name be.
const NAME: usize = 80;

/// What the app and Slack alone know.
pub(crate) const SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";

/// Two headers, a line each, and a body: believed only if it was signed with the secret, and lately.
pub(crate) fn signature(bytes: &[u8]) {
    let mut lines = bytes.splitn(3, |byte| *byte == b'\n');
    let mut headers = HeaderMap::new();
    for name in ["x-slack-request-timestamp", "x-slack-signature"] {
        let line = lines.next().unwrap_or_default();
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append(name, value);
        }
    }
    let body = lines.next().unwrap_or_default();
    let Ok(claim) = Claim::read(&headers) else {
        return;
    };
    if claim.check(&SECRET.into(), body, NOW).is_ok() {
        let [timestamp, signature] = ["x-slack-request-timestamp", "x-slack-signature"]
            .map(|name| headers[name].to_str().expect("it was read").to_owned());
        assert_eq!(
            signature.to_lowercase(),
            sign(&SECRET.into(), &timestamp, body)
        );
        let seconds: u64 = timestamp.parse().expect("it was read");
        assert!(NOW.seconds().abs_diff(seconds) <= 300, "{timestamp}");
    }
}

/// What was typed after `todo`: what is kept of it was typed.
pub(crate) fn todo(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    let now = Now {
        day: Day::new(2026, 12, 1).expect("a day"),
        minute: 14 * 60 + 5,
    };
    // And as an answer to "by when?".
    let _ = date::read(&typed, now);
    let Ok(line) = date::read_line(&typed, now) else {
        return;
    };
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (typed, kept) = (words(&typed).concat(), words(&line.text));
    assert!(
        kept.iter().all(|word| typed.contains(word.as_str())),
        "{kept:?} in {typed:?}"
    );
}

/// A file that was dropped into the folder of steps: none that was made by chance is a step, and it
/// is said why.
pub(crate) fn component(bytes: &[u8]) {
    static WORLD: OnceLock<(Runtime, Arc<Engine>)> = OnceLock::new();
    let (runtime, engine) = WORLD.get_or_init(|| {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_all().build().expect("a runtime");
        let engine = Engine::new(Limits::default()).expect("an engine");
        (runtime, engine)
    });
    let source = Source {
        name: "chance".to_owned(),
        bytes: bytes.into(),
        standard: false,
    };
    let loaded = runtime.block_on(Step::load(engine, &Cache::new(None), source));
    let why: LoadError = loaded.err().expect("it is no step");
    assert!(!why.to_string().is_empty());
}

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
