//! The program itself, in a process of its own: what a bench starts to look at from outside. It is
//! the bench's own file, told to be Iris.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, ExitCode, Stdio},
    thread,
};

use anyhow::Context;
use iris::{
    cli::{self, Bodies},
    demo, serve,
};
use slack_sim::Sim;

/// The word that says so.
const IRIS: &str = "--iris";

/// When this process was not started to measure: how that ended. It may be Iris, or be asked by
/// `cargo test --benches`, which only wants to know that it runs.
pub(crate) fn asked() -> Option<ExitCode> {
    if env::args().any(|word| word == "--test") {
        return Some(ExitCode::SUCCESS);
    }
    let bodies = Bodies {
        serve: serve::serve,
        demo: demo::demo,
        sim: demo::sim,
        project: demo::project,
    };
    let asked = env::args().any(|word| word == IRIS);
    asked.then(|| cli::run(["iris", "serve"].map(Into::into), bodies))
}

/// Ends with its owner.
pub(crate) struct Iris {
    child: Child,
    /// Ends in `/`.
    pub(crate) url: String,
}

impl Iris {
    /// In this folder, with these settings besides those that every Iris needs.
    pub(crate) fn start(
        folder: &Path,
        sim: &Sim,
        settings: &[(&str, String)],
    ) -> anyhow::Result<Self> {
        let mut child = Command::new(env::current_exe()?)
            .arg(IRIS)
            .current_dir(folder)
            .envs([
                ("SLACK_API_URL", sim.api_url()),
                (
                    "SLACK_SIGNING_SECRET",
                    sim.settings().signing_secret.clone(),
                ),
                ("IRIS_LISTEN", "127.0.0.1:0".to_owned()),
                ("IRIS_LOG", "info".to_owned()),
            ])
            .envs(settings.iter().cloned())
            .stderr(Stdio::piped())
            .spawn()?;
        let said = child.stderr.take().context("no log")?;
        let mut lines = BufReader::new(said).lines();
        let mut iris = Self {
            child,
            url: String::new(),
        };
        while iris.url.is_empty() {
            let line = lines.next().context("Iris does not start")??;
            if let Some((_, address)) = line.split_once("Iris listens on ") {
                iris.url = address.split('"').next().unwrap_or_default().to_owned() + "/";
            }
        }
        // What nobody reads would stop it.
        thread::spawn(move || lines.for_each(drop));
        Ok(iris)
    }

    pub(crate) async fn is_ready(&self) -> bool {
        let answer = reqwest::get(format!("{}readyz", self.url)).await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    /// MiB that it holds.
    pub(crate) fn memory(&self) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
        let kilobytes: f64 = kilobytes.context("Linux says it")?.parse()?;
        Ok(kilobytes / 1024.0)
    }
}

impl Drop for Iris {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
