//! What everything hangs on: the state behind its lock, and what must follow each change.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::api::record::Calls;
use crate::clock::Clock;
use crate::deliver::Courier;
use crate::faults::Faults;
use crate::levers::{Levers, Positions};
use crate::limits::Limits;
use crate::settings::Settings;
use crate::sockets::Sockets;
use crate::state::State;
use crate::state::file::Share;
use crate::story::Recorder;
use crate::tasks::Tasks;

pub(crate) struct Core {
    pub(crate) settings: Arc<Settings>,
    pub(crate) clock: Clock,
    pub(crate) tasks: Tasks,
    pub(crate) courier: Courier,
    pub(crate) sockets: Arc<Sockets>,
    pub(crate) faults: Faults,
    pub(crate) levers: Levers,
    pub(crate) limits: Limits,
    pub(crate) calls: Calls,
    pub(crate) recorder: Recorder,
    /// Counts whatever happens, so that pages know when to look again.
    pub(crate) version: Arc<watch::Sender<u64>>,
    state: Mutex<State>,
    /// Workspaces that are reached at this one's address too.
    beside: Mutex<Vec<Arc<Core>>>,
    /// The workspace at whose address this one is reached too.
    door: Mutex<Weak<Core>>,
}

impl Core {
    pub(crate) fn new(settings: Settings, base_url: String, client: reqwest::Client) -> Arc<Self> {
        let settings = Arc::new(settings);
        let clock = settings.clock.clock();
        let start = Instant::now();
        let version = Arc::new(watch::Sender::new(0));
        let tasks = Tasks::default();
        let sockets = Sockets::new(&settings, clock.clone(), tasks.clone(), version.clone());
        let sockets = Arc::new(sockets);
        let (courier, queue) = Courier::new(
            client,
            &settings,
            clock.clone(),
            start,
            version.clone(),
            sockets.clone(),
        );
        let core = Arc::new(Self {
            state: Mutex::new(State::new(settings.clone(), clock.clone(), base_url)),
            beside: Mutex::default(),
            door: Mutex::default(),
            tasks,
            courier,
            sockets,
            faults: Faults::default(),
            levers: Levers::new(&settings),
            limits: Limits::default(),
            calls: Calls::new(start, version.clone()),
            recorder: Recorder::default(),
            version,
            settings,
            clock,
        });
        let pump = core.clone();
        core.tasks
            .spawn(async move { pump.deliver_events(queue).await });
        core
    }

    /// Looks at the state.
    pub(crate) fn read<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        look(&self.locked())
    }

    /// Changes the state; the events that follow are on their way when this returns.
    pub(crate) fn change<R>(self: &Arc<Self>, change: impl FnOnce(&mut State) -> R) -> R {
        let mut state = self.locked();
        let result = change(&mut state);
        for event in std::mem::take(&mut state.outbox) {
            self.courier.enqueue(&event);
        }
        for share in std::mem::take(&mut state.shares) {
            self.share_later(share);
        }
        drop(state);
        self.version.send_modify(|version| *version += 1);
        result
    }

    /// Puts the clock forward; what fell due is on its way when this returns.
    pub(crate) fn advance(&self, by: Duration) {
        self.clock.advance(by);
        self.courier.send_due();
        self.version.send_modify(|version| *version += 1);
    }

    /// Moves the levers; events that an outage held back are on their way when it is over.
    pub(crate) fn put_levers(&self, positions: Positions) {
        let before = self.levers.put(positions);
        if before.outage.is_some() && positions.outage.is_none() {
            self.courier.send_held();
        }
        self.version.send_modify(|version| *version += 1);
    }

    /// Lets files appear in their channel a moment after the app has its answer, as Slack does.
    fn share_later(self: &Arc<Self>, share: Share) {
        let busy = self.courier.busy();
        let core = self.clone();
        self.tasks.spawn(async move {
            core.change(|state| state.share(share));
            drop(busy);
        });
    }

    /// From now on `other` is reached at this one's address too.
    pub(crate) fn stand_beside(self: &Arc<Self>, other: Arc<Self>) {
        *lock(&other.door) = Arc::downgrade(self);
        lock(&self.beside).push(other);
    }

    /// This one and those that answer at the same address.
    pub(crate) fn all(self: &Arc<Self>) -> Vec<Arc<Self>> {
        let door = lock(&self.door).upgrade().unwrap_or_else(|| self.clone());
        let beside = lock(&door.beside).clone();
        [door].into_iter().chain(beside).collect()
    }

    /// An organisation's token is known in all of its workspaces.
    pub(crate) fn open_org(self: &Arc<Self>, token: &str, refresh: Option<&str>) {
        let org = |core: &Arc<Self>| Some(core.settings.team.enterprise.as_ref()?.id.clone());
        let all = self.all().into_iter().filter(|core| org(core) == org(self));
        let now = self.clock.seconds();
        for core in all {
            core.change(|state| {
                if !state.access.knows(token) {
                    state.access.add(token, refresh, true, now);
                }
            });
        }
    }

    /// Takes a token out of use, an organisation's everywhere; and the app with its last one.
    pub(crate) fn revoke(self: &Arc<Self>, token: &str) {
        let mut is_told = true;
        for core in self.all() {
            if core.read(|state| state.access.is_of_org(token)) {
                core.change(|state| state.revoke_of_org(token, is_told));
                is_told = false;
            } else if core.read(|state| state.access.knows(token)) {
                core.change(|state| state.revoke(token));
            }
        }
    }

    /// The app is taken out: of the organisation, where it is installed there.
    pub(crate) fn uninstall(self: &Arc<Self>) {
        match self.read(|state| state.access.org_token()) {
            Some(token) => self.revoke(&token),
            None => self.change(State::uninstall),
        }
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
