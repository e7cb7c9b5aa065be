//! What everything hangs on: the state behind its lock, and what must follow each change.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::api::record::Calls;
use crate::clock::Clock;
use crate::deliver::Courier;
use crate::faults::Faults;
use crate::limits::Limits;
use crate::settings::Settings;
use crate::state::State;
use crate::state::file::Share;
use crate::tasks::Tasks;

pub(crate) struct Core {
    pub(crate) settings: Arc<Settings>,
    pub(crate) clock: Clock,
    pub(crate) tasks: Tasks,
    pub(crate) courier: Courier,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(crate) calls: Calls,
    /// Counts changes, so that pages know when to look again.
    pub(crate) version: watch::Sender<u64>,
    state: Mutex<State>,
}

impl Core {
    pub(crate) fn new(settings: Settings, base_url: String) -> anyhow::Result<Arc<Self>> {
        let settings = Arc::new(settings);
        let clock = settings.clock.clock();
        let (courier, queue) = Courier::new(&settings, clock.clone())?;
        let core = Arc::new(Self {
            state: Mutex::new(State::new(settings.clone(), clock.clone(), base_url)),
            tasks: Tasks::default(),
            courier,
            faults: Faults::default(),
            limits: Limits::default(),
            calls: Calls::default(),
            version: watch::Sender::new(0),
            settings,
            clock,
        });
        let pump = core.clone();
        core.tasks
            .spawn(async move { pump.deliver_events(queue).await });
        Ok(core)
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

    /// Lets files appear in their channel a moment after the app has its answer, as Slack does.
    fn share_later(self: &Arc<Self>, share: Share) {
        let busy = self.courier.busy();
        let core = self.clone();
        self.tasks.spawn(async move {
            core.change(|state| state.share(share));
            drop(busy);
        });
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
