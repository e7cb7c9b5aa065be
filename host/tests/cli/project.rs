//! `iris step new`, `build` and `check`: from nothing to a step that Iris takes.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::Command,
};

use crate::{machine::Machine, page::Page};

const LANGUAGES: [&str; 3] = ["rust", "js", "python"];

#[test]
fn a_project_has_its_name_and_the_contract() {
    let machine = Machine::new();
    for language in LANGUAGES {
        let name = format!("hello-{language}");
        let ran = machine.run(&format!("step new {name} --lang {language}"));
        assert_eq!((ran.code, &*ran.err), (0, ""), "{ran:?}");
        assert!(
            ran.out.contains(&format!("iris step build ./{name}")),
            "{}",
            ran.out
        );
        let folder = machine.path(&name);
        assert!(folder.join("wit/handler.wit").exists() && folder.join(".gitignore").exists());
        assert!(!folder.join("gitignore").exists() && !folder.join("Cargo.toml.txt").exists());
        for file in all(&folder) {
            let text = fs::read_to_string(&file).unwrap();
            assert!(!text.contains("{{"), "{}", file.display());
        }
    }
    let again = machine.run("step new hello-js --lang js");
    assert_eq!(again.code, 1, "{again:?}");
    assert!(again.err.contains("is there already"), "{}", again.err);
    let named = machine.run("step new Hello");
    assert!(
        named.code == 1 && named.err.contains("no step's name"),
        "{named:?}"
    );
}

/// With the tools that the project itself asks for, as in the ten minutes of somebody new.
fn becomes_a_step_that_is_used(language: &str, made_with: &str) {
    // What a project in Rust stands on is compiled once for all runs.
    let target = concat!(env!("CARGO_TARGET_TMPDIR"), "/step-projects");
    let mut machine = Machine::new().with("CARGO_TARGET_DIR", target);
    for name in ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME"] {
        if let Some(value) = iris::config::environment(name) {
            machine = machine.with(name, value);
        }
    }
    assert_eq!(
        machine
            .run(&format!("step new hello --lang {language}"))
            .code,
        0
    );
    let built = machine.run("step build hello");
    assert_eq!(built.code, 0, "{built:?}");
    assert!(built.out.contains("hello/hello.wasm, "), "{}", built.out);
    let checked = machine.run("step check hello/hello.wasm");
    let nothing = "hello: nothing to say against it.\n";
    assert_eq!((checked.code, &*checked.out), (0, nothing), "{checked:?}");
    scenarios_are_played(&machine);
    if language == "js" {
        it_is_tried(&machine);
    }
    let line = "[[step]]\nuse = \"hello\"\nallow = { wishes = [\"messages\"] }\n";
    machine.write("teams/default.toml", line);
    let wasm = fs::read(machine.path("hello/hello.wasm")).unwrap();
    machine.write("steps/hello.wasm", wasm);
    let ran = machine.run("step inspect hello");
    assert_eq!(ran.code, 0, "{ran:?}");
    for said in [made_with, "teams/default.toml: gets what it asks for"] {
        assert!(ran.out.contains(said), "{}", ran.out);
    }
}

/// What the step wishes is compared with what is written, and written where it is right.
fn scenarios_are_played(machine: &Machine) {
    let ran = machine.run("step test hello");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.out.contains("2 of 2 scenarios as written"),
        "{}",
        ran.out
    );
    let file = "hello/scenarios/greets.txt";
    let right = fs::read_to_string(machine.path(file)).unwrap();
    machine.write(file, right.replace("begins", "starts"));
    let ran = machine.run("step test hello");
    assert_eq!(ran.code, 1, "{ran:?}");
    for said in [
        "greets: something else was wished at line 3",
        "-  say content={text=\"INC-42 starts here.\"}",
        "+  say content={text=\"INC-42 begins here.\"}",
    ] {
        assert!(ran.err.contains(said), "{}", ran.err);
    }
    assert_eq!(machine.run("step test hello --update").code, 0);
    assert_eq!(fs::read_to_string(machine.path(file)).unwrap(), right);
    for (line, said) in [
        (
            "> room closes",
            "greets.txt: line 1: `room closes` is nothing that happens",
        ),
        ("> @nobody joins", "line 1: `@nobody` is nobody"),
        ("config {", "line 1: this is no JSON"),
        (
            "> @aya joins",
            "line 1: the step `hello` is not told of this",
        ),
    ] {
        machine.write(file, line);
        let ran = machine.run("step test hello");
        assert!(ran.code == 1 && ran.err.contains(said), "{ran:?}");
    }
    machine.write(file, right);
}

/// It works in a simulated Slack, where people see what it does, and each build of it is taken.
fn it_is_tried(machine: &Machine) {
    let mut child = machine.start("step run hello");
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut says = |what: &str| {
        let mut lines = said.by_ref().map_while(Result::ok);
        let line = lines.find(|line| line.contains(what));
        line.unwrap_or_else(|| panic!("it never said {what}"))
    };
    let page = Page::at(&says("The simulated Slack: http://127.0.0.1:"));
    says("hello works there");
    page.play(
        "> @aya #general: /incident Checkout fails with 500\n\
         > @aya fills Product: Payments | Severity: SEV2\n\
         > @aya submits\n",
    );
    page.shows("@aya", "INC-1 begins here.");
    // A build that differs in what nobody reads: a custom section.
    let mut wasm = fs::read(machine.path("hello/hello.wasm")).unwrap();
    wasm.extend(*b"\x00\x05\x04note");
    machine.write("hello/hello.wasm", wasm);
    says("hello was built");
    let told = Command::new("kill").arg(child.id().to_string()).status();
    assert!(told.unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn editors_are_given_a_schema_with_the_settings_of_the_steps() {
    let machine = Machine::new();
    let ran = machine.run("step schema");
    assert_eq!((ran.code, &*ran.err), (0, ""), "{ran:?}");
    let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for file in ["default.toml", "T0JAPAN.toml"] {
        let path = format!("{}/../examples/teams/{file}", env!("CARGO_MANIFEST_DIR"));
        let file: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
        let errors: Vec<_> = schema
            .iter_errors(&serde_json::json!(file))
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    let wrong = serde_json::json!({ "step": [{ "use": "guide", "config": { "flwo": [] } }] });
    assert!(!schema.is_valid(&wrong));
}

#[test]
fn a_project_in_javascript_becomes_a_step_that_is_used() {
    becomes_a_step_that_is_used("js", "made with  JavaScript");
}

#[test]
fn a_project_in_python_becomes_a_step_that_is_used() {
    becomes_a_step_that_is_used("python", "made with  wit-component");
}

#[test]
fn a_project_in_rust_becomes_a_step_that_is_used() {
    becomes_a_step_that_is_used("rust", "made with  wit-component");
}

#[test]
fn what_is_no_project_is_not_built() {
    let machine = Machine::new();
    let ran = machine.run("step build teams");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.err.contains("teams is no step's project"),
        "{}",
        ran.err
    );
}

fn all(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let within = folders.iter().flat_map(|folder| all(folder));
    within.chain(files.clone()).collect()
}
