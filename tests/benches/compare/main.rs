//! Iris as a process: start to ready with a warm cache, and memory when idle.

use std::{
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use iris_measure::{Goal, Measure};

const RUNS: usize = 9;
const ADDRESS: &str = "127.0.0.1:3999";

fn main() -> anyhow::Result<()> {
    // <target>/release/deps/<bench>
    let here = env::current_exe()?;
    let release = here.ancestors().nth(2).context("no target folder")?;
    let iris = release.join("iris");
    let folder = tempfile::tempdir()?;
    let teams = folder.path().join("teams");
    fs::create_dir_all(&teams)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("");
    fs::copy(
        root.join("examples/teams/default.toml"),
        teams.join("default.toml"),
    )?;
    let slack = Slack::start(&iris)?;
    let mut ready = Vec::new();
    let mut memory = Vec::new();
    // The first start compiles the steps and is not counted.
    for run in 0..=RUNS {
        let _ = fs::remove_file(folder.path().join("iris.db"));
        let (took, kilobytes) = slack.serve(&iris, folder.path())?;
        if run > 0 {
            ready.push(took.as_secs_f64() * 1000.0);
            memory.push(f64::from(kilobytes) / 1024.0);
        }
    }
    let row = Measure::new("start to ready, warm cache", "ms").iris(&ready);
    row.goal(Goal::AtMost(150.0)).print();
    let row = Measure::new("resident memory, idle", "MiB").iris(&memory);
    row.goal(Goal::AtMost(40.0)).print();
    Ok(())
}

/// A simulated Slack in a process of its own.
struct Slack {
    /// Stops with this.
    _child: Running,
    settings: Vec<(String, String)>,
}

impl Slack {
    fn start(iris: &Path) -> anyhow::Result<Self> {
        let mut child = Command::new(iris)
            .arg("sim")
            .stdout(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().context("no output")?;
        let child = Running(child);
        let mut settings = Vec::new();
        for line in BufReader::new(out).lines() {
            if let Some((name, value)) = line?.split_once('=') {
                settings.push((name.to_owned(), value.to_owned()));
            }
            if settings.len() == 3 {
                return Ok(Self {
                    _child: child,
                    settings,
                });
            }
        }
        bail!("the simulated Slack did not start")
    }

    /// Starts Iris, waits until it is ready, and says how long that took and its memory in KiB.
    fn serve(&self, iris: &Path, folder: &Path) -> anyhow::Result<(Duration, u32)> {
        let start = Instant::now();
        let child = Command::new(iris)
            .arg("serve")
            .current_dir(folder)
            .envs(self.settings.iter().cloned())
            .env("IRIS_LISTEN", ADDRESS)
            .env("IRIS_LOG", "warn")
            .spawn()?;
        let child = Running(child);
        while !is_ready() {
            if start.elapsed() > Duration::from_secs(30) {
                bail!("Iris was not ready within 30 seconds");
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        let took = start.elapsed();
        let status = fs::read_to_string(format!("/proc/{}/status", child.0.id()))?;
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = resident.and_then(|line| line.split_whitespace().next()?.parse().ok());
        Ok((took, kilobytes.context("no figure of memory")?))
    }
}

fn is_ready() -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(ADDRESS)?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: iris\r\nconnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

/// Ends with its owner.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
