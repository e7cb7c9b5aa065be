//! What takes too long for every test: all crashes, a thousand incidents, a million inputs.

use crate::sh;

/// Kills Iris at each point of each story, then the program itself many times.
pub(crate) fn crash() -> anyhow::Result<()> {
    sh::cargo(&["build", "--locked", "--package", "iris"])?;
    let mut each = test("iris-tests", "crash", &[]);
    sh::run(each.env("IRIS_CRASH", "all"))?;
    let mut kill = test("iris-tests", "kill", &["--nocapture"]);
    sh::run(kill.env("IRIS_KILLS", "100"))
}

/// A thousand incidents in an hour of simulated time, with faults at one call in twenty.
pub(crate) fn soak() -> anyhow::Result<()> {
    let mut soak = test("iris-tests", "soak", &["--nocapture"]);
    sh::run(soak.env("IRIS_SOAK", "1000"))
}

/// A million inputs for each target.
pub(crate) fn fuzz() -> anyhow::Result<()> {
    let mut fuzz = test("iris", "fuzz", &[]);
    sh::run(fuzz.env("IRIS_FUZZ", "1000000"))
}

fn test(package: &str, name: &str, args: &[&str]) -> std::process::Command {
    let mut words = vec![
        "test",
        "--locked",
        "--package",
        package,
        "--test",
        name,
        "--",
    ];
    words.extend(args);
    sh::command(env!("CARGO"), &words)
}
