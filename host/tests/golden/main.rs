//! Steps of every released version of the contract, as they were built then: each must still be
//! taken, and wish what it wished. `UPDATE_GOLDEN=1` writes anew what a new version's steps wish;
//! what stands there for an old one is changed by nobody.

#![expect(clippy::unwrap_used, reason = "a test that meets an error has failed")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use iris::{
    config::environment,
    rehearse::scenario::Scenario,
    step::{Cache, Engine, Limits, Source, Step},
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// What lies in a folder, in order.
fn within(folder: &Path, ending: Option<&str>) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let wanted = |path: &PathBuf| match ending {
        Some(ending) => path.extension() == Some(ending.as_ref()),
        None => path.is_dir(),
    };
    let mut paths: Vec<_> = entries.filter(wanted).collect();
    paths.sort();
    paths
}

#[tokio::test]
async fn steps_of_every_release_are_taken_and_wish_what_they_wished() {
    let engine = Engine::new(Limits::default()).unwrap();
    let cache = Cache::new(None);
    let mut played = 0;
    for version in within(&folder(), None) {
        for wasm in within(&version, Some("wasm")) {
            let name = wasm.file_stem().unwrap().to_str().unwrap().to_owned();
            let bytes = fs::read(&wasm).unwrap().into();
            let source = Source {
                name: name.clone(),
                bytes,
                standard: false,
            };
            let step = Step::load(&engine, &cache, source).await;
            let step = step.unwrap_or_else(|error| panic!("{}: {error}", wasm.display()));
            let release = version.file_name().unwrap().to_str().unwrap();
            assert_eq!(step.contract(), release);
            let step = Arc::new(step);
            for file in within(&version.join("scenarios").join(&name), Some("txt")) {
                let text = fs::read_to_string(&file).unwrap();
                let scenario = Scenario::read(&text).unwrap();
                let came = scenario.play(step.clone()).await.unwrap();
                if environment("UPDATE_GOLDEN").is_some() {
                    fs::write(&file, &came.text).unwrap();
                } else {
                    assert_eq!(came.text, text, "{}", file.display());
                }
                played += 1;
            }
        }
    }
    assert!(played > 1, "there are releases");
}

/// What a release declares stays, line by line; comments may be mended, and functions be added.
#[test]
fn what_a_release_declares_stays() {
    let now = declared(&folder().join("../../../wit"));
    for version in within(&folder(), None) {
        let then = declared(&version.join("wit"));
        assert!(!then.is_empty());
        for (file, lines) in then {
            let mut left = now[&file].iter();
            for line in lines {
                assert!(
                    left.any(|here| *here == line),
                    "{file}: `{line}` is in {}, which is released: what is new lives beside it",
                    version.display()
                );
            }
        }
    }
}

/// The declarations of each file, without comments.
fn declared(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, lines.map(str::to_owned).collect())
    };
    within(folder, Some("wit")).into_iter().map(read).collect()
}
