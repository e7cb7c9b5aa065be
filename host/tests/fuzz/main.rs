//! A short run of the fuzz targets in every test, from seeds, by a mutator that is the same for the
//! same number. The long run is `cargo xtask fuzz` (`IRIS_FUZZ=1000000`).

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

#[path = "../edge/fixtures.rs"]
#[expect(dead_code, reason = "the edge's tests use more of it")]
mod fixtures;
#[path = "../../../plugins/todo/src/date/mod.rs"]
#[expect(dead_code, reason = "the step uses more of it")]
mod date;
mod mutate;
mod targets;

use std::{env, fs, path::Path};

use iris::edge::sign;
// Where the step's own words look for it.
use iris_kit as kit;
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
    fuzz_for(rounds(), seeds, target);
}

fn fuzz_for(rounds: u64, seeds: Vec<Vec<u8>>, target: fn(&[u8])) {
    assert!(!seeds.is_empty());
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

#[test]
fn signatures() {
    let signed = |timestamp: &str, body: &str| {
        let signature = sign(&targets::SECRET.into(), timestamp, body.as_bytes());
        format!("{timestamp}\n{signature}\n{body}").into_bytes()
    };
    let seeds = vec![
        signed("1796102000", "token=x&team_id=T1"),
        signed("1796101700", ""),
        signed("1796101699", "{}"),
        b"-1\nv0=\n".to_vec(),
    ];
    fuzz(seeds, targets::signature);
}

#[test]
fn todos() {
    let seeds = [
        "Call the bank @aya by 2026-12-04",
        "銀行に連絡 @aya 明日10時まで",
        "<@U0AYA|aya> fix it by fri 15:30",
        "来週月曜 12/4 １５時半 in 3 days by by until",
    ];
    fuzz(
        seeds.map(|seed| seed.as_bytes().to_vec()).into(),
        targets::todo,
    );
}

/// Those that are whole are compiled, so there are fewer of them.
#[test]
fn components() {
    let seeds = [
        "(component)",
        "(module (func (export \"_start\")) (memory 1))",
        "(component (core module (func (export \"f\") (loop br 0)) (memory 1)))",
        r#"(component
             (core module $m (func (export "describe") (result i32) i32.const 0))
             (core instance $i (instantiate $m))
             (func (export "describe") (result u32) (canon lift (core func $i "describe"))))"#,
        r#"(component (import "iris:step/facts@0.9.0" (instance (export "now" (func)))))"#,
    ];
    let seeds = seeds.map(|wat| wat::parse_str(wat).unwrap());
    fuzz_for(rounds() / 10, seeds.into(), targets::component);
}
