//! A folder with settings in it, in which `iris` is run.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use tempfile::TempDir;

pub(crate) struct Machine {
    folder: TempDir,
    env: Vec<(&'static str, String)>,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Machine {
    /// With one team that has no mistakes.
    pub(crate) fn new() -> Self {
        let machine = Self {
            folder: TempDir::new().unwrap(),
            env: Vec::new(),
        };
        machine.write("teams/default.toml", "name = \"Acme\"\n");
        machine
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.env.push((name, value.into()));
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs a line in a shell that finds `iris`, with more in its environment.
    pub(crate) fn shell(&self, line: &str, more: &[(&str, &str)]) -> Ran {
        let programs = Path::new(env!("CARGO_BIN_EXE_iris")).parent().unwrap();
        let ran = Command::new("/bin/sh")
            .args(["-c", line])
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .envs(more.iter().copied())
            .env("PATH", programs)
            .output()
            .unwrap();
        Ran::of(ran)
    }

    /// Runs `iris` with these words, and nothing else in its environment.
    pub(crate) fn run(&self, words: &str) -> Ran {
        let words: Vec<&str> = words.split_whitespace().collect();
        self.run_with(&words, "")
    }

    /// Starts it with these words, and leaves it to the test; what it says on stdout can be read.
    pub(crate) fn start(&self, words: &str) -> Child {
        Command::new(env!("CARGO_BIN_EXE_iris"))
            .args(words.split_whitespace())
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// The same with words that have spaces in them, and with standard input.
    pub(crate) fn run_with(&self, words: &[&str], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_iris"))
            .args(words)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Whoever does not read it is gone before it is written.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Ran::of(child.wait_with_output().unwrap())
    }
}

impl Ran {
    fn of(ran: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self {
            code: ran.status.code().unwrap(),
            out: text(ran.stdout),
            err: text(ran.stderr),
        }
    }
}
