//! A short run of the fuzz targets in every test, from seeds, by a mutator that is the same for the
//! same number. The long run is `cargo xtask fuzz` (`IRIS_FUZZ=1000000`).

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

#[path = "../edge/fixtures.rs"]
#[expect(dead_code, reason = "the edge's tests use more of it")]
mod fixtures;
mod mutate;
mod targets;

use std::{env, fs, path::Path};

use mutate::Mutator;

/// How many inputs each target is given by default.
const ROUNDS: u64 = 3_000;

fn rounds() -> u64 {
    let given = env::var_os("IRIS_FUZZ").and_then(|text| text.to_string_lossy().parse().ok());
    given.unwrap_or(ROUNDS)
}

/// The files of a folder of the project.
fn files(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("a folder of the project")
        .map(|entry| entry.expect("an entry of it").path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| fs::read(path).expect("a file of the project"))
        .collect()
}

fn fuzz(seeds: Vec<Vec<u8>>, target: fn(&[u8])) {
    assert!(!seeds.is_empty());
    let rounds = rounds();
    let mut mutator = Mutator::new(seeds, rounds);
    for _ in 0..rounds {
        let input = mutator.next();
        let ended = std::panic::catch_unwind(|| target(&input));
        assert!(
            ended.is_ok(),
            "it fails on {:?}",
            String::from_utf8_lossy(&input)
        );
    }
}

#[test]
fn bodies() {
    let seeds = fixtures::all().into_iter().map(|fixture| fixture.body);
    fuzz(seeds.collect(), targets::body);
}

#[test]
fn team_files() {
    let mut seeds = files("../examples/teams");
    seeds.extend(files("../tests/teams"));
    fuzz(seeds, targets::team_file);
}

#[test]
fn channel_names() {
    let seeds = [
        "inc-20261123-決済-画面が開かない",
        "INC 42: Checkout/../fails? <@U1>",
        "ＡＢＣ が・ー ぱ",
        "é ß İ ﬀ 🧯",
    ];
    fuzz(
        seeds.map(|seed| seed.as_bytes().to_vec()).into(),
        targets::names,
    );
}
