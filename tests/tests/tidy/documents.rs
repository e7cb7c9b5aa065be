//! What people read first.

use std::fs;

use crate::files::{file, none, root};

#[test]
fn the_readme_shows_the_two_commands() {
    let readme = file("README.md").text;
    for command in ["cargo xtask demo", "cargo xtask test"] {
        assert!(
            readme.contains(command),
            "README.md does not show `{command}`"
        );
    }
}

#[test]
fn the_map_names_every_stage() {
    let map = file("host/ARCHITECTURE.md").text;
    let mut faults = Vec::new();
    for entry in fs::read_dir(root().join("host/src")).expect("the host has sources") {
        let entry = entry.expect("the folder can be read");
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !map.contains(&format!("`src/{name}/`")) {
            faults.push(format!("host/ARCHITECTURE.md does not name `src/{name}/`"));
        }
    }
    none(&faults);
}
