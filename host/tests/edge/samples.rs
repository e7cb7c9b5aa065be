//! Realistic payloads from Slack's own SDKs, where a copy lies beside the repository.

use std::{
    fs,
    path::{Path, PathBuf},
};

use iris::{
    clock::Moment,
    edge::decode::{Delivery, decode},
    event::What,
};

use crate::{bench::NOW, fixtures};

const KINDS: [&str; 6] = [
    "events",
    "block-actions",
    "shortcuts",
    "slash-commands",
    "view-submissions",
    "other-interactions",
];

#[test]
fn every_realistic_payload_is_taken_without_an_error() {
    let Some(folder) = folder() else {
        eprintln!("Not run: the folder `shared/slack-samples` does not lie beside the repository.");
        return;
    };
    let mut files = 0;
    for path in KINDS.iter().flat_map(|kind| files_of(&folder.join(kind))) {
        let sample = fs::read(&path).unwrap();
        let body = if path.starts_with(folder.join("slash-commands")) {
            let fields: serde_json::Value = serde_json::from_slice(&sample).unwrap();
            serde_urlencoded::to_string(fields.as_object().unwrap())
                .unwrap()
                .into_bytes()
        } else {
            fixtures::body(&sample)
        };
        let delivery = decode(&body, Moment(NOW * 1000));
        let delivery = delivery.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        if let Delivery::Happened(happened) = delivery {
            assert!(!happened.event.id.is_empty() && !happened.event.team.as_str().is_empty());
            if let What::Other { data, .. } = happened.event.what {
                assert!(
                    data.get("token").is_none(),
                    "{} keeps a token",
                    path.display()
                );
            }
        }
        files += 1;
    }
    assert!(files > 25, "only {files} samples were found");
}

fn folder() -> Option<PathBuf> {
    let places = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
    places
        .map(|place| place.join("shared/slack-samples"))
        .find(|folder| folder.is_dir())
}

/// The realistic ones: `java-` are skeletons with blanked values.
fn files_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let realistic = |path: &PathBuf| {
        !path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("java-"))
    };
    entries.filter(realistic).collect()
}
