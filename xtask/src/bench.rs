//! Benchmarks: one call of a step, a declaration in round trips, acknowledgements through sockets,
//! the program as a process.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

use crate::{build, setup, sh, test};

const RUNS: usize = 9;
const ADDRESS: &str = "127.0.0.1:3999";

/// Prints all of them.
pub(crate) fn run() -> anyhow::Result<()> {
    peers()?;
    build::run()?;
    sh::cargo(&["bench", "--locked", "--package", "iris", "--bench", "step"])?;
    for bench in ["round_trips", "sockets", "steps"] {
        let package = ["bench", "--locked", "--package", "iris-tests"];
        sh::cargo(&[&package[..], &["--bench", bench]].concat())?;
    }
    process()
}

/// The bots that Iris is compared with still do what it does: else nothing is compared.
fn peers() -> anyhow::Result<()> {
    setup::node("tests/peers")?;
    setup::compiled("tests/peers", "better-sqlite3", "better_sqlite3.node")?;
    let serve = [
        "build",
        "--locked",
        "--package",
        "slack-sim",
        "--example",
        "serve",
    ];
    sh::cargo(&serve)?;
    test::peer("python")?;
    test::peer("node")
}

/// Start to ready with a warm cache, and memory when idle.
fn process() -> anyhow::Result<()> {
    let iris = sh::target().join("release/iris");
    let folder = sh::target().join("bench");
    let teams = folder.join("teams");
    fs::create_dir_all(&teams)?;
    fs::copy(
        sh::root().join("examples/teams/default.toml"),
        teams.join("default.toml"),
    )?;
    let slack = Slack::start(&iris)?;
    let mut ready = Vec::new();
    let mut memory = Vec::new();
    // The first start compiles the steps and is not counted.
    for run in 0..=RUNS {
        let _ = fs::remove_file(folder.join("iris.db"));
        let (took, kilobytes) = slack.serve(&iris, &folder)?;
        if run > 0 {
            ready.push(took.as_secs_f64() * 1000.0);
            memory.push(f64::from(kilobytes) / 1024.0);
        }
    }
    print("start to ready, warm cache, ms", &mut ready, "at most 150");
    print("resident memory, idle, MiB", &mut memory, "at most 40");
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

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn print(what: &str, figures: &mut [f64], goal: &str) {
    figures.sort_by(f64::total_cmp);
    let (least, median, most) = (
        figures[0],
        figures[figures.len() / 2],
        figures[figures.len() - 1],
    );
    println!("{what:40} min {least:7.1}  median {median:7.1}  max {most:7.1}   ({goal})");
}
