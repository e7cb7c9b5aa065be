//! Iris in the demo: a runtime of its own, so that it can be killed in the middle of anything and
//! started again on the store that it left.

use std::{
    fs, io,
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::Context;
use slack_sim::Sim;
use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
    sync::oneshot,
};

use super::{clock::WorkspaceClock, team::Language};
use crate::{
    app::{App, Options, StartError},
    config::{Secrets, Settings, Slack, Teams, environment},
    main_loop::MainLoop,
    step::Limits,
    store::sqlite::OpenError,
};

/// Where it listens when nobody else does; else on a free port.
const IRIS_AT: u16 = 3000;
/// A killed Iris lets go of its store when its threads have noticed; so often is it tried.
const TRIES: u32 = 100;
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// Clones share it.
#[derive(Clone)]
pub(super) struct Iris(Arc<Inside>);

struct Inside {
    sim: Sim,
    folder: PathBuf,
    /// What stands in the team's file besides.
    line: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    language: Language,
    /// The port stays the same: Slack knows the address.
    port: Option<u16>,
    life: Life,
}

#[derive(Default)]
enum Life {
    #[default]
    Killed,
    Starting,
    Running(Running),
}

struct Running {
    /// Last of all: what runs in it is over then.
    _runtime: Doomed,
    main: MainLoop,
    teams: Arc<Teams>,
    stop: oneshot::Sender<()>,
    stopped: oneshot::Receiver<io::Result<()>>,
}

/// A runtime that ends with whoever holds it, whatever its tasks are doing.
struct Doomed(Option<Runtime>);

impl Drop for Doomed {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Iris {
    /// Not running yet. Everything it keeps goes into `folder`.
    pub(super) fn new(sim: &Sim, folder: PathBuf) -> Self {
        Self(Arc::new(Inside {
            sim: sim.clone(),
            folder,
            line: String::new(),
            state: Mutex::default(),
        }))
    }

    /// The same with a `[[step]]` more in the team's file.
    pub(super) fn with_line(self, line: String) -> Self {
        Self(Arc::new(Inside {
            sim: self.0.sim.clone(),
            folder: self.0.folder.clone(),
            line,
            state: Mutex::default(),
        }))
    }

    /// Starts it on what it left, and says where it listens. Nothing happens where it runs already.
    pub(super) async fn start(&self) -> anyhow::Result<()> {
        {
            let mut state = self.locked();
            if !matches!(state.life, Life::Killed) {
                return Ok(());
            }
            state.life = Life::Starting;
        }
        let started = self.run().await;
        let mut state = self.locked();
        match started {
            Ok((running, port)) => {
                state.port = Some(port);
                state.life = Life::Running(running);
                Ok(())
            }
            Err(error) => {
                state.life = Life::Killed;
                Err(error)
            }
        }
    }

    /// Ends it where it stands: nothing is finished, nothing is said to anybody.
    pub(super) fn kill(&self) {
        let mut state = self.locked();
        if matches!(state.life, Life::Running(_)) {
            state.life = Life::Killed;
        }
    }

    /// Ends it as Ctrl-C does.
    pub(super) async fn stop(&self) -> anyhow::Result<()> {
        let life = std::mem::take(&mut self.locked().life);
        if let Life::Running(running) = life {
            drop((running.main, running.teams));
            let _ = running.stop.send(());
            let served = running.stopped.await;
            served.context("Iris ended before it was told to")??;
        }
        Ok(())
    }

    /// `running`, `starting` or `killed`.
    pub(super) fn life(&self) -> &'static str {
        match self.locked().life {
            Life::Killed => "killed",
            Life::Starting => "starting",
            Life::Running(_) => "running",
        }
    }

    pub(super) fn address(&self) -> Option<String> {
        let port = self.locked().port?;
        Some(format!("http://127.0.0.1:{port}"))
    }

    pub(super) fn language(&self) -> Language {
        self.locked().language
    }

    /// Gives the team another file, and has Iris read it.
    pub(super) fn speak(&self, language: Language) -> io::Result<()> {
        let teams = self.0.folder.join("teams");
        fs::create_dir_all(&teams)?;
        let file = format!("{}\n{}", language.team(), self.0.line);
        fs::write(teams.join("default.toml"), file)?;
        let mut state = self.locked();
        state.language = language;
        if let Life::Running(running) = &state.life {
            running.teams.reload();
        }
        Ok(())
    }

    /// Its main loop, while it runs.
    pub(super) fn main(&self) -> Option<MainLoop> {
        match &self.locked().life {
            Life::Running(running) => Some(running.main.clone()),
            Life::Killed | Life::Starting => None,
        }
    }

    async fn run(&self) -> anyhow::Result<(Running, u16)> {
        self.speak(self.language())?;
        let known = self.locked().port;
        let listener = match known {
            Some(port) => listen_again(port).await?,
            None => listen(IRIS_AT).await?,
        };
        let listener = listener.into_std()?;
        let port = listener.local_addr()?.port();
        let runtime = Doomed(Some(Builder::new_multi_thread().enable_all().build()?));
        let (stop, told) = oneshot::channel::<()>();
        let (tell, stopped) = oneshot::channel();
        let (built, building) = oneshot::channel();
        let iris = self.clone();
        let work = async move {
            match iris.build().await {
                Ok(app) => {
                    let _ = built.send(Ok((app.main.clone(), app.teams.clone())));
                    let _ = tell.send(serve(app, listener, told).await);
                }
                Err(error) => {
                    let _ = built.send(Err(error));
                }
            }
        };
        if let Some(runtime) = &runtime.0 {
            runtime.spawn(work);
        }
        let (main, teams) = building.await.context("Iris ended while it started")??;
        self.0
            .sim
            .connect_app(&format!("http://127.0.0.1:{port}/slack/events"));
        let running = Running {
            _runtime: runtime,
            main,
            teams,
            stop,
            stopped,
        };
        Ok((running, port))
    }

    async fn build(&self) -> anyhow::Result<App> {
        let sim = &self.0.sim;
        for _ in 0..TRIES {
            let secrets = Secrets::of_one(
                sim.settings().bot_token.clone(),
                sim.settings().signing_secret.clone(),
            );
            let options = Options {
                clock: Arc::new(WorkspaceClock(sim.clock().clone())),
                cache: cache(),
                ..Options::default()
            };
            match App::build(&self.settings()?, secrets, options).await {
                Err(StartError::Store(OpenError::InUse { .. })) => {
                    tokio::time::sleep(BETWEEN_TRIES).await;
                }
                built => return Ok(built?),
            }
        }
        anyhow::bail!("the store is still in use")
    }

    fn settings(&self) -> anyhow::Result<Settings> {
        let Inside { sim, folder, .. } = &*self.0;
        Ok(Settings {
            listen: SocketAddr::from(([127, 0, 0, 1], IRIS_AT)),
            store: folder.join("iris.db"),
            teams: folder.join("teams"),
            steps: folder.join("steps"),
            public_url: None,
            slack: Slack {
                api_url: sim.api_url().parse()?,
                timeout: Duration::from_secs(10),
                bot_token: None,
                signing_secret: None,
                app_token: None,
                oauth: crate::config::OAuth::default(),
                sockets: std::num::NonZeroU8::MIN,
            },
            limits: Limits::default(),
            log: "warn".to_owned(),
            otlp: None,
        })
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn serve(
    app: App,
    listener: std::net::TcpListener,
    told: oneshot::Receiver<()>,
) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    let told = async {
        let _ = told.await;
    };
    app.serve(listener, told).await
}

/// Where it listened before it was killed; its end may take a moment.
async fn listen_again(port: u16) -> io::Result<TcpListener> {
    for _ in 0..TRIES {
        if let Ok(listener) = TcpListener::bind(("127.0.0.1", port)).await {
            return Ok(listener);
        }
        tokio::time::sleep(BETWEEN_TRIES).await;
    }
    listen(0).await
}

async fn listen(port: u16) -> io::Result<TcpListener> {
    match TcpListener::bind(("127.0.0.1", port)).await {
        Ok(listener) => Ok(listener),
        Err(_) => TcpListener::bind(("127.0.0.1", 0)).await,
    }
}

/// Where compiled steps are kept from one demo to the next, which is ready at once then: with what
/// belongs to this user alone (<https://specifications.freedesktop.org/basedir-spec/latest/>).
fn cache() -> Option<PathBuf> {
    let of_user = environment("XDG_CACHE_HOME").map(PathBuf::from);
    let at_home = || Some(PathBuf::from(environment("HOME")?).join(".cache"));
    let caches = of_user.filter(|path| path.is_absolute()).or_else(at_home)?;
    Some(caches.join("iris"))
}
