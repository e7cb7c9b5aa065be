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
    ] {
        let ran = machine.run(words);
        assert_eq!(ran.code, 2, "{words}: {ran:?}");
        assert!(ran.out.is_empty() && !ran.err.is_empty(), "{words}");
    }
}
