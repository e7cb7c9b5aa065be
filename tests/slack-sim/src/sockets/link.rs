//! One connection of the app.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use serde_json::json;

use super::said;
use crate::clock::micros_of;
use crate::core::Core;

/// Between two pings, by the workspace's clock. Slack's SDKs give up after thirty seconds without.
const PING: Duration = Duration::from_secs(10);

/// What a connection is told to do.
pub(super) enum Order {
    Say(String),
    /// Says goodbye.
    Close,
    /// Ends without a word.
    Cut,
    /// Hears and says nothing more.
    Freeze,
}

pub(crate) fn routes() -> Router<Arc<Core>> {
    Router::new().route("/link/", get(open))
}

#[derive(Deserialize)]
struct Opening {
    #[serde(default)]
    ticket: String,
}

async fn open(
    Shared(core): Shared<Arc<Core>>,
    Query(opening): Query<Opening>,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !core.change(|state| state.tickets.redeem(&opening.ticket)) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    upgrade.on_upgrade(async move |socket| serve(&core, socket).await)
}

/// Until either side ends it, or the workspace stops.
async fn serve(core: &Core, mut socket: WebSocket) {
    let (number, mut orders) = match core.sockets.enter() {
        Ok(entered) => entered,
        Err(why) => {
            // Whoever is sent away may have gone already.
            let _ = socket.send(Message::text(said(why))).await;
            let _ = socket.send(Message::Close(None)).await;
            return;
        }
    };
    let stop = core.tasks.stop_token();
    let mut alive = socket.send(Message::text(hello(core))).await.is_ok();
    let mut frozen = false;
    let mut next = core.clock.micros() + micros_of(PING);
    while alive {
        alive = tokio::select! {
            () = stop.cancelled() => false,
            order = orders.recv() => match order {
                Some(Order::Say(_)) if frozen => true,
                Some(Order::Say(text)) => socket.send(Message::text(text)).await.is_ok(),
                Some(Order::Freeze) => {
                    frozen = true;
                    true
                }
                Some(Order::Close) => {
                    let _ = socket.send(Message::Close(None)).await;
                    false
                }
                Some(Order::Cut) | None => false,
            },
            heard = socket.recv(), if !frozen => match heard {
                Some(Ok(Message::Text(text))) => {
                    core.sockets.heard(number, &text);
                    true
                }
                Some(Ok(Message::Binary(_) | Message::Ping(_) | Message::Pong(_))) => true,
                Some(Ok(Message::Close(_)) | Err(_)) | None => false,
            },
            () = core.clock.reaches(next), if !frozen => {
                next = core.clock.micros() + micros_of(PING);
                socket.send(Message::Ping("Ping from simulated Slack".into())).await.is_ok()
            }
        };
    }
    core.sockets.leave(number);
}

/// What a connection begins with.
fn hello(core: &Core) -> String {
    json!({
        "type": "hello",
        "num_connections": core.sockets.seen().open,
        "debug_info": {
            "host": "simulated",
            "build_number": 1,
            "approximate_connection_time": 18_060,
        },
        "connection_info": { "app_id": core.settings.app.id },
    })
    .to_string()
}
