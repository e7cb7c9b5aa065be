//! How many instructions it takes to take a delivery in, to commit what came of it and to call a
//! step. Callgrind counts them, the same on a busy machine as on a quiet one; what is stored in
//! `figures.toml` may grow by 5 %. `UPDATE_INSTRUCTIONS=1` stores what was counted.
//!
//! They are counted in this build, with its own code unoptimised: good for noticing growth, and no
//! figure of what a release takes; for that there is `cargo xtask bench`.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

use std::{collections::BTreeMap, env, fs, path::PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};

mod count;
mod paths;

#[path = "../edge/bench.rs"]
#[expect(dead_code, reason = "the tests of the edge use more of it")]
mod bench;
#[path = "../store/support.rs"]
#[expect(dead_code, reason = "the tests of the store use more of it")]
mod support;
#[path = "../step/stage.rs"]
#[expect(dead_code, reason = "the tests of steps use more of it")]
mod stage;

use paths::Path;

/// How much more than stored is taken for noise, or for worth it.
const GROWTH: f64 = 1.05;

fn main() {
    // This program under callgrind: one path, so many times.
    if let Some((path, times)) = count::asked() {
        return paths::walk(path, times);
    }
    let stored: BTreeMap<String, u64> = fs::read_to_string(figures())
        .map(|text| toml::from_str(&text).unwrap())
        .unwrap_or_default();
    let trials = Path::ALL.into_iter().map(|path| {
        let stored = stored.get(path.name()).copied();
        Trial::test(path.name(), move || compare(path, stored))
    });
    let mut args = Arguments::from_args();
    // The figures are one file.
    args.test_threads = Some(1);
    libtest_mimic::run(&args, trials.collect()).exit();
}

/// How often it is counted again where it seems to have grown.
const AGAIN: u32 = 3;

/// Where the stored counts are.
fn figures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/instructions/figures.toml")
}

#[expect(clippy::cast_precision_loss, reason = "a ratio of counts")]
fn compare(path: Path, stored: Option<u64>) -> Result<(), Failed> {
    let counted = count::turn(path)?;
    if env::var_os("UPDATE_INSTRUCTIONS").is_some() {
        return store(path, counted);
    }
    let name = path.name();
    let Some(stored) = stored else {
        return Err(format!("no figure of {name} is stored; counted were {counted}").into());
    };
    let mut counted = counted;
    // What other threads do at the start and the end only ever adds to it.
    for _ in 0..AGAIN {
        if counted as f64 > stored as f64 * GROWTH {
            counted = counted.min(count::turn(path)?);
        }
    }
    let growth = counted as f64 / stored as f64;
    if growth > GROWTH {
        return Err(format!(
            "{name} takes {counted} instructions, {growth:.3} times the {stored} that are stored: \
             mend it, or store it with UPDATE_INSTRUCTIONS=1 and say in the commit what it is for"
        )
        .into());
    }
    Ok(())
}

fn store(path: Path, counted: u64) -> Result<(), Failed> {
    let text = fs::read_to_string(figures()).unwrap_or_default();
    let mut all: BTreeMap<String, u64> = toml::from_str(&text)?;
    all.insert(path.name().to_owned(), counted);
    let lines = toml::to_string(&all)?;
    let lines = format!("# Instructions of one turn in a build for tests, by callgrind.\n{lines}");
    Ok(fs::write(figures(), lines)?)
}
