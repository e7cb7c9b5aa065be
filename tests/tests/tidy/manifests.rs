//! The manifests of the crates.

use std::collections::BTreeSet;

use crate::files::{File, below, file, none};

#[test]
fn every_dependency_says_why_it_is_there() {
    let root = file("Cargo.toml");
    let mut faults = Vec::new();
    for (number, line) in dependencies(&root.text, "[workspace.dependencies]") {
        // Our own crates say it themselves.
        if !line.contains("path = ") && !line.contains('#') {
            faults.push(root.at(number, "a dependency without its reason"));
        }
    }
    none(&faults);
}

#[test]
fn every_dependency_is_used() {
    let root = file("Cargo.toml");
    let mut wanted = BTreeSet::new();
    let mut faults = Vec::new();
    for manifest in below("", &["Cargo.toml"])
        .iter()
        .filter(|manifest| manifest.path != root.path)
    {
        let folder = manifest.path.trim_end_matches("Cargo.toml");
        let sources = below(folder, &[".rs"]);
        for section in [
            "[dependencies]",
            "[dev-dependencies]",
            "[build-dependencies]",
        ] {
            for (number, line) in dependencies(&manifest.text, section) {
                let name = name(line);
                wanted.insert(name.to_owned());
                if !sources
                    .iter()
                    .any(|source| uses(source, &name.replace('-', "_"), section))
                {
                    faults.push(manifest.at(number, &format!("{name} is not used")));
                }
            }
        }
    }
    for (number, line) in dependencies(&root.text, "[workspace.dependencies]") {
        if !wanted.contains(name(line)) {
            faults.push(root.at(number, &format!("no crate wants {}", name(line))));
        }
    }
    none(&faults);
}

/// The lines of a section, numbered from 1.
fn dependencies<'a>(manifest: &'a str, section: &str) -> Vec<(usize, &'a str)> {
    let lines = manifest
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line));
    let inside = lines.skip_while(|(_, line)| *line != section).skip(1);
    let inside = inside.take_while(|(_, line)| !line.starts_with('['));
    inside
        .filter(|(_, line)| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .collect()
}

fn name(line: &str) -> &str {
    line.split([' ', '.', '=']).next().unwrap_or_default()
}

/// Examples in comments are tests, so they may use what only tests use.
fn uses(source: &File, word: &str, section: &str) -> bool {
    let examples = section == "[dev-dependencies]";
    source.code().any(|(_, line)| has_word(line, word))
        || examples && source.text.lines().any(|line| has_word(line, word))
}

fn has_word(code: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(word).any(|(at, _)| {
        !part(code[..at].chars().next_back()) && !part(code[at + word.len()..].chars().next())
    })
}
