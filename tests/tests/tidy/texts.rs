//! What Iris says, in both languages.

use std::collections::BTreeSet;

use crate::files::{File, below, file, none};

#[test]
fn both_languages_say_the_same_things() {
    let mut faults = Vec::new();
    for english in below("", &["en.ftl"]) {
        let japanese = file(&english.path.replace("en.ftl", "ja.ftl"));
        let (here, there) = (keys(&english), keys(&japanese));
        assert!(!here.is_empty(), "{} says nothing", english.path);
        faults.extend(
            here.difference(&there)
                .map(|key| format!("{}: no {key}", japanese.path)),
        );
        faults.extend(
            there
                .difference(&here)
                .map(|key| format!("{}: no {key}", english.path)),
        );
    }
    none(&faults);
}

/// What is as wide as a character needs no blank beside it.
#[test]
fn japanese_has_no_blank_beside_its_punctuation() {
    let wide = |c: &char| "、。・：（）「」【】？！〜".contains(*c);
    let mut faults = Vec::new();
    for japanese in below("", &["ja.ftl"]) {
        let said = japanese.code();
        for (n, line) in said.filter(|(_, line)| !line.starts_with('#')) {
            let words = line.split_once(" = ").map_or(line, |(_, words)| words);
            let words: Vec<char> = words.trim().chars().collect();
            let beside = |pair: &[char]| pair.contains(&' ') && pair.iter().any(wide);
            if words.windows(2).any(beside) {
                faults.push(japanese.at(n, line.trim()));
            }
        }
    }
    none(&faults);
}

/// The messages and terms; what is indented or commented is not one.
fn keys(file: &File) -> BTreeSet<&str> {
    let begins = |line: &&str| line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-');
    let lines = file.text.lines().filter(begins);
    lines
        .filter_map(|line| Some(line.split_once('=')?.0.trim()))
        .collect()
}
