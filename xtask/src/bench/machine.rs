//! On what machine, when and of which commit something was measured.

use std::{fs, thread};

use anyhow::{Context, bail};

use crate::sh;

/// In one line.
pub(super) fn named() -> anyhow::Result<String> {
    let memory = field("/proc/meminfo", "MemTotal")?;
    let kilobytes: u64 = memory.trim_end_matches(" kB").parse()?;
    let parts = [
        said("date", &["-u", "+%F"])?,
        format!(
            "commit {}",
            said("git", &["describe", "--always", "--dirty"])?
        ),
        field("/proc/cpuinfo", "model name")?,
        format!("{} cores", thread::available_parallelism()?),
        format!("{} MiB of memory", kilobytes / 1024),
        said("uname", &["-sr"])?,
        said("rustc", &["--version"])?,
    ];
    Ok(parts.join("; "))
}

/// What a file of Linux says of something, the first time.
fn field(file: &str, name: &str) -> anyhow::Result<String> {
    let text = fs::read_to_string(file).context("benchmarks run on Linux")?;
    let mut fields = text.lines().filter_map(|line| line.split_once(':'));
    let found = fields.find(|(field, _)| field.trim() == name);
    let (_, value) = found.with_context(|| format!("no {name} in {file}"))?;
    Ok(value.trim().to_owned())
}

fn said(program: &str, args: &[&str]) -> anyhow::Result<String> {
    let out = sh::command(program, args)
        .output()
        .with_context(|| format!("cannot run {program}"))?;
    if !out.status.success() {
        bail!("{program} ended with {}", out.status);
    }
    Ok(String::from_utf8_lossy(&out.stdout).trim().to_owned())
}
