//! What Slack says of manifests, scopes and methods, where a copy of it lies beside the repository.

use std::{fs, path::Path};

use iris::manifest::Needs;
use serde_json::Value;

use crate::{ALL, loaded, print, steps, team};

/// Slack's schemas of manifests, both versions.
#[tokio::test]
async fn slacks_schemas_take_it() {
    let steps = loaded(steps().await, &ALL);
    for version in ["1.0.0", "2.0.0"] {
        let Some(schema) = sample(&format!("manifests/schema/manifest.schema.{version}.json"))
        else {
            return;
        };
        let validator = jsonschema::validator_for(&schema).unwrap();
        for locale in ["en", "ja"] {
            for socket_mode in [true, false] {
                let team = team(&format!("locale = \"{locale}\"\ntimezone = \"UTC\""));
                let manifest = print(&[&team], &steps, socket_mode);
                let wrong: Vec<_> = validator
                    .iter_errors(&manifest)
                    .map(|e| e.to_string())
                    .collect();
                assert!(wrong.is_empty(), "{version}: {wrong:?}");
            }
        }
    }
}

/// Slack's reference lists, for each method, the scopes of which one is needed.
#[tokio::test]
async fn scopes_are_those_of_slacks_reference() {
    let needs = Needs::of(&loaded(steps().await, &ALL));
    assert!(needs.unknown().is_empty());
    let scopes = needs.scopes();
    for method in needs.methods() {
        let Some(reference) = sample(&format!("api-reference/{method}.json")) else {
            return;
        };
        let Some(possible) = reference["scope"]["bot"].as_array() else {
            continue;
        };
        let granted = possible
            .iter()
            .any(|scope| scopes.contains(scope.as_str().unwrap()));
        assert!(granted, "{method} takes one of {possible:?}");
    }
}

#[expect(
    clippy::print_stderr,
    reason = "whoever runs the tests learns what was not run"
)]
fn sample(name: &str) -> Option<Value> {
    let places = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
    let folder = places
        .map(|place| place.join("shared/slack-samples"))
        .find(|folder| folder.is_dir());
    let Some(folder) = folder else {
        eprintln!("Not run: the folder `shared/slack-samples` does not lie beside the repository.");
        return None;
    };
    fs::read(folder.join(name))
        .ok()
        .map(|text| serde_json::from_slice(&text).unwrap())
}
