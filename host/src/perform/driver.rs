//! Lets effects go when the queue says so.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use tokio::sync::{Notify, mpsc};

use super::{
    Deps, directory::Directory, errand::World, fetch::Fetcher, limits::Limits, queue::Queue,
    silence::Silence, sweep::Sweep, workspaces::Workspaces,
};
use crate::{
    clock::Moment,
    effect::Effect,
    event::Event,
    ids::TeamId,
    slack::SetupError,
    store::{CALLED_KEPT, StoreError},
    tasks::Tasks,
};

/// What is to be done, and who does it.
pub(super) struct Driver {
    pub(super) world: World,
    pub(super) tasks: Tasks,
    events: mpsc::UnboundedSender<Event>,
    /// How many events were handed on.
    told: AtomicU64,
    work: Mutex<Work>,
    /// Something changed that may let effects go.
    wake: Notify,
    /// Something ended.
    rested: Notify,
}

#[derive(Default)]
pub(super) struct Work {
    pub(super) queue: Queue,
    pub(super) sweeps: Vec<Sweep>,
    pub(super) silence: Silence,
    running: usize,
    paused: bool,
    stopping: bool,
}

impl Driver {
    pub(super) fn start(deps: Deps) -> Result<Arc<Self>, SetupError> {
        let Deps {
            store,
            slacks,
            clock,
            tasks,
            events,
            secrets,
            settings,
        } = deps;
        let driver = Arc::new(Self {
            world: World {
                fetcher: Fetcher::new(secrets, settings.fetch_inside)?,
                workspaces: Workspaces::new(slacks),
                limits: Mutex::new(Limits::default()),
                directory: Directory::default(),
                store,
                clock: clock.clone(),
                settings,
            },
            tasks,
            events,
            told: AtomicU64::new(0),
            work: Mutex::default(),
            wake: Notify::new(),
            rested: Notify::new(),
        });
        let woken = Arc::downgrade(&driver);
        driver
            .world
            .workspaces
            .watch(&driver.tasks, &clock, &driver.world.settings, move || {
                if let Some(driver) = woken.upgrade() {
                    driver.wake.notify_one();
                    driver.rested.notify_waiters();
                }
            });
        let me = driver.clone();
        driver.tasks.spawn(async move { me.run().await });
        Ok(driver)
    }

    pub(super) async fn recover(self: &Arc<Self>) -> Result<(), StoreError> {
        let store = &self.world.store;
        for gate in store.gates().await? {
            self.world.limits().close(&gate);
        }
        let since = self.world.now().before(CALLED_KEPT);
        for call in store.called(since).await? {
            self.world.limits().recall(call);
        }
        let sweeps = store.sweeps().await?.into_iter().map(Sweep::new);
        self.work().sweeps.extend(sweeps);
        let open = store.unsettled().await?;
        if !open.is_empty() {
            tracing::info!(
                effects = open.len(),
                "{} effects of before are taken up",
                open.len()
            );
        }
        // What is parked first: what waits for it, or names it later, must find it.
        let parked = store.waiting(None, false).await?;
        self.take(parked.into_iter().chain(open).collect());
        Ok(())
    }

    pub(super) fn take(self: &Arc<Self>, effects: Vec<Effect>) {
        let mut work = self.work();
        let superseded: Vec<Effect> = effects
            .into_iter()
            .flat_map(|effect| work.queue.add(effect))
            .collect();
        work.running += superseded.len();
        drop(work);
        for effect in superseded {
            let running = Running(self.clone());
            self.tasks
                .spawn(async move { running.0.superseded(effect).await });
        }
        self.wake.notify_one();
    }

    pub(super) async fn reload(
        self: &Arc<Self>,
        team: &TeamId,
        key: &str,
    ) -> Result<(), StoreError> {
        if let Some(effect) = self.world.store.effect(team, key).await? {
            self.take(vec![effect]);
        }
        Ok(())
    }

    pub(super) async fn idle(&self) {
        self.until(|work| self.rests(work)).await;
    }

    pub(super) fn is_idle(&self) -> bool {
        self.rests(&self.work())
    }

    pub(super) fn next(&self) -> Option<Moment> {
        self.work().queue.next(self.world.now())
    }

    fn rests(&self, work: &Work) -> bool {
        let now = self.world.now();
        let due = work.sweeps.iter().any(|sweep| sweep.at() <= now)
            || work
                .queue
                .any_ready(now, |team| self.world.workspaces.blocked(team));
        // Until Slack has said whose a token is, its effects only seem to rest.
        let open = due || self.world.workspaces.asking();
        work.running == 0 && (work.stopping || work.paused || !open)
    }

    pub(super) fn pause(&self, paused: bool) {
        self.work().paused = paused;
        self.wake.notify_one();
    }

    pub(super) fn is_paused(&self) -> bool {
        self.work().paused
    }

    pub(super) async fn stop(&self) {
        self.work().stopping = true;
        self.wake.notify_one();
        self.until(|work| work.running == 0).await;
    }

    async fn until(&self, met: impl Fn(&Work) -> bool) {
        loop {
            let mut rested = std::pin::pin!(self.rested.notified());
            rested.as_mut().enable();
            if met(&self.work()) {
                return;
            }
            rested.await;
        }
    }

    /// The loop: lets go what may go, then waits for a change or for time.
    async fn run(self: Arc<Self>) {
        loop {
            let next = self.let_go();
            if self.work().stopping {
                return;
            }
            let pause = async {
                match next {
                    Some(at) => self.world.clock.sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = self.wake.notified() => {}
                () = pause => {}
                () = self.tasks.stopping() => self.work().stopping = true,
            }
        }
    }

    /// Starts everything that may go, and says when time alone lets something go.
    fn let_go(self: &Arc<Self>) -> Option<Moment> {
        let now = self.world.now();
        let mut work = self.work();
        if work.stopping || work.paused {
            return None;
        }
        let jobs = work
            .queue
            .ready(now, |team| self.world.workspaces.blocked(team));
        let due: Vec<Sweep> = work
            .sweeps
            .extract_if(.., |sweep| sweep.at() <= now)
            .collect();
        work.running += jobs.len() + due.len();
        let next = work
            .sweeps
            .iter()
            .map(Sweep::at)
            .chain(work.queue.next(now))
            .min();
        drop(work);
        for job in jobs {
            let running = Running(self.clone());
            self.tasks.spawn(async move { running.0.job(job).await });
        }
        for sweep in due {
            let running = Running(self.clone());
            self.tasks.spawn(async move {
                if let Some(again) = sweep.run(&running.0.world).await {
                    running.0.work().sweeps.push(again);
                }
            });
        }
        self.rested.notify_waiters();
        next
    }

    /// Hands on what an outcome caused. It is stored.
    pub(super) fn tell(&self, event: Event) {
        self.told.fetch_add(1, Ordering::SeqCst);
        // Nobody listens any more only when the process ends.
        let _ = self.events.send(event);
    }

    pub(super) fn told(&self) -> u64 {
        self.told.load(Ordering::SeqCst)
    }

    pub(super) fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts something that runs, also when it panics.
struct Running(Arc<Driver>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.work().running -= 1;
        self.0.wake.notify_one();
        self.0.rested.notify_waiters();
    }
}
