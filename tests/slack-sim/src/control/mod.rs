//! The workspace's own API under `/sim/`, for its page and for scripts.
//!
//! | route | does |
//! | --- | --- |
//! | `GET /sim/state?as=U…` | everything that this person sees; without `as`, the first of all |
//! | `GET /sim/changes` | a server-sent event with a number at every change |
//! | `GET /sim/live?as=U…` | server-sent events: all but messages, then whatever changes, messages too |
//! | `GET /sim/messages/C…?as=U…` | what stands in a channel |
//! | `POST /sim/as/U…` | an act of this person, such as `{"act":"say","channel":"#ops","text":"hi"}` |
//! | `GET /sim/calls`, `GET /sim/deliveries` | what went in and out |
//! | `GET /sim/log?calls=7&deliveries=9` | the same as rows, those after these ids |
//! | `GET /sim/log/calls/7`, `GET /sim/log/deliveries/9` | all of one |
//! | `GET /sim/levers` | where latency, rate limits and outage stand, faults in line, the time |
//! | `POST /sim/levers` | `{"latency_ms":500,"rate_limits":true,"outage":{"calls":"refused","events":"late"}}` |
//! | `POST /sim/faults` | `{"method":"chat.postMessage","fault":"reset_after_apply","times":1}` |
//! | `DELETE /sim/faults` | all is well again |
//! | `GET /sim/sockets` | how many sockets the app has open |
//! | `POST /sim/sockets` | `{"act":"warn"}`, `refresh`, `cut`, `half_open`, `switch_off`, `switch_on` |
//! | `POST /sim/clock` | `{"advance_seconds":60}` |
//! | `GET`, `POST /sim/recording` | the story that is being written; `{"on":true}` begins a new one |
//! | `POST /sim/story`, `POST /sim/story/step` | loads `{"text":"> @aya …"}`; plays its next act |

use std::convert::Infallible;

use axum::extract::{Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::{Stream, stream};
use serde::Deserialize;
use serde_json::json;

use crate::sim::Sim;
use crate::state::State;

mod act;
mod levers;
mod live;
mod log;
mod snapshot;
mod stories;

pub(crate) fn routes(sim: Sim) -> Router {
    Router::new()
        .route("/sim/state", get(state))
        .route("/sim/changes", get(changes))
        .route("/sim/live", get(live::live))
        .route("/sim/messages/{channel}", get(messages))
        .route("/sim/as/{person}", post(perform))
        .route(
            "/sim/calls",
            get(async |Shared(sim): Shared<Sim>| Json(sim.calls())),
        )
        .route(
            "/sim/deliveries",
            get(async |Shared(sim): Shared<Sim>| Json(sim.deliveries())),
        )
        .route("/sim/log", get(log::rows))
        .route("/sim/log/calls/{id}", get(log::call))
        .route("/sim/log/deliveries/{id}", get(log::delivery))
        .merge(levers::routes())
        .with_state(sim.clone())
        .merge(stories::routes(sim))
}

#[derive(Deserialize)]
struct Viewer {
    r#as: Option<String>,
}

impl Viewer {
    /// Whose eyes these are; without a name the first person's.
    fn find(&self, state: &State) -> Option<String> {
        let found = match &self.r#as {
            Some(named) => state.find_user(named),
            None => state.people.first(),
        };
        found.map(|user| user.id.clone())
    }
}

async fn state(Shared(sim): Shared<Sim>, Query(viewer): Query<Viewer>) -> Response {
    let version = *sim.core().version.borrow();
    let seen = sim
        .core()
        .read(|state| snapshot::of(state, &viewer.find(state)?));
    match seen {
        Some(mut snapshot) => {
            snapshot["version"] = json!(version);
            Json(snapshot).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The messages of a channel that this person sees.
async fn messages(
    Shared(sim): Shared<Sim>,
    Path(channel): Path<String>,
    Query(viewer): Query<Viewer>,
) -> Response {
    let messages = sim.core().read(|state| {
        let person = viewer.find(state)?;
        let channel = state.channel(&channel)?;
        let seen = state.sees(&person, channel);
        seen.then(|| snapshot::messages(state, &channel.id))
    });
    match messages {
        Some(messages) => Json(messages).into_response(),
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
