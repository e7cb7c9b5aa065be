//! How a file is written.

use crate::files::{below, none};

const LONGEST: usize = 400;

/// Put together here, so that this file does not break its own rule.
const UNFINISHED: [&str; 4] = [
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("dbg", "!("),
    concat!("#", "[allow"),
];

#[test]
fn every_file_begins_with_what_it_is_for() {
    let files = below("", &[".rs"]);
    let silent = files.iter().filter(|file| !file.text.starts_with("//! "));
    none(
        &silent
            .map(|file| file.at(1, "begins without `//!`"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    let files = below("", &[".rs", ".js", ".css", ".py"]);
    let long = files
        .iter()
        .filter(|file| file.text.lines().count() > LONGEST);
    none(
        &long
            .map(|file| file.at(LONGEST, "is too long: split it"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn nothing_is_left_unfinished_or_silenced() {
    let mut faults = Vec::new();
    for file in below("", &[".rs"]) {
        for (number, line) in file.code() {
            let told = UNFINISHED.iter().filter(|word| line.contains(**word));
            faults.extend(told.map(|word| file.at(number, word)));
        }
    }
    none(&faults);
}

#[test]
fn input_makes_nothing_panic() {
    let mut faults = Vec::new();
    let mut files = below("host/src", &[".rs"]);
    files.extend(below("plugins", &[".rs"]));
    for file in files.iter().filter(|file| file.path.contains("/src/")) {
        let bare = file
            .production()
            .filter(|(_, line)| line.contains(".unwrap()"));
        faults.extend(bare.map(|(number, _)| file.at(number, "`unwrap` outside tests")));
    }
    none(&faults);
}
