//! One side of the comparison: a bot as a process, and the workspace that it serves.

use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use iris_tests::Team;
use rusqlite::Connection;
use slack_sim::{ClockSetting, Settings, Sim};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::process::Running;

/// Whoever takes longer to do what it is waited for is not measured.
const PATIENCE: Duration = Duration::from_mins(1);

/// How often it is looked whether something has come about.
const LOOK: Duration = Duration::from_millis(2);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Iris,
    JavaScript,
    Python,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Iris, Self::JavaScript, Self::Python];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Iris => "Iris",
            Self::JavaScript => "Bolt JS",
            Self::Python => "Bolt Python",
        }
    }

    fn program(self) -> anyhow::Result<Command> {
        let here = env::current_exe()?;
        // <target>/<profile>/deps/<bench>
        let profile = here.ancestors().nth(2).context("no target folder")?;
        let built = |path: &str| -> anyhow::Result<PathBuf> {
            let path = profile.join(path);
            let there = path.exists();
            ensure!(there, "no {}: run `cargo xtask bench`", path.display());
            Ok(path)
        };
        Ok(match self {
            Self::Iris => {
                let mut command = Command::new(built("iris")?);
                command.arg("serve");
                command
            }
            Self::JavaScript => {
                let mut command = Command::new("node");
                command.arg(peers().join("bot.mjs"));
                command
            }
            Self::Python => {
                let mut command = Command::new(built("../python/bin/python")?);
                command.arg(peers().join("bot.py"));
                command
            }
        })
    }
}

fn peers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers")
}

pub(crate) struct Side {
    pub(crate) kind: Kind,
    pub(crate) sim: Sim,
    /// Where it runs: its store, and what Iris compiles.
    folder: TempDir,
    port: u16,
    running: Option<Running>,
}

impl Side {
    /// With an empty store; not started.
    pub(crate) async fn new(kind: Kind) -> anyhow::Result<Self> {
        let mut settings = match kind {
            Kind::Iris => Settings::default(),
            Kind::JavaScript | Kind::Python => Settings::read(&peers().join("sim.toml"))?,
        };
        settings.clock = ClockSetting::Real;
        // Whom the team's file calls by address, as the bots call one of their people.
        if let Some(yui) = settings.people.iter_mut().find(|one| one.name == "yui")
            && kind == Kind::Iris
        {
            yui.email = Some("lead@acme.example".to_owned());
        }
        let sim = Sim::start(settings).await?;
        let folder = tempfile::tempdir()?;
        let teams = folder.path().join("teams");
        fs::create_dir(&teams)?;
        fs::write(teams.join("default.toml"), Team::English.file())?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        sim.connect_app(&format!("http://127.0.0.1:{port}/slack/events"));
        Ok(Self {
            kind,
            sim,
            folder,
            port,
            running: None,
        })
    }

    /// Starts it, and says how long it took until it served: for Iris until it says so itself, for
    /// the others until they answer anything.
    pub(crate) async fn start(&mut self) -> anyhow::Result<Duration> {
        let listen = self.address();
        let settings = [
            ("SLACK_API_URL", self.sim.api_url()),
            ("SLACK_BOT_TOKEN", self.sim.settings().bot_token.clone()),
            ("SLACK_SIGNING_SECRET", self.secret().to_owned()),
            ("IRIS_LISTEN", listen),
            ("IRIS_LOG", "error".to_owned()),
            ("PORT", self.port.to_string()),
            ("STORE", self.store().to_string_lossy().into_owned()),
        ];
        let mut program = self.kind.program()?;
        program.current_dir(self.folder.path()).envs(settings);
        let began = Instant::now();
        let running = Running::start(program.stdout(Stdio::null()))?;
        let running = self.running.insert(running);
        while !serves(self.kind, self.port).await {
            running.lives()?;
            if began.elapsed() > PATIENCE {
                bail!("{} does not serve", self.kind.name());
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(began.elapsed())
    }

    /// Kills it, and empties its store; what Iris compiled stays.
    pub(crate) fn stop(&mut self) -> anyhow::Result<()> {
        self.running = None;
        for ending in ["", "-wal", "-shm"] {
            let mut file = self.store().into_os_string();
            file.push(ending);
            match fs::remove_file(&file) {
                Err(none) if none.kind() == std::io::ErrorKind::NotFound => {}
                removed => removed?,
            }
        }
        Ok(())
    }

    /// The program and the workspace.
    pub(crate) async fn end(mut self) {
        self.running = None;
        self.sim.stop().await;
    }

    pub(crate) fn running(&self) -> anyhow::Result<&Running> {
        self.running.as_ref().context("it does not run")
    }

    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(crate) fn secret(&self) -> &str {
        &self.sim.settings().signing_secret
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("iris.db")
    }

    /// How many messages it has stored.
    pub(crate) fn messages(&self) -> anyhow::Result<u32> {
        let count = match self.kind {
            Kind::Iris => "SELECT count(*) FROM inbox WHERE id LIKE '%EvLOAD%'",
            Kind::JavaScript | Kind::Python => "SELECT count(*) FROM timeline",
        };
        let store = Connection::open(self.store())?;
        Ok(store.query_row(count, (), |row| row.get(0))?)
    }

    /// Returns when everything that has arrived is followed to its end.
    pub(crate) async fn settle(&self) -> anyhow::Result<()> {
        let began = Instant::now();
        loop {
            self.sim.quiet().await;
            if self.is_idle()? {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                bail!("{} does not come to rest", self.kind.name());
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// The bots have done everything when they acknowledge, but for a declaration's calls.
    fn is_idle(&self) -> anyhow::Result<bool> {
        if self.kind != Kind::Iris {
            return Ok(true);
        }
        let open = "SELECT EXISTS (SELECT 1 FROM inbox WHERE done = 0)
            OR EXISTS (SELECT 1 FROM effect WHERE state IN ('planned', 'sending', 'unknown'))";
        let store = Connection::open(self.store())?;
        let open: bool = store.query_row(open, (), |row| row.get(0))?;
        Ok(!open)
    }
}

async fn serves(kind: Kind, port: u16) -> bool {
    let ask = async {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
        let request = b"GET /readyz HTTP/1.1\r\nhost: bot\r\nconnection: close\r\n\r\n";
        stream.write_all(request).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        std::io::Result::Ok(answer)
    };
    let wanted = match kind {
        Kind::Iris => "HTTP/1.1 200",
        Kind::JavaScript | Kind::Python => "HTTP/1.",
    };
    ask.await.is_ok_and(|answer| answer.starts_with(wanted))
}
