//! Help, and wrong usage.

use crate::machine::Machine;

#[test]
fn every_command_has_help_with_an_example() {
    let machine = Machine::new();
    let leaves = [
        "serve",
        "demo",
        "sim",
        "check",
        "manifest",
        "incident list",
        "incident show",
        "incident export",
        "effect list",
        "effect show",
        "effect resume",
        "effect applied",
        "effect abort",
        "slack-hooks",
        "audit list",
        "audit verify",
        "store backup",
        "store restore",
        "store resume",
        "team list",
        "team show",
        "team remove",
        "team rekey",
    ];
    for command in leaves {
        let ran = machine.run(&format!("{command} --help"));
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(
            ran.out.contains("Example:\n") && ran.out.contains(&format!("iris {command}")),
            "{}",
            ran.out
        );
    }
    for command in ["--help", "incident --help", "--version"] {
        assert_eq!(machine.run(command).code, 0, "{command}");
    }
}

#[test]
fn wrong_usage_is_2() {
    let machine = Machine::new();
    for words in [
        "",
        "frobnicate",
        "serve --colour",
        "incident show",
        "incident show many",
        "incident export 1 --format pdf",
        "effect show",
        "effect applied a --link C0ROOM",
        "store backup",
    ] {
        let ran = machine.run(words);
        assert_eq!(ran.code, 2, "{words}: {ran:?}");
        assert!(ran.out.is_empty() && !ran.err.is_empty(), "{words}");
    }
}

#[test]
fn a_mistake_in_a_workspaces_settings_is_said_with_its_line() {
    let machine = Machine::new();
    machine.write(
        "sim.toml",
        "rate_limits = true\nlisten = \"0.0.0.0:4390\"\n",
    );
    let ran = machine.run("sim --config sim.toml");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.err
            .starts_with("iris: sim.toml, line 2: the simulated workspace asks nobody for a"),
        "{}",
        ran.err
    );
    let ran = machine.run("sim --config none.toml");
    assert!(
        ran.err.starts_with("iris: cannot read none.toml: "),
        "{}",
        ran.err
    );
}
