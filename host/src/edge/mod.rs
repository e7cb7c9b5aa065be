//! Where Slack comes in: a signed HTTP request or an envelope of a socket goes in, an
//! [`Event`](crate::event::Event) comes out. Slack's JSON is known here and nowhere further inside.
//!
//! * [`verify`]   is it from Slack, and fresh
//! * [`decode`]   what does it say
//! * [`take`]     hand it over, and acknowledge what is kept
//! * [`deliver`], [`envelopes`]  the two doors
//! * [`hooks`]    the same for monitoring systems
//! * [`install`]  a browser on its way to Slack and back
//! * [`health`], [`page`]  what operators look at
//! * `listen`     connections, bounded

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    http::StatusCode,
    response::IntoResponse,
    routing::{get, post},
};
use metrics_exporter_prometheus::PrometheusHandle;
use secrecy::SecretString;
use tower_http::{
    catch_panic::CatchPanicLayer,
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};

mod body;
pub mod decode;
mod deliver;
mod envelopes;
mod health;
mod hooks;
mod install;
mod listen;
mod page;
mod reject;
mod signed;
mod take;
pub mod verify;
mod vouched;
mod workspace;

pub use envelopes::Envelopes;
pub use health::{Part, Readiness, Trouble};
pub use hooks::{Door, Hooks};
pub use listen::serve;
pub use page::About;
pub use verify::sign;
pub use workspace::{Bot, Workspace, Workspaces};

use crate::{clock::SharedClock, inbox::Intake, installer::Installer};

/// The largest body that is read: Slack's own deliveries stay far below it.
const BODY: usize = 1024 * 1024;
/// The longest pause within a body.
const BODY_PAUSE: Duration = Duration::from_secs(5);
/// Slack hangs up after three seconds; what takes much longer is stuck.
const ANSWER: Duration = Duration::from_secs(10);

/// What the edge stands on.
#[derive(Clone)]
pub struct EdgeDeps {
    pub clock: SharedClock,
    /// The app's signing secret. `None`: no request is believed.
    pub signing_secret: Option<SecretString>,
    /// Takes what happened.
    pub intake: Arc<dyn Intake>,
    /// Knows which workspaces are installed.
    pub workspaces: Arc<dyn Workspaces>,
    /// Knows where alerts come in.
    pub hooks: Arc<dyn Hooks>,
    /// Lets workspaces come and go.
    pub installer: Arc<dyn Installer>,
    /// Says whether Iris can work.
    pub readiness: Arc<Readiness>,
    /// Renders the figures.
    pub metrics: PrometheusHandle,
    /// What the front page tells.
    pub about: About,
}

/// All routes.
pub fn router(deps: EdgeDeps) -> Router {
    let slack = || post(deliver::deliver).get(deliver::ssl_check);
    Router::new()
        .route("/slack/events", slack())
        .route("/slack/commands", slack())
        .route("/slack/interactions", slack())
        .route("/hooks/{name}", post(hooks::deliver))
        .route("/slack/install", get(install::begin))
        .route("/slack/oauth_redirect", get(install::back))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::figures))
        .route("/", get(page::page))
        .layer(axum::extract::DefaultBodyLimit::max(BODY))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            ANSWER,
        ))
        .layer(CatchPanicLayer::custom(panicked))
        .with_state(Arc::new(deps))
}

/// The panic itself is in the log; Slack learns nothing of it.
fn panicked(_: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
