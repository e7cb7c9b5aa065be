//! The workspace's own API under `/sim/`, for its page and for scripts.
//!
//! | route | does |
//! | --- | --- |
//! | `GET /sim/state?as=U…` | everything that this person sees |
//! | `GET /sim/changes` | a server-sent event with a number at every change |
//! | `POST /sim/as/U…` | an act of this person, such as `{"act":"say","channel":"#ops","text":"hi"}` |
//! | `GET /sim/calls`, `GET /sim/deliveries` | what went in and out |
//! | `POST /sim/faults` | `{"method":"chat.postMessage","fault":"reset_after_apply","times":1}` |
//! | `DELETE /sim/faults` | all is well again |
//! | `POST /sim/clock` | `{"advance_seconds":60}` |

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::{Stream, stream};
use serde::Deserialize;
use serde_json::json;

use crate::faults::Fault;
use crate::sim::Sim;

mod act;
mod snapshot;

pub(crate) fn routes() -> Router<Sim> {
    Router::new()
        .route("/sim/state", get(state))
        .route("/sim/changes", get(changes))
        .route("/sim/as/{person}", post(perform))
        .route(
            "/sim/calls",
            get(async |Shared(sim): Shared<Sim>| Json(sim.calls())),
        )
        .route(
            "/sim/deliveries",
            get(async |Shared(sim): Shared<Sim>| Json(sim.deliveries())),
        )
        .route("/sim/faults", post(order_fault).delete(clear_faults))
        .route("/sim/clock", post(advance))
}

#[derive(Deserialize)]
struct Viewer {
    r#as: String,
}

async fn state(Shared(sim): Shared<Sim>, Query(viewer): Query<Viewer>) -> Response {
    let version = *sim.core().version.borrow();
    match sim.core().read(|state| snapshot::of(state, &viewer.r#as)) {
        Some(mut snapshot) => {
            snapshot["version"] = json!(version);
            Json(snapshot).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn changes(Shared(sim): Shared<Sim>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let core = sim.core();
    let mut versions = core.version.subscribe();
    versions.mark_changed();
    let stop = core.tasks.stop_token();
    let events = stream::unfold((versions, stop), async |(mut versions, stop)| {
        tokio::select! {
            () = stop.cancelled() => None,
            changed = versions.changed() => {
                changed.ok()?;
                let version = *versions.borrow_and_update();
                Some((Ok(Event::default().data(version.to_string())), (versions, stop)))
            }
        }
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

async fn perform(
    Shared(sim): Shared<Sim>,
    Path(person): Path<String>,
    Json(act): Json<act::Act>,
) -> Response {
    match act::perform(&sim, &person, act).await {
        Ok(outcome) => Json(outcome).into_response(),
        Err(refused) => {
            let body = Json(json!({ "refused": refused.to_string() }));
            (StatusCode::CONFLICT, body).into_response()
        }
    }
}

#[derive(Deserialize)]
struct FaultOrder {
    method: String,
    fault: Fault,
    /// Left out: until cleared.
    times: Option<usize>,
}

async fn order_fault(Shared(sim): Shared<Sim>, Json(order): Json<FaultOrder>) -> StatusCode {
    match order.times {
        Some(times) => sim.faults().times(times, &order.method, order.fault),
        None => sim.faults().always(&order.method, order.fault),
    }
    StatusCode::NO_CONTENT
}

async fn clear_faults(Shared(sim): Shared<Sim>) -> StatusCode {
    sim.faults().clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Advance {
    advance_seconds: u64,
}

async fn advance(Shared(sim): Shared<Sim>, Json(advance): Json<Advance>) -> StatusCode {
    sim.advance(Duration::from_secs(advance.advance_seconds));
    StatusCode::NO_CONTENT
}
