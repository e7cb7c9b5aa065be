//! Runs this program under callgrind.

use std::{env, process::Command};

use libtest_mimic::Failed;

use crate::paths::Path;

/// The argument that asks for one path: its name and how often follow.
const ASKED: &str = "--walk";

/// A short run and a long one: what both take besides is no part of the difference.
const SHORT: u32 = 5;
const LONG: u32 = 205;

/// Whether this is a run under callgrind.
pub(crate) fn asked() -> Option<(Path, u32)> {
    let mut args = env::args().skip_while(|arg| arg != ASKED).skip(1);
    let (name, times) = (args.next()?, args.next()?);
    let path = Path::ALL.into_iter().find(|path| path.name() == name)?;
    Some((path, times.parse().ok()?))
}

/// The instructions that the path takes once, over all threads.
pub(crate) fn turn(path: Path) -> Result<u64, Failed> {
    let (short, long) = (run(path, SHORT)?, run(path, LONG)?);
    Ok(long.saturating_sub(short) / u64::from(LONG - SHORT))
}

fn run(path: Path, times: u32) -> Result<u64, Failed> {
    let program = env::current_exe()?;
    let ran = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--"])
        .arg(program)
        .args([ASKED, path.name(), &times.to_string()])
        .output()
        .map_err(|error| format!("valgrind: {error}; Debian's package valgrind has it"))?;
    let said = String::from_utf8_lossy(&ran.stderr);
    let count = said.lines().find_map(|line| {
        let (_, count) = line.split_once("Collected : ")?;
        count.trim().parse().ok()
    });
    match count {
        Some(count) if ran.status.success() => Ok(count),
        Some(_) | None => Err(format!("{} under valgrind:\n{said}", path.name()).into()),
    }
}
