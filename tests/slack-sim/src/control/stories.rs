//! Stories on the page: what is done by hand is written down; a story is played act by act.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::sim::Sim;
use crate::story::{Line, Player, Settle, Stuck, parse};

/// Nothing moved for so long: what an act set off has come to rest.
const CALM: Duration = Duration::from_millis(300);
/// So often is that waited for at most, and so often does a person look for what is not there yet.
const LOOKS: u32 = 40;

#[derive(Clone)]
struct Stage {
    sim: Sim,
    play: Arc<Mutex<Option<Play>>>,
}

/// A story that was loaded, and how far it was played.
struct Play {
    lines: Vec<Line>,
    at: usize,
    player: Player<'static>,
}

pub(super) fn routes(sim: Sim) -> Router {
    Router::new()
        .route("/sim/recording", get(recording).post(record))
        .route("/sim/story", post(load))
        .route("/sim/story/step", post(step))
        .with_state(Stage {
            sim,
            play: Arc::default(),
        })
}

async fn recording(Shared(stage): Shared<Stage>) -> Json<Value> {
    let text = stage.sim.recorded();
    Json(json!({ "on": text.is_some(), "text": text }))
}

#[derive(Deserialize)]
struct Record {
    on: bool,
}

async fn record(Shared(stage): Shared<Stage>, Json(record): Json<Record>) -> StatusCode {
    if record.on {
        stage.sim.record();
    } else {
        stage.sim.stop_recording();
    }
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Load {
    text: String,
}

async fn load(Shared(stage): Shared<Stage>, Json(load): Json<Load>) -> Response {
    let lines = match parse(&load.text) {
        Ok(lines) => lines,
        Err(malformed) => return refused(&malformed.to_string()),
    };
    let shown: Vec<Value> = lines
        .iter()
        .zip(load.text.lines())
        .map(|(line, text)| json!({ "text": text, "kind": kind(line) }))
        .collect();
    let Ok(mut play) = stage.play.try_lock() else {
        return refused("a story is being played");
    };
    let at = next(&lines, 0);
    let player = Player::new(&stage.sim, settle(stage.sim.clone()));
    *play = Some(Play { lines, at, player });
    Json(json!({ "lines": shown, "at": at })).into_response()
}

/// Plays the next act; says how far the story is then, and what kept the person from it.
async fn step(Shared(stage): Shared<Stage>) -> Response {
    let Ok(mut play) = stage.play.try_lock() else {
        return refused("a story is being played");
    };
    let Some(play) = play.as_mut() else {
        return refused("no story was loaded");
    };
    let Some(line) = play.lines.get(play.at) else {
        return Json(json!({ "at": play.at })).into_response();
    };
    match patiently(&mut play.player, line).await {
        Ok(()) => {
            play.at = next(&play.lines, play.at + 1);
            Json(json!({ "at": play.at })).into_response()
        }
        Err(stuck) => Json(json!({ "at": play.at, "stuck": stuck.to_string() })).into_response(),
    }
}

async fn patiently(player: &mut Player<'static>, line: &Line) -> Result<(), Stuck> {
    for _ in 0..LOOKS {
        match player.play(line).await {
            Err(Stuck::Unseen { .. }) => tokio::time::sleep(CALM).await,
            played => return played.map(drop),
        }
    }
    player.play(line).await.map(drop)
}

/// The first line from `at` on at which something is done.
fn next(lines: &[Line], at: usize) -> usize {
    let rest = lines.iter().skip(at);
    at + rest
        .take_while(|line| matches!(line, Line::Note(_) | Line::See(_)))
        .count()
}

fn kind(line: &Line) -> &'static str {
    match line {
        Line::Note(_) => "note",
        Line::Act(_) => "act",
        Line::Pass(_) => "pass",
        Line::See(_) => "see",
    }
}

/// The app is a program of its own: it is at rest when nothing has gone over the wire for a while.
fn settle(sim: Sim) -> Settle<'static> {
    Box::new(move |passed| {
        let sim = sim.clone();
        Box::pin(async move {
            if let Some(time) = passed {
                sim.advance(time);
            }
            for _ in 0..LOOKS {
                let before = moved(&sim);
                sim.quiet().await;
                tokio::time::sleep(CALM).await;
                if moved(&sim) == before {
                    return;
                }
            }
        })
    })
}

fn moved(sim: &Sim) -> (usize, usize) {
    (sim.call_count(), sim.deliveries().len())
}

fn refused(why: &str) -> Response {
    (StatusCode::CONFLICT, Json(json!({ "refused": why }))).into_response()
}
