//! A program that runs beside this one, and what Linux says of it.

use std::{
    fs,
    process::{Child, Command},
};

use anyhow::Context;

/// How many of Linux's ticks are a second: what it tells programs is the same everywhere.
const TICKS: f64 = 100.0;

/// Ends with its owner.
pub(crate) struct Running(Child);

impl Running {
    pub(crate) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let child = command.spawn();
        Ok(Self(child.with_context(|| format!("{command:?}"))?))
    }

    /// Seconds of all processors that it has taken since its start, in the kernel too.
    pub(crate) fn seconds(&self) -> anyhow::Result<f64> {
        let text = fs::read_to_string(format!("/proc/{}/stat", self.0.id()))?;
        // The name of the program is in brackets and may hold anything.
        let (_, fields) = text.rsplit_once(')').context("no name")?;
        let fields: Vec<&str> = fields.split_whitespace().collect();
        // `utime` and `stime`, the 14th and the 15th of all.
        let [user, system] = [11, 12].map(|at| fields.get(at).and_then(|n| n.parse::<f64>().ok()));
        let ticks = user.zip(system).context("no times")?;
        Ok((ticks.0 + ticks.1) / TICKS)
    }

    /// MiB of memory that it holds.
    pub(crate) fn resident(&self) -> anyhow::Result<f64> {
        let text = fs::read_to_string(format!("/proc/{}/status", self.0.id()))?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next());
        let kilobytes: f64 = kilobytes.context("no figure of memory")?.parse()?;
        Ok(kilobytes / 1024.0)
    }

    /// Fails when it has ended.
    pub(crate) fn lives(&mut self) -> anyhow::Result<()> {
        match self.0.try_wait()? {
            None => Ok(()),
            Some(status) => anyhow::bail!("it ended with {status}"),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
