//! Deliveries to the app: signed, timed, recorded; events are repeated as Slack repeats them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::{Semaphore, mpsc, watch};

use crate::clock::{Clock, micros_of};
use crate::core::Core;
use crate::faults::{Faults, SOCKET};
use crate::levers::OutageEvents;
use crate::settings::Settings;
use crate::sockets::Sockets;

mod envelope;
mod hour;
mod parcel;
mod sign;

use envelope::Envelope;
use hour::{Hour, Passage};
pub(crate) use parcel::Parcel;
pub use parcel::{Answered, Delivery, DeliveryKind, Reached};

/// How long Slack waits for an answer, in microseconds.
const PATIENCE: u64 = 3_000_000;
/// After how many microseconds an unacknowledged event is sent again, each time.
const RETRIES: [u64; 3] = [0, 60_000_000, 300_000_000];
/// The most bytes that are read of an answer; a form's answer can hold a view of 250 KB.
const MOST: usize = 1024 * 1024;
/// Real time after which a silent app is given up even when the clock stands still.
const HARD_LIMIT: Duration = Duration::from_mins(1);

pub(crate) struct Courier {
    pub(crate) client: reqwest::Client,
    clock: Clock,
    signing_secret: String,
    app_url: Mutex<Option<String>>,
    queue: mpsc::UnboundedSender<Event>,
    /// Events to be sent again, each with its time.
    waiting: Mutex<Vec<(u64, Event)>>,
    in_flight: Arc<watch::Sender<usize>>,
    /// Events that an outage holds back.
    held: Mutex<Vec<Event>>,
    start: Instant,
    version: Arc<watch::Sender<u64>>,
    log: Mutex<Vec<Delivery>>,
    at_once: Arc<Semaphore>,
    hour: Hour,
    /// Where the app is in Socket Mode.
    sockets: Option<Arc<Sockets>>,
    envelopes: AtomicUsize,
}

/// An event on its way.
pub(crate) struct Event {
    parcel: Parcel,
    busy: Option<Busy>,
}

/// Counts as one delivery in flight while it lives.
pub(crate) struct Busy(Arc<watch::Sender<usize>>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

impl Courier {
    /// What sends; workspaces may share one.
    pub(crate) fn client() -> reqwest::Result<reqwest::Client> {
        // Fails only where the program has chosen its provider already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::limited(2))
            .timeout(HARD_LIMIT)
            .no_proxy()
            .build()
    }

    pub(crate) fn new(
        client: reqwest::Client,
        settings: &Settings,
        clock: Clock,
        start: Instant,
        version: Arc<watch::Sender<u64>>,
        sockets: Arc<Sockets>,
    ) -> (Self, mpsc::UnboundedReceiver<Event>) {
        let (queue, receiver) = mpsc::unbounded_channel();
        let courier = Self {
            client,
            clock,
            signing_secret: settings.signing_secret.clone(),
            app_url: Mutex::new(settings.app_url.clone()),
            queue,
            waiting: Mutex::default(),
            in_flight: Arc::new(watch::Sender::new(0)),
            held: Mutex::default(),
            start,
            version,
            log: Mutex::default(),
            at_once: Arc::new(Semaphore::new(settings.deliveries_at_once.max(1))),
            hour: Hour::new(settings.events_an_hour),
            sockets: settings.socket_mode.then_some(sockets),
            envelopes: AtomicUsize::new(0),
        };
        (courier, receiver)
    }

    pub(crate) fn connect(&self, url: Option<String>) {
        *lock(&self.app_url) = url;
    }

    pub(crate) fn busy(&self) -> Busy {
        self.in_flight.send_modify(|count| *count += 1);
        Busy(self.in_flight.clone())
    }

    /// Returns when nothing is on its way.
    pub(crate) async fn quiet(&self) {
        let mut in_flight = self.in_flight.subscribe();
        let _ = in_flight.wait_for(|count| *count == 0).await;
    }

    pub(crate) fn count(&self) -> usize {
        lock(&self.log).len()
    }

    pub(crate) fn log_after(&self, id: usize) -> Vec<Delivery> {
        lock(&self.log).iter().skip(id).cloned().collect()
    }

    /// Puts an event in line, if there is an app to hear it.
    pub(crate) fn enqueue(&self, event: &Value) {
        if self.sockets.is_none() && lock(&self.app_url).is_none() {
            return;
        }
        let parcel = match self.hour.pass(self.clock.seconds()) {
            Passage::Sent => Parcel::event(event),
            Passage::Told(minute) => Parcel::rate_limited(event, minute),
            Passage::Kept => return,
        };
        self.push(Event { parcel, busy: None });
    }

    /// Puts the events in line whose time to be sent again has come.
    pub(crate) fn send_due(&self) {
        let now = self.clock.micros();
        let due: Vec<_> = lock(&self.waiting)
            .extract_if(.., |(at, _)| *at <= now)
            .collect();
        for (_, event) in due {
            self.push(event);
        }
    }

    /// Puts all events in line that would be sent again later; says how many.
    pub(crate) fn send_waiting(&self) -> usize {
        let waiting = std::mem::take(&mut *lock(&self.waiting));
        let count = waiting.len();
        for (_, event) in waiting {
            self.push(event);
        }
        count
    }

    /// Puts the events in line that an outage held back.
    pub(crate) fn send_held(&self) {
        for event in std::mem::take(&mut *lock(&self.held)) {
            self.push(event);
        }
    }

    /// Sends one request to the app, once, and records what came of it.
    async fn send(&self, parcel: &Parcel, faults: &Faults) -> Reached {
        let _busy = self.busy();
        let began = Instant::now();
        let at = self.clock.micros();
        let reached = match &self.sockets {
            Some(sockets) => self.reach_by_socket(sockets, parcel, at, faults).await,
            None => self.reach(parcel, at).await,
        };
        self.record(parcel.delivered(at, reached.clone()), began);
        reached
    }

    /// Records a request that an outage swallows.
    fn lose(&self, parcel: &Parcel) -> Reached {
        let reached = Reached::Failed("outage".into());
        let delivery = parcel.delivered(self.clock.micros(), reached.clone());
        self.record(delivery, Instant::now());
        reached
    }

    fn record(&self, delivery: Delivery, began: Instant) {
        let mut log = lock(&self.log);
        let id = log.len() + 1;
        log.push(Delivery {
            id,
            began: micros_of(began.duration_since(self.start)),
            took: micros_of(began.elapsed()),
            ..delivery
        });
        drop(log);
        self.version.send_modify(|version| *version += 1);
    }

    async fn reach(&self, parcel: &Parcel, at: u64) -> Reached {
        let Some(url) = lock(&self.app_url).clone() else {
            return Reached::Failed("connection_failed".into());
        };
        let timestamp = at / 1_000_000;
        let mut request = self
            .client
            .post(url)
            .header("content-type", parcel.content_type())
            .header("user-agent", "Slackbot 1.0 (simulated workspace)")
            .header("x-slack-request-timestamp", timestamp.to_string())
            .header(
                "x-slack-signature",
                sign::signature(&self.signing_secret, timestamp, parcel.body.as_bytes()),
            );
        if let Some((number, reason)) = &parcel.retry {
            request = request
                .header("x-slack-retry-num", number.to_string())
                .header("x-slack-retry-reason", reason);
        }
        let answer = async {
            let response = request.body(parcel.body.clone()).send().await?;
            let status = response.status().as_u16();
            let header = |name| {
                let value = response.headers().get(name)?.to_str().ok()?;
                Some(value.to_owned())
            };
            let content_type = header("content-type").unwrap_or_default();
            let no_retry = header("x-slack-no-retry").is_some_and(|value| value == "1");
            let body = text(response).await?;
            Ok::<_, reqwest::Error>(Answered {
                status,
                content_type,
                no_retry,
                body,
            })
        };
        tokio::select! {
            answer = answer => match answer {
                Ok(answered) => Reached::Answered(answered),
                Err(error) if error.is_redirect() => Reached::Failed("too_many_redirects".into()),
                Err(error) if error.is_timeout() => Reached::TimedOut,
                Err(_) => Reached::Failed("connection_failed".into()),
            },
            () = self.clock.reaches(at + PATIENCE) => Reached::TimedOut,
        }
    }

    async fn reach_by_socket(
        &self,
        sockets: &Sockets,
        parcel: &Parcel,
        at: u64,
        faults: &Faults,
    ) -> Reached {
        let number = self.envelopes.fetch_add(1, Ordering::Relaxed) + 1;
        let envelope = Envelope::of(parcel, number);
        let fault = faults.take(SOCKET);
        tokio::select! {
            said = sockets.send(&envelope.id, envelope.text.clone(), fault) => match said {
                Some(said) => Reached::Answered(envelope.answered(said.payload)),
                None => Reached::Failed("connection_failed".into()),
            },
            () = self.clock.reaches(at + PATIENCE) => {
                sockets.give_up(&envelope.id);
                Reached::TimedOut
            }
        }
    }

    fn push(&self, mut event: Event) {
        event.busy = Some(self.busy());
        // The pump ends only with the workspace; then nobody waits for the event.
        let _ = self.queue.send(event);
    }
}

impl Core {
    /// Takes events from the line, in order, as many at once as the settings allow.
    pub(crate) async fn deliver_events(self: Arc<Self>, mut queue: mpsc::UnboundedReceiver<Event>) {
        while let Some(event) = queue.recv().await {
            let Ok(turn) = self.courier.at_once.clone().acquire_owned().await else {
                return;
            };
            let core = self.clone();
            self.tasks.spawn(async move {
                core.deliver(event).await;
                drop(turn);
            });
        }
    }

    /// Sends one request to the app that is not repeated.
    pub(crate) async fn send(&self, parcel: &Parcel) -> Reached {
        match self.levers.outage() {
            Some(_) => self.courier.lose(parcel),
            None => self.courier.send(parcel, &self.faults).await,
        }
    }

    async fn deliver(self: &Arc<Self>, mut event: Event) {
        match self.levers.outage().map(|outage| outage.events) {
            None => {}
            Some(OutageEvents::Lost) => {
                self.courier.lose(&event.parcel);
                return;
            }
            Some(OutageEvents::Late) => {
                event.busy = None;
                lock(&self.courier.held).push(event);
                // It may just have ended.
                if self.levers.outage().is_none() {
                    self.courier.send_held();
                }
                return;
            }
        }
        let reached = self.courier.send(&event.parcel, &self.faults).await;
        let number = event.parcel.retry.as_ref().map_or(0, |(number, _)| *number);
        let (Some(reason), Some(wait)) = (reached.retry_reason(), RETRIES.get(number)) else {
            return;
        };
        event.parcel.retry = Some((number + 1, reason));
        let busy = event.busy.take();
        let due = self.clock.micros() + wait;
        lock(&self.courier.waiting).push((due, event));
        self.courier.send_due();
        drop(busy);
        let core = self.clone();
        self.tasks.spawn(async move {
            core.clock.reaches(due).await;
            core.courier.send_due();
        });
    }
}

/// An answer's text, as far as Slack would read it.
async fn text(mut response: reqwest::Response) -> Result<String, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > MOST {
            break;
        }
    }
    Ok(String::from_utf8_lossy(&body).into_owned())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
