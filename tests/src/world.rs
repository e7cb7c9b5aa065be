//! A workspace or several, and Iris serving them.

use std::{fs, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use crate::{
    door::{Door, installed},
    setup::{SOCKETS, get, settings_of, shared_cache, slack_of},
};
use anyhow::Context;
use iris::{
    app::{App, Options},
    clock::Clock,
    demo::clock::WorkspaceClock,
    failpoint::Failpoints,
    ids::TeamId,
    perform::PerformSettings,
};
use slack_sim::{ClockSetting, Sim, story::Player};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// How long people wait for what Slack takes only so fast.
const PATIENCE: Duration = Duration::from_mins(1);

/// The secret of every hook.
pub const HOOK_SECRET: &str = "open sesame";

/// Which team's file is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Team {
    English,
    Japanese,
}

impl Team {
    /// The text of the file.
    pub fn file(self) -> &'static str {
        match self {
            Self::English => include_str!("../teams/acme.toml"),
            Self::Japanese => include_str!("../teams/acme-ja.toml"),
        }
    }
}

/// Iris and a workspace, connected; or several workspaces.
pub struct World {
    pub sim: Sim,
    /// Those besides `sim`.
    pub also: Vec<Sim>,
    pub app: Arc<App>,
    /// Where Iris takes deliveries.
    pub url: String,
    address: SocketAddr,
    door: Door,
    pub clock: Arc<dyn Clock>,
    pub folder: TempDir,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
}

impl World {
    /// The company Acme, on Tue 1 Dec 2026, 14:05 in Tokyo.
    pub async fn start(team: Team) -> anyhow::Result<Self> {
        let settings = slack_sim::Settings {
            clock: ClockSetting::manual(),
            ..Default::default()
        };
        Self::with(settings, team.file()).await
    }

    /// The same, in Socket Mode.
    pub async fn over_sockets(team: Team) -> anyhow::Result<Self> {
        let settings = slack_sim::Settings {
            clock: ClockSetting::manual(),
            socket_mode: true,
            ..Default::default()
        };
        Self::with(settings, team.file()).await
    }

    /// A workspace and a team's file of the test's own.
    pub async fn with(settings: slack_sim::Settings, team: &str) -> anyhow::Result<Self> {
        Self::several(settings, vec![], &[("default.toml", team)]).await
    }

    /// The same, in a folder that is prepared first.
    pub async fn prepared(
        settings: slack_sim::Settings,
        team: &str,
        prepare: impl FnOnce(&Path),
    ) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        prepare(folder.path());
        let files = [("teams/default.toml".to_owned(), team.as_bytes())];
        Self::in_folder(folder, settings, vec![], &files, Door::Tokens).await
    }

    /// Workspaces whose people install Iris from Slack's page, all of them at the first one's
    /// address. What was given a token serves it.
    pub async fn installable(
        settings: slack_sim::Settings,
        others: Vec<slack_sim::Settings>,
        files: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let files: Vec<_> = files
            .iter()
            .map(|(name, team)| (format!("teams/{name}"), team.as_bytes()))
            .collect();
        Self::in_folder(tempfile::tempdir()?, settings, others, &files, Door::OAuth).await
    }

    /// Workspaces that have installed Iris before it starts, each with its token; all of them at the
    /// first one's address.
    pub async fn installed(
        settings: slack_sim::Settings,
        others: Vec<slack_sim::Settings>,
        team: &str,
    ) -> anyhow::Result<Self> {
        let files = [("teams/default.toml".to_owned(), team.as_bytes())];
        Self::in_folder(
            tempfile::tempdir()?,
            settings,
            others,
            &files,
            Door::Installed,
        )
        .await
    }

    /// Iris stops and starts again, in the same folder and with the same workspaces.
    pub async fn restarted(mut self) -> anyhow::Result<Self> {
        let door = self.door;
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = (&mut self.serving).await;
        let Self {
            sim,
            also,
            app,
            folder,
            ..
        } = self;
        let app = Arc::into_inner(app).context("somebody holds Iris still")?;
        app.stop().await;
        Self::begin(folder, sim, also, door).await
    }

    /// Workspaces and teams' files of the test's own. The app and its signing secret are the same
    /// in all of them, and so is the time.
    pub async fn several(
        settings: slack_sim::Settings,
        others: Vec<slack_sim::Settings>,
        files: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let files: Vec<_> = files
            .iter()
            .map(|(name, team)| (format!("teams/{name}"), team.as_bytes()))
            .collect();
        Self::in_folder(tempfile::tempdir()?, settings, others, &files, Door::Tokens).await
    }

    /// The same, with any files that Iris finds when it starts: in `teams` and `steps`.
    pub async fn of(
        settings: slack_sim::Settings,
        others: Vec<slack_sim::Settings>,
        files: &[(String, &[u8])],
    ) -> anyhow::Result<Self> {
        Self::in_folder(tempfile::tempdir()?, settings, others, files, Door::Tokens).await
    }

    async fn in_folder(
        folder: TempDir,
        settings: slack_sim::Settings,
        others: Vec<slack_sim::Settings>,
        files: &[(String, &[u8])],
        door: Door,
    ) -> anyhow::Result<Self> {
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
            fs::write(path, bytes)?;
        }
        let sim = Sim::start(settings).await?;
        let mut also = Vec::new();
        for settings in others {
            also.push(match door {
                Door::Tokens => Sim::start(settings).await?,
                Door::OAuth | Door::Installed => sim.start_beside(settings).await?,
            });
        }
        if door == Door::Installed {
            installed(folder.path(), &sim, &also).await?;
        }
        Self::begin(folder, sim, also, door).await
    }

    /// Starts Iris in front of workspaces that are there.
    async fn begin(folder: TempDir, sim: Sim, also: Vec<Sim>, door: Door) -> anyhow::Result<Self> {
        let clock: Arc<dyn Clock> = Arc::new(WorkspaceClock(sim.clock().clone()));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let home = format!("http://{address}/");
        let mut iris = settings_of(&sim, folder.path());
        iris.public_url = Some(home.parse()?);
        let secrets = door.secrets(&sim);
        let options = Options {
            clock: clock.clone(),
            perform: PerformSettings::default(),
            cache: Some(shared_cache()),
            also: also
                .iter()
                .filter(|_| door == Door::Tokens)
                .map(slack_of)
                .collect(),
            failpoints: Failpoints::default(),
            environment: |name| {
                name.starts_with("IRIS_HOOK_")
                    .then(|| HOOK_SECRET.to_owned())
            },
        };
        let app = App::build(&iris, secrets, options)
            .await
            .context("Iris does not start")?;
        let app = Arc::new(app);
        let url = format!("{home}slack/events");
        for sim in [&sim].into_iter().chain(&also) {
            sim.connect_app(&url);
        }
        let (stop, stopped) = oneshot::channel::<()>();
        let router = app.router();
        #[expect(
            clippy::disallowed_methods,
            reason = "a test's own server, stopped with it"
        )]
        let serving = tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            let served = axum::serve(listener, router)
                .with_graceful_shutdown(stopped)
                .await;
            assert!(served.is_ok(), "the server of the test failed: {served:?}");
        });
        let world = Self {
            sim,
            also,
            app,
            url,
            address,
            door,
            clock,
            folder,
            stop: Some(stop),
            serving,
        };
        if world.sim.settings().socket_mode {
            world.app.open_sockets();
            world.listens(SOCKETS.get().into()).await;
        }
        world.settle().await;
        Ok(world)
    }

    /// Returns when so many sockets are open.
    pub async fn listens(&self, sockets: usize) {
        self.sim.sockets().until(|seen| seen.open == sockets).await;
    }

    /// Plays stories here.
    pub fn player(&self) -> Player<'_> {
        self.player_in(&self.sim)
    }

    /// Plays stories in one of several workspaces.
    pub fn player_in<'a>(&'a self, sim: &'a Sim) -> Player<'a> {
        Player::new(sim, Box::new(|time| Box::pin(self.pass(time))))
    }

    fn sims(&self) -> impl Iterator<Item = &Sim> {
        [&self.sim].into_iter().chain(&self.also)
    }

    fn advance(&self, by: Duration) {
        for sim in self.sims() {
            sim.advance(by);
        }
    }

    /// Nothing is on its way to Iris.
    async fn quiet(&self) {
        for sim in self.sims() {
            sim.quiet().await;
        }
    }

    /// Everything that was said and done has been followed to its end. What Slack takes only so fast
    /// needs its moment.
    pub async fn settle(&self) {
        loop {
            self.rest().await;
            let now = self.clock.now();
            match self
                .app
                .next_sending()
                .filter(|at| *at <= now.plus(PATIENCE))
            {
                Some(at) => self.advance(at.since(now)),
                None => return,
            }
        }
    }

    /// Nothing is left to be done at this moment.
    async fn rest(&self) {
        let done = || -> usize {
            let each = self.sims();
            each.map(|sim| sim.call_count() + sim.delivery_count())
                .sum()
        };
        loop {
            let before = done();
            self.quiet().await;
            self.app.idle().await;
            self.quiet().await;
            let is_idle = self.app.main.is_idle() && !self.app.is_installing();
            if done() == before && is_idle && self.none_under_way().await {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    /// An event is stored before it stands in a lane: every open one must wait for time. Where
    /// nothing can be stored, nothing is under way.
    async fn none_under_way(&self) -> bool {
        let open = self.app.store.open_events().await;
        open.map_or(true, |open| open.len() == self.app.main.later())
    }

    /// Lets time pass, from one timer to the next, so that each fires at its moment; without a time,
    /// settles.
    pub async fn pass(&self, time: Option<Duration>) {
        let Some(time) = time else {
            return self.settle().await;
        };
        let end = self.clock.now().plus(time);
        loop {
            let now = self.clock.now();
            let next = self.app.store.next_timer().await.ok().flatten();
            let next = next.filter(|at| *at > now && *at < end).unwrap_or(end);
            self.advance(next.since(now));
            self.fired().await;
            self.settle().await;
            if next >= end {
                return;
            }
        }
    }

    /// The timers that are due have become events.
    async fn fired(&self) {
        let due = async || {
            let next = self.app.store.next_timer().await.ok().flatten();
            next.is_some_and(|at| at <= self.clock.now())
        };
        while due().await {
            self.rest().await;
        }
    }

    /// What Iris answers operators over HTTP.
    pub async fn get(&self, path: &str) -> anyhow::Result<String> {
        get(self.address, path).await
    }

    pub fn team(&self) -> TeamId {
        TeamId::from(self.sim.settings().team.id.as_str())
    }

    /// Stops both.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = (&mut self.serving).await;
        for sim in self.sims() {
            sim.stop().await;
        }
    }
}
