//! What belongs into one folder of the host and into no other.

use crate::files::{File, below, none};

/// Stages that do not know each other: what comes back comes as an event.
const APART: [&str; 4] = ["edge", "step", "store", "slack"];

/// A step reads while it runs, so `step` may hold the trait `Store` and its types, but no backend.
const READS: (&str, &str) = ("step", "store");

#[test]
fn stages_do_not_import_each_other() {
    let mut faults = Vec::new();
    for here in APART {
        for file in below(&format!("host/src/{here}"), &[".rs"]) {
            for path in imports(&file) {
                let there = path.split("::").next().unwrap_or_default();
                let reads = (here, there) == READS && !path.contains("sqlite");
                if here != there && APART.contains(&there) && !reads {
                    faults.push(file.at(1, &format!("`{here}` imports `{path}`")));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn pure_stages_only_compute() {
    let outside = [
        "async ",
        ".await",
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "tokio",
        "reqwest",
        "rusqlite",
        "rand::",
        "Clock",
        "Instant",
        "SystemTime",
        "::now()",
    ];
    let pure = ["host/src/incident/", "host/src/decide/", "host/src/effect/"];
    none(&words(&outside, |path| {
        pure.iter().any(|folder| path.starts_with(folder))
    }));
}

#[test]
fn sql_stands_in_the_store() {
    let sql = ["rusqlite", "SELECT ", "INSERT ", "DELETE FROM "];
    none(&words(&sql, |path| !path.starts_with("host/src/store/")));
}

#[test]
fn the_environment_is_read_by_config() {
    none(&words(&["env::var", "env::set_var"], |path| {
        !path.starts_with("host/src/config/")
    }));
}

#[test]
fn tasks_are_spawned_in_one_place() {
    let spawning = [
        "tokio::spawn(",
        "task::spawn(",
        "spawn_local(",
        "thread::spawn(",
    ];
    none(&words(&spawning, |path| path != "host/src/tasks.rs"));
}

#[test]
fn the_machine_is_asked_for_the_time_in_one_place() {
    let asking = ["SystemTime::now", "Timestamp::now", "Zoned::now"];
    none(&words(&asking, |path| path != "host/src/clock.rs"));
}

/// Where the host says one of these words outside tests, in files that may not.
fn words(words: &[&str], may_not: impl Fn(&str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    for file in below("host/src", &[".rs"])
        .iter()
        .filter(|file| may_not(&file.path))
    {
        for (number, line) in file.production() {
            let told = words.iter().filter(|word| line.contains(**word));
            faults.extend(told.map(|word| file.at(number, &format!("`{}`", word.trim()))));
        }
    }
    faults
}

/// What a file takes from its own crate, such as `store::StoreError` or `store::{A, B}`.
fn imports(file: &File) -> Vec<String> {
    let code: String = file.production().map(|(_, line)| line).collect();
    let code: String = code.split_whitespace().collect();
    let mut found = Vec::new();
    for path in code.split("crate::").skip(1) {
        let mut depth = 0_i32;
        let mut taken = String::new();
        for letter in path.chars() {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            let group = path.starts_with('{');
            if depth < i32::from(group) || (!group && depth == 0 && ends_path(letter)) {
                break;
            }
            match letter {
                ',' if group && depth == 1 => found.push(std::mem::take(&mut taken)),
                '{' if group && depth == 1 && taken.is_empty() => {}
                other => taken.push(other),
            }
        }
        found.push(taken);
    }
    found
}

fn ends_path(letter: char) -> bool {
    !(letter.is_alphanumeric() || matches!(letter, '_' | ':' | '}'))
}

#[test]
fn imports_are_read_as_rust_reads_them() {
    let text =
        "use crate::{\n    clock::Moment,\n    store::{A, B},\n};\nfn f(x: crate::slack::Api) {}";
    let file = File {
        path: "x.rs".to_owned(),
        text: text.to_owned(),
    };
    assert_eq!(
        imports(&file),
        ["clock::Moment", "store::{A,B}", "", "slack::Api"]
    );
}
