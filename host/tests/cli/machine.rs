//! A folder with settings in it, in which `iris` is run.

use std::{fs, path::PathBuf, process::Command};

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

    /// Runs `iris` with these words, and nothing else in its environment.
    pub(crate) fn run(&self, words: &str) -> Ran {
        let ran = Command::new(env!("CARGO_BIN_EXE_iris"))
            .args(words.split_whitespace())
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran {
            code: ran.status.code().unwrap(),
            out: text(ran.stdout),
            err: text(ran.stderr),
        }
    }
}
