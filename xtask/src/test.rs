//! Every test there is. A missing tool is installed or named; nothing is skipped in silence.

use anyhow::Context;

use crate::{setup, sh};

/// A browser and what drives it: the program, and the package of Debian that has it.
const BROWSER: [(&str, &str); 2] = [
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
];

/// A registry, from which steps are fetched.
const REGISTRY: [(&str, &str); 1] = [("docker-registry", "docker-registry")];

/// What counts instructions.
const VALGRIND: [(&str, &str); 1] = [("valgrind", "valgrind")];

/// What runs Slack's JavaScript SDK.
const NODE: [(&str, &str); 2] = [("node", "nodejs"), ("npm", "npm")];

/// A project of its own, which the workspace's commands do not reach.
const EXAMPLE: &str = "examples/steps/on-call/Cargo.toml";

/// In the order in which mistakes are cheapest to find.
pub(crate) fn run() -> anyhow::Result<()> {
    setup::wasm_target()?;
    setup::packages(&BROWSER)?;
    setup::packages(&NODE)?;
    setup::packages(&REGISTRY)?;
    setup::packages(&VALGRIND)?;
    sh::cargo(&["fmt", "--all", "--check"]).context("formatting: run `cargo fmt --all`")?;
    sh::cargo(&["fmt", "--check", "--manifest-path", EXAMPLE])
        .context("formatting: run `cargo fmt` there")?;
    lints()?;
    // One set of features and one profile throughout: everything is compiled once.
    sh::cargo(&["test", "--locked", "--workspace"])?;
    oracle()?;
    judges()?;
    peer("python", "debug")?;
    browser()
}

fn lints() -> anyhow::Result<()> {
    sh::cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "-D",
        "warnings",
    ])
}

/// Slack's own SDK reads every message and form that the stories left behind, and what the
/// simulated workspace took and refused.
fn oracle() -> anyhow::Result<()> {
    let python = setup::python("tests/oracles/requirements.txt")?;
    let said = sh::target().join("stories");
    let said = said.to_string_lossy().into_owned();
    sh::run(&mut sh::command(
        &python,
        &["tests/oracles/validate.py", &said],
    ))?;
    let cases = sh::target().join("slack-sim");
    let cases = cases.to_string_lossy().into_owned();
    sh::run(&mut sh::command(
        &python,
        &["tests/oracles/agree.py", &cases],
    ))
}

/// Bots on Slack's own SDKs do in the simulated workspace what bots do.
fn judges() -> anyhow::Result<()> {
    let python = setup::python("tests/oracles/requirements.txt")?;
    setup::node("tests/oracles/bolt")?;
    // `cargo test` has built it.
    let serve = sh::target().join("debug/examples/serve");
    let serve = serve.to_string_lossy().into_owned();
    for bot in ["python", "node"] {
        for door in ["http", "sockets"] {
            let judge = ["tests/oracles/bolt/judge.py", &serve, bot, door];
            sh::run(&mut sh::command(&python, &judge))?;
        }
    }
    Ok(())
}

/// A bot that Iris is compared with still handles a declaration; the simulated Slack is built
/// with that profile. The one in JavaScript is looked at by `cargo xtask bench`: its store takes
/// minutes to compile.
pub(crate) fn peer(bot: &str, profile: &str) -> anyhow::Result<()> {
    let python = setup::python("tests/peers/requirements.txt")?;
    let serve = sh::target().join(profile).join("examples/serve");
    let serve = serve.to_string_lossy().into_owned();
    let drive = ["tests/peers/drive.py", &serve, bot];
    sh::run(&mut sh::command(&python, &drive))
}

/// A browser in the simulated Slack's page, and in the demo, which `cargo test` has built.
fn browser() -> anyhow::Result<()> {
    let python = setup::python("tests/browser/requirements.txt")?;
    setup::node("tests/browser")?;
    let iris = sh::target().join("debug/iris");
    let iris = iris.to_string_lossy().into_owned();
    sh::run(&mut sh::command(&python, &["tests/browser/run.py", &iris]))
}
