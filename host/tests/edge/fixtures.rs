//! Reads the fixtures and wraps them as Slack does.

use std::{fs, path::PathBuf};

/// A delivery as it travels: events are JSON, interactions a form around JSON.
pub(crate) struct Fixture {
    pub(crate) name: String,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn all() -> Vec<Fixture> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/edge/fixtures");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let fixture = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        Fixture {
            name,
            body: body(&fs::read(path).unwrap()),
        }
    };
    files.iter().map(fixture).collect()
}

pub(crate) fn named(name: &str) -> Vec<u8> {
    all()
        .into_iter()
        .find(|fixture| fixture.name == name)
        .expect(name)
        .body
}

/// Puts an interaction into its form.
pub(crate) fn body(file: &[u8]) -> Vec<u8> {
    let event = ["event_callback", "url_verification", "app_rate_limited"];
    match serde_json::from_slice::<serde_json::Value>(file) {
        Ok(json)
            if !json["type"]
                .as_str()
                .is_some_and(|kind| event.contains(&kind)) =>
        {
            let payload = [("payload", json.to_string())];
            serde_urlencoded::to_string(payload).unwrap().into_bytes()
        }
        Ok(_) | Err(_) => file.to_owned(),
    }
}
