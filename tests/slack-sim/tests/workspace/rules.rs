//! The table of Slack's rules names tests that are there.

use std::fs;
use std::path::Path;

#[test]
fn the_tests_that_show_a_rule_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut code = String::new();
    for folder in ["src", "tests", "../oracles"] {
        gather(&root.join(folder), &mut code);
    }
    let table = include_str!("README.md");
    let rows = table.lines().filter(|line| line.starts_with("| "));
    let named = rows.filter_map(|row| row.split(" | ").nth(1));
    let names: Vec<&str> = named
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect();
    assert!(names.len() > 60, "{}", names.len());
    let missing: Vec<&&str> = names
        .iter()
        .filter(|name| {
            if let Some(file) = name.strip_prefix("tests/") {
                return !root.join("..").join(file).exists();
            }
            let defined = [format!("fn {name}("), format!("def {name}(")];
            !defined.iter().any(|defined| code.contains(defined))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn gather(folder: &Path, code: &mut String) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if path.is_dir() && !path.ends_with("node_modules") {
            gather(&path, code);
        } else if matches!(ending, Some("rs" | "py")) {
            code.push_str(&fs::read_to_string(&path).expect("it can be read"));
        }
    }
}
