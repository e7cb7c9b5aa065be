//! Benchmarks: builds them, runs each part, and writes what they printed into `BENCHMARKS.md`.
//!
//! A part is a bench of the workspace; each row that it prints is a row of its section.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use anyhow::{Context, bail};

use crate::{setup, sh, test};

mod machine;
mod report;

/// One section of the report.
pub(crate) struct Part {
    /// As it is called on the command line; its bench is named so, too.
    pub(crate) name: &'static str,
    /// The heading of its section.
    title: &'static str,
    /// Killed after so many minutes, with all that it started.
    minutes: u32,
}

/// In the order of the report.
pub(crate) const PARTS: [Part; 8] = [
    part("compare", "Beside Bolt", 10),
    part("round_trips", "A declaration, in round trips", 3),
    part("crowd", "Many people, many rooms, a team that floods", 6),
    part("step", "One call of a step", 3),
    part("steps", "Many steps, bad neighbours, replaced steps", 8),
    part("sockets", "Acknowledgements through sockets", 3),
    part("installed", "A thousand workspaces", 5),
    part("growth", "What grows with what is stored", 15),
];

const fn part(name: &'static str, title: &'static str, minutes: u32) -> Part {
    Part {
        name,
        title,
        minutes,
    }
}

/// Runs these parts, all of them where none is named. A part that fails keeps its old section, and
/// the others are run.
pub(crate) fn run(names: &[String]) -> anyhow::Result<()> {
    let wanted = |part: &&Part| names.is_empty() || names.iter().any(|name| name == part.name);
    let parts: Vec<&Part> = PARTS.iter().filter(wanted).collect();
    if parts.iter().any(|part| part.name == "compare") {
        peers()?;
    }
    setup::wasm_target()?;
    build(&parts)?;
    let machine = machine::named()?;
    let mut failed = Vec::new();
    for part in parts {
        match rows(part) {
            Ok(rows) => report::put(part, &machine, &rows)?,
            Err(problem) => {
                sh::say(&format!("{}: {problem:#}", part.name));
                failed.push(part.name);
            }
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!("not measured: {}", failed.join(", "))
}

/// The bots that Iris is compared with still do what they do: else nothing is compared.
fn peers() -> anyhow::Result<()> {
    setup::node("tests/peers")?;
    setup::compiled("tests/peers", "better-sqlite3", "better_sqlite3.node")?;
    let serve = ["build", "--release", "--locked", "--workspace"];
    sh::cargo(&[&serve[..], &["--example", "serve"]].concat())?;
    test::peer("python", "release")?;
    test::peer("node", "release")
}

/// All of them at once, with one set of features; the program comes with the bench of its own
/// package.
fn build(parts: &[&Part]) -> anyhow::Result<()> {
    let mut words = vec!["bench", "--locked", "--workspace", "--no-run"];
    words.extend(["--bench", "step"]);
    for part in parts {
        words.extend(["--bench", part.name]);
    }
    sh::cargo(&words)
}

/// Runs a part, passes on what it prints, and gives its rows.
fn rows(part: &Part) -> anyhow::Result<Vec<String>> {
    // `timeout` ends a whole group of processes; it is told when this one ends.
    let limit = format!("{}m", part.minutes);
    let bounded = ["--pdeathsig", "TERM", "timeout", "--kill-after=20s", &limit];
    let bench = ["bench", "--locked", "--workspace", "--bench", part.name];
    let mut command = sh::command("setpriv", &bounded);
    command.arg(env!("CARGO")).args(bench);
    sh::say(&format!("{command:?}"));
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .context("`setpriv` and `timeout` are needed (Debian: util-linux, coreutils)")?;
    let out = child.stdout.take().context("no output")?;
    let mut rows = Vec::new();
    for line in BufReader::new(out).lines() {
        let line = line?;
        pass_on(&line);
        if line.starts_with("| ") {
            rows.push(line);
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("it ended with {status}");
    }
    if rows.is_empty() {
        bail!("it printed no row");
    }
    Ok(rows)
}

#[expect(clippy::print_stdout, reason = "what benchmarks print is for stdout")]
fn pass_on(line: &str) {
    println!("{line}");
}
