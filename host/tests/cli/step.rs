//! `iris step`

use serde_json::Value;

use crate::machine::Machine;

#[test]
fn steps_are_listed_with_who_uses_them() {
    let machine = Machine::new();
    machine.write("teams/default.toml", "");
    machine.write("teams/T0ACME.toml", "[[step]]\nuse = \"guide\"\n");
    let ran = machine.run("step list");
    assert_eq!((ran.code, &*ran.err), (0, ""), "{ran:?}");
    let guide = ran
        .out
        .lines()
        .find(|line| line.trim_start().starts_with("guide"))
        .unwrap();
    for word in ["Iris", "teams/default.toml, teams/T0ACME.toml", "messages"] {
        assert!(guide.contains(word), "{guide}");
    }
    assert_eq!(ran.out.lines().count(), 7, "{}", ran.out);
}

#[test]
fn row_18_a_file_that_is_no_step_is_said_and_the_rest_is_listed() {
    let machine = Machine::new();
    machine.write("teams/default.toml", "[[step]]\nuse = \"page\"\n");
    machine.write("steps/page.wasm", "#!/bin/sh");
    let ran = machine.run("step list");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.err
            .starts_with("The step `page` is not in force: it is no WebAssembly component"),
        "{}",
        ran.err
    );
    let ran = machine.run("step list --json");
    let rows: Vec<Value> = serde_json::from_str(&ran.out).unwrap();
    let page = rows.iter().find(|row| row["name"] == "page").unwrap();
    assert_eq!(page["used_by"][0], "teams/default.toml");
    assert!(page["trouble"].is_string() && page["version"].is_null());
    let guide = rows.iter().find(|row| row["name"] == "guide").unwrap();
    assert_eq!(guide["sha256"].as_str().map(str::len), Some(64));
}

#[test]
fn row_45_a_pin_that_does_not_fit_is_said_by_check() {
    let machine = Machine::new();
    let pin = "0".repeat(64);
    machine.write(
        "teams/default.toml",
        format!("[[step]]\nuse = \"guide\"\nfrom = \"steps/guide.wasm@sha256:{pin}\"\n"),
    );
    let ran = machine.run("check");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.err.contains("default.toml:2")
            && ran
                .err
                .contains(&format!("The step `guide` is pinned to sha256:{pin}")),
        "{}",
        ran.err
    );
}

#[test]
fn a_step_is_laid_open_with_what_each_team_would_give_it() {
    let machine = Machine::new();
    machine.write("teams/default.toml", "");
    machine.write("teams/T0ACME.toml", "[[step]]\nuse = \"guide\"\n");
    let ran = machine.run("step inspect guide");
    assert_eq!((ran.code, &*ran.err), (0, ""), "{ran:?}");
    for said in [
        "comes with Iris",
        "contract   iris:step 0.1.0",
        "made with  wit-component",
        "teams/T0ACME.toml: gets what it asks for",
    ] {
        assert!(ran.out.contains(said), "{}", ran.out);
    }
    let ran = machine.run("step inspect guide --json");
    let guide: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(guide["name"], "guide");
    assert_eq!(guide["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(guide["teams"].as_array().map(Vec::len), Some(2));
}

/// What is to be written into the team's file is there to be copied.
#[test]
fn what_a_step_lacks_is_said_with_the_line_that_gives_it() {
    let machine = Machine::new();
    let wasm = standard("guide");
    machine.write("steps/ours.wasm", &wasm);
    let ran = machine.run("step inspect steps/ours.wasm");
    let line = "[[step]]\nuse = \"guide\"\nallow = { wishes = [";
    assert!(
        ran.out.contains("brought") && ran.out.contains(line),
        "{}",
        ran.out
    );
    assert_eq!(ran.code, 1, "the default file's line gives it nothing");
    machine.write(
        "teams/default.toml",
        "[[step]]\nuse = \"guide\"\nfrom = \"steps/ours.wasm\"\nallow = { wishes = [\"messages\"] }\n",
    );
    let ran = machine.run("step inspect ours");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.out.contains("teams/default.toml: lacks wishes."),
        "{}",
        ran.out
    );
    let ran = machine.run("step inspect nobody");
    assert_eq!((ran.code, &*ran.out), (1, ""));
    assert!(
        ran.err.contains("there is no standard step `nobody`"),
        "{}",
        ran.err
    );
}

/// The component of a standard step, as it is built into the program.
fn standard(name: &str) -> Vec<u8> {
    iris::step::Source::standard(name).unwrap().bytes.to_vec()
}
