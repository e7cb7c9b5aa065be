//! The real router over an intake that remembers.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use iris::{
    clock::{Clock, Moment},
    edge::{
        About, Bot, Door, EdgeDeps, Envelopes, Hooks, Readiness, Workspace, Workspaces,
        decode::{Frame, frame},
        router, sign,
    },
    event::Event,
    figures,
    ids::TeamId,
    inbox::{Ack, Intake, IntakeError},
    installer::{Arrived, Back, Begun, Installer, News, Refused},
};
use secrecy::SecretString;
use tower::ServiceExt;

pub(crate) const NOW: u64 = 1_796_102_000;

/// An edge with everything around it.
pub(crate) struct Bench {
    pub(crate) router: Router,
    envelopes: Envelopes,
    pub(crate) intake: Arc<Remembering>,
    pub(crate) installer: Arc<Nobody>,
    pub(crate) readiness: Arc<Readiness>,
    secret: SecretString,
}

/// What the router answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: String,
}

#[derive(Default)]
pub(crate) struct Remembering {
    events: Mutex<Vec<Event>>,
    ack: Mutex<Ack>,
    down: AtomicBool,
}

impl Remembering {
    pub(crate) fn taken(&self) -> Vec<Event> {
        self.events.lock().unwrap().clone()
    }

    pub(crate) fn answer(&self, ack: Ack) {
        *self.ack.lock().unwrap() = ack;
    }

    pub(crate) fn fail(&self) {
        self.down.store(true, Ordering::Relaxed);
    }
}

#[async_trait]
impl Intake for Remembering {
    async fn take(&self, event: Event) -> Result<Ack, IntakeError> {
        if self.down.load(Ordering::Relaxed) {
            return Err(IntakeError::Unavailable);
        }
        self.events.lock().unwrap().push(event);
        Ok(self.ack.lock().unwrap().clone())
    }
}

/// Two workspaces and an organisation have Iris, one has no token yet.
struct Acme;

impl Workspaces for Acme {
    fn find(&self, team: &TeamId) -> Workspace {
        match team.as_str() {
            "T0NEW" => Workspace::Unsettled,
            id if id.ends_with("0ACME") => Workspace::Installed(Bot {
                user: Some("U0IRIS".into()),
                id: Some("B0IRIS".to_owned()),
            }),
            _ => Workspace::Unknown,
        }
    }
}

/// Nobody sends alerts here.
struct NoHooks;

impl Hooks for NoHooks {
    fn find(&self, _: &str) -> Option<Door> {
        None
    }
}

/// Nobody can install Iris here; what Slack tells of installations is kept.
#[derive(Default)]
pub(crate) struct Nobody {
    pub(crate) heard: Mutex<Vec<News>>,
}

#[async_trait]
impl Installer for Nobody {
    fn begin(&self, _: Option<&str>) -> Option<Begun> {
        None
    }

    async fn finish(&self, _: Back) -> Result<Arrived, Refused> {
        Err(Refused::Closed)
    }

    async fn hear(&self, news: News) -> Result<(), IntakeError> {
        self.heard.lock().unwrap().push(news);
        Ok(())
    }

    async fn meet(&self, _: &TeamId, _: &TeamId, _: Moment) -> Result<(), IntakeError> {
        Ok(())
    }
}

struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Moment {
        Moment(NOW * 1000)
    }

    fn sleep_until(&self, _: Moment) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::pending())
    }
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::with(Some("a signing secret".into()))
    }

    /// Without a signing secret.
    pub(crate) fn over_sockets() -> Self {
        Self::with(None)
    }

    fn with(signing_secret: Option<SecretString>) -> Self {
        let secret = signing_secret.clone().unwrap_or_default();
        let (intake, readiness) = <(Arc<Remembering>, Arc<Readiness>)>::default();
        let installer = Arc::new(Nobody::default());
        let deps = EdgeDeps {
            clock: Arc::new(Stopped),
            signing_secret,
            intake: intake.clone(),
            workspaces: Arc::new(Acme),
            hooks: Arc::new(NoHooks),
            installer: installer.clone(),
            readiness: readiness.clone(),
            metrics: figures::gather(),
            about: About {
                store: "SQLite",
                transport: "HTTP",
            },
        };
        Self {
            router: router(deps.clone()),
            envelopes: Envelopes::new(deps),
            intake,
            installer,
            readiness,
            secret,
        }
    }

    /// As Slack would send it.
    pub(crate) async fn deliver(&self, body: impl Into<Vec<u8>>) -> Answer {
        let body = body.into();
        self.send(self.signed(NOW, &body).body(body.into()).unwrap())
            .await
    }

    /// As Slack would send it through a socket; what is said there.
    pub(crate) async fn deliver_by_socket(&self, text: String) -> Option<String> {
        let Frame::Envelope(envelope) = frame(&text).unwrap() else {
            panic!("no envelope: {text}");
        };
        self.envelopes.take(&envelope).await
    }

    pub(crate) fn signed(&self, timestamp: u64, body: &[u8]) -> axum::http::request::Builder {
        let timestamp = timestamp.to_string();
        Request::post("/slack/events")
            .header("x-slack-signature", sign(&self.secret, &timestamp, body))
            .header("x-slack-request-timestamp", timestamp)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer {
            status,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }
}
