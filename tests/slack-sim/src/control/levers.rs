//! Levers: the clock, Slack's condition, faults.

use std::time::Duration;

use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::faults::Fault;
use crate::levers::Positions;
use crate::sim::Sim;
use crate::sockets::Seen;

pub(super) fn routes() -> Router<Sim> {
    Router::new()
        .route("/sim/levers", get(positions).post(put))
        .route("/sim/faults", post(order_fault).delete(clear_faults))
        .route("/sim/clock", post(advance))
        .route("/sim/sockets", get(sockets).post(act_on_sockets))
}

async fn positions(Shared(sim): Shared<Sim>) -> Json<Value> {
    Json(json!({
        "positions": sim.levers().positions(),
        "faults": sim.faults().ordered(),
        "clock": { "now": sim.clock().micros() },
    }))
}

async fn put(Shared(sim): Shared<Sim>, Json(positions): Json<Positions>) -> StatusCode {
    sim.put_levers(positions);
    StatusCode::NO_CONTENT
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

async fn sockets(Shared(sim): Shared<Sim>) -> Json<Seen> {
    Json(sim.sockets().seen())
}

#[derive(Deserialize)]
struct SocketOrder {
    act: SocketAct,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum SocketAct {
    Warn,
    Refresh,
    Cut,
    HalfOpen,
    SwitchOff,
    SwitchOn,
}

async fn act_on_sockets(Shared(sim): Shared<Sim>, Json(order): Json<SocketOrder>) -> StatusCode {
    let sockets = sim.sockets();
    match order.act {
        SocketAct::Warn => sockets.warn(),
        SocketAct::Refresh => sockets.refresh(),
        SocketAct::Cut => sockets.cut(),
        SocketAct::HalfOpen => sockets.half_open(),
        SocketAct::SwitchOff => sockets.switch_off(),
        SocketAct::SwitchOn => sockets.switch_on(),
    }
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
