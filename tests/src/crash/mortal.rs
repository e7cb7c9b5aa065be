//! Iris with as many lives as it takes. A life ends when it reaches a planned point: nothing that
//! reaches a point afterwards goes on, and then all of it is dropped.

use std::{
    fs,
    net::SocketAddr,
    path::Path,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use iris::{
    failpoint::{Failpoints, Point},
    ids::TeamId,
    store::{Installation, StoreError},
};
use slack_sim::{ClockSetting, Settings, Sim, story::Player};
use tempfile::TempDir;
use tokio::{
    sync::{Notify, watch},
    task::JoinHandle,
};

use super::life::Life;
use crate::{Team, door::Door, setup::get};

/// How long people wait for what Slack takes only so fast.
const PATIENCE: Duration = Duration::from_mins(1);
/// After so many looks at which nothing moved, nothing is on its way.
const SURE: u32 = 5;
const LOOKS: u32 = 1_000;

/// The workspace, and Iris in it.
pub struct Mortal {
    pub sim: Sim,
    fate: Arc<Fate>,
    keeper: JoinHandle<()>,
}

/// What is planned, and what became of it.
struct Fate {
    sim: Sim,
    door: Door,
    folder: TempDir,
    now: watch::Sender<Option<Arc<Life>>>,
    /// How many points to pass before each death, the next one first.
    gaps: Mutex<Vec<u64>>,
    at: Mutex<Option<Point>>,
    between: Mutex<Option<Box<dyn FnOnce() + Send>>>,
    address: Mutex<SocketAddr>,
    /// Points passed since the last death.
    passed: AtomicU64,
    /// Points passed in all lives.
    points: AtomicU64,
    deaths: Mutex<Vec<Point>>,
    dying: watch::Sender<bool>,
    stop: Notify,
}

impl Mortal {
    /// Iris in the company Acme. It dies after so many points, and again after so many more.
    pub async fn start(team: Team, gaps: &[u64]) -> anyhow::Result<Self> {
        let settings = Settings {
            clock: ClockSetting::manual(),
            ..Default::default()
        };
        Self::begin(settings, Door::Tokens, team, gaps).await
    }

    /// Iris in a workspace whose people install it from Slack's page. It dies when it is told to.
    pub async fn installable(settings: Settings, team: Team) -> anyhow::Result<Self> {
        Self::begin(settings, Door::OAuth, team, &[]).await
    }

    async fn begin(
        settings: Settings,
        door: Door,
        team: Team,
        gaps: &[u64],
    ) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let teams = folder.path().join("teams");
        fs::create_dir(&teams)?;
        fs::write(teams.join("default.toml"), team.file())?;
        let sim = Sim::start(settings).await?;
        let fate = Arc::new(Fate {
            sim: sim.clone(),
            door,
            folder,
            now: watch::Sender::new(None),
            gaps: Mutex::new(gaps.iter().rev().copied().collect()),
            at: Mutex::default(),
            between: Mutex::default(),
            address: Mutex::new(([127, 0, 0, 1], 0).into()),
            passed: AtomicU64::new(0),
            points: AtomicU64::new(0),
            deaths: Mutex::default(),
            dying: watch::Sender::new(false),
            stop: Notify::new(),
        });
        let first = fate.clone();
        #[expect(clippy::disallowed_methods, reason = "awaited when the test ends")]
        let keeper = tokio::spawn(async move { first.keep_alive().await });
        let mortal = Self { sim, fate, keeper };
        mortal.settle().await;
        Ok(mortal)
    }

    /// This life ends at the next point of this kind.
    pub fn kill_at(&self, point: Point) {
        *lock(&self.fate.at) = Some(point);
    }

    pub fn kill_now(&self) {
        self.fate.dying.send_replace(true);
    }

    /// Done once, when this life is over and before the next begins.
    pub fn when_dead(&self, work: impl FnOnce() + Send + 'static) {
        *lock(&self.fate.between) = Some(Box::new(work));
    }

    /// Resolves when what is to be done between two lives is done.
    pub async fn reborn(&self) {
        while lock(&self.fate.between).is_some() {
            tokio::task::yield_now().await;
        }
        self.alive().await;
    }

    pub fn folder(&self) -> &Path {
        self.fate.folder.path()
    }

    /// What Iris answers to a `GET`.
    pub async fn get(&self, path: &str) -> anyhow::Result<String> {
        self.alive().await;
        let address = *lock(&self.fate.address);
        get(address, path).await
    }

    /// Where browsers and Slack reach this life of it.
    pub async fn url(&self) -> String {
        self.alive().await;
        format!("http://{}/", *lock(&self.fate.address))
    }

    /// Who has installed it, as its store says.
    pub async fn installation(&self, team: &TeamId) -> Result<Option<Installation>, StoreError> {
        self.alive().await.app.store.installation(team).await
    }

    /// Plays stories here.
    pub fn player(&self) -> Player<'_> {
        let settle =
            move |time: Option<Duration>| -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
                Box::pin(async move {
                    match time {
                        Some(time) => self.pass(time).await,
                        None => self.settle().await,
                    }
                })
            };
        Player::new(&self.sim, Box::new(settle))
    }

    /// How many points were passed so far.
    pub fn points(&self) -> u64 {
        self.fate.points.load(Ordering::SeqCst)
    }

    /// Where it was killed so far.
    pub fn deaths(&self) -> Vec<Point> {
        lock(&self.fate.deaths).clone()
    }

    /// Everything has been followed to its end, in whatever life.
    pub async fn settle(&self) {
        loop {
            let life = self.alive().await;
            tokio::select! {
                () = self.rest(&life) => {}
                () = life.dies() => continue,
            }
            let now = self.now();
            let next = life.app.next_sending();
            match next.filter(|at| *at <= now.plus(PATIENCE)) {
                Some(at) => self.sim.advance(at.since(now)),
                None if *self.fate.dying.borrow() => {}
                None => return,
            }
        }
    }

    /// Lets time pass, from one timer to the next.
    pub async fn pass(&self, time: Duration) {
        let end = self.now().plus(time);
        loop {
            let now = self.now();
            let next = self.next_timer().await;
            let next = next.filter(|at| *at > now && *at < end).unwrap_or(end);
            self.sim.advance(next.since(now));
            while self.next_timer().await.is_some_and(|at| at <= self.now()) {
                self.settle().await;
            }
            self.settle().await;
            if self.now() >= end {
                return;
            }
        }
    }

    pub fn now(&self) -> iris::clock::Moment {
        iris::clock::Moment(self.sim.clock().micros() / 1000)
    }

    /// What is not settled; what is parked is not.
    pub async fn open(&self) -> Vec<String> {
        let life = self.alive().await;
        let open = life.app.store.waiting(None, true).await;
        let open = open.expect("a store that can be read").into_iter();
        open.map(|effect| {
            format!(
                "{} {:?}: {:?}",
                effect.wish,
                effect.act.method(),
                effect.state
            )
        })
        .collect()
    }

    pub async fn stop(self) -> anyhow::Result<()> {
        self.fate.stop.notify_one();
        self.keeper.await?;
        self.sim.stop().await;
        Ok(())
    }

    async fn next_timer(&self) -> Option<iris::clock::Moment> {
        let life = self.alive().await;
        life.app.store.next_timer().await.ok().flatten()
    }

    async fn alive(&self) -> Arc<Life> {
        let mut now = self.fate.now.subscribe();
        loop {
            if let Some(life) = now.borrow_and_update().clone() {
                return life;
            }
            // The keeper is gone only when the test is over.
            let _ = now.changed().await;
        }
    }

    /// Nothing is left to be done at this moment.
    async fn rest(&self, life: &Life) {
        let done = || (self.sim.call_count(), self.sim.delivery_count());
        let mut looks = 0;
        loop {
            let before = done();
            self.sim.quiet().await;
            life.app.idle().await;
            self.sim.quiet().await;
            let is_idle = life.app.main.is_idle() && !life.app.is_installing();
            if done() != before || !is_idle {
                looks = 0;
            } else {
                let open = life.app.store.open_events().await;
                // One that was stored a moment ago does not stand in a lane yet.
                let none = open.is_ok_and(|open| open.len() == life.app.main.later());
                if looks > LOOKS || (looks >= SURE && none) {
                    return;
                }
            }
            looks += 1;
            tokio::task::yield_now().await;
        }
    }
}

impl Fate {
    async fn keep_alive(self: Arc<Self>) {
        loop {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
            listener.set_nonblocking(true).expect("a socket");
            let address = listener.local_addr().expect("an address");
            // Whoever calls now waits until Iris takes calls again.
            self.sim
                .connect_app(&format!("http://{address}/slack/events"));
            *lock(&self.address) = address;
            self.bury_the_last().await;
            let work = lock(&self.between).take();
            if let Some(work) = work {
                work();
            }
            self.dying.send_replace(false);
            let me = self.clone();
            let failpoints = Failpoints::new(move |point| me.reach(point));
            let dead = self.dying.subscribe();
            let listening = (listener, address);
            let workspace = (&self.sim, self.door);
            let folder = self.folder.path();
            let life = Life::begin(workspace, folder, listening, failpoints, dead).await;
            let life = match life {
                Ok(life) => Arc::new(life),
                Err(_) if *self.dying.borrow() => continue,
                Err(error) => panic!("{error:#}"),
            };
            self.now.send_replace(Some(life.clone()));
            tokio::select! {
                () = life.dies() => {}
                () = self.stop.notified() => {
                    drop(life);
                    self.bury_the_last().await;
                    return;
                }
            }
        }
    }

    /// When this returns, the store can be opened again.
    async fn bury_the_last(&self) {
        let Some(mut life) = self.now.send_replace(None) else {
            return;
        };
        loop {
            match Arc::try_unwrap(life) {
                Ok(life) => return life.end().await.expect("a runtime that ends"),
                Err(held) => life = held,
            }
            tokio::task::yield_now().await;
        }
    }

    /// Whether the life goes on from this point.
    fn reach(&self, point: Point) -> bool {
        // One at a time: a life dies at one point.
        let mut gaps = lock(&self.gaps);
        if *self.dying.borrow() {
            return false;
        }
        self.points.fetch_add(1, Ordering::SeqCst);
        let passed = self.passed.fetch_add(1, Ordering::SeqCst) + 1;
        let mut at = lock(&self.at);
        let planned = gaps.last().is_some_and(|gap| passed >= *gap);
        if planned || *at == Some(point) {
            if planned {
                gaps.pop();
            } else {
                *at = None;
            }
            self.passed.store(0, Ordering::SeqCst);
            lock(&self.deaths).push(point);
            self.dying.send_replace(true);
            return false;
        }
        true
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
