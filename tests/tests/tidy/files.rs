//! The files of the project, and what is said of those that break a rule.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// What is made rather than written, besides what begins with a dot.
const MADE: [&str; 3] = ["__pycache__", "node_modules", "target"];

/// A file with its place below the root of the project, written with `/`.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// Its lines but whole-line comments, numbered from 1.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self
            .text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The same of what runs outside tests: a module of tests stands last in its file.
    pub(crate) fn production(&self) -> impl Iterator<Item = (usize, &str)> {
        let tested = self.is_test();
        let tests = |line: &str| line.trim_start().starts_with("#[cfg(test)]");
        self.code()
            .take_while(move |(_, line)| !tested && !tests(line))
    }

    fn is_test(&self) -> bool {
        self.path.contains("/tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.ends_with("_tests.rs")
    }

    /// A fault at a line.
    pub(crate) fn at(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("")
}

/// One file that must be there.
pub(crate) fn file(path: &str) -> File {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
    File {
        path: path.to_owned(),
        text,
    }
}

/// All files below a folder (`""`: the root) with one of these endings.
pub(crate) fn below(folder: &str, endings: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    walk(&root().join(folder), endings, &mut found);
    assert!(
        !found.is_empty(),
        "no file of {endings:?} below `{folder}`: look elsewhere"
    );
    found
}

/// Fails with all faults at once.
pub(crate) fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn walk(folder: &Path, endings: &[&str], found: &mut Vec<File>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let path = entry.expect("the folder can be read").path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with('.') || MADE.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            walk(&path, endings, found);
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let below = path.strip_prefix(root()).expect("it is below the root");
            found.push(file(&below.to_string_lossy().replace('\\', "/")));
        }
    }
}
