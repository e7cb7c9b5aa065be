//! What the page finds in the demo only: Iris's life, its language, its stories.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use rust_embed::Embed;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{iris::Iris, team::Language};

#[derive(Embed)]
#[folder = "../tests/stories/"]
struct Stories;

/// | route | does |
/// | --- | --- |
/// | `GET /demo` | how Iris is, its language, the stories there are |
/// | `POST /demo/iris` | `{"running":false}` kills it, `{"running":true}` starts it again |
/// | `POST /demo/language` | `{"language":"ja"}` |
/// | `GET /demo/stories/drill.txt` | a story |
pub(super) fn routes(iris: Iris) -> Router {
    Router::new()
        .route("/demo", get(about))
        .route("/demo/iris", post(run))
        .route("/demo/language", post(speak))
        .route("/demo/stories/{name}", get(story))
        .with_state(iris)
}

async fn about(State(iris): State<Iris>) -> Json<Value> {
    let stories: Vec<_> = Stories::iter().collect();
    Json(json!({
        "iris": iris.life(),
        "language": iris.language(),
        "stories": stories,
    }))
}

#[derive(Deserialize)]
struct Run {
    running: bool,
}

async fn run(State(iris): State<Iris>, Json(run): Json<Run>) -> Response {
    if !run.running {
        iris.kill();
        return Json(iris.life()).into_response();
    }
    match iris.start().await {
        Ok(()) => Json(iris.life()).into_response(),
        Err(error) => refused(&format!("Iris does not start: {error:#}")),
    }
}

#[derive(Deserialize)]
struct Speak {
    language: Language,
}

async fn speak(State(iris): State<Iris>, Json(speak): Json<Speak>) -> Response {
    match iris.speak(speak.language) {
        Ok(()) => Json(speak.language).into_response(),
        Err(error) => refused(&format!("the team's file cannot be written: {error}")),
    }
}

async fn story(Path(name): Path<String>) -> Response {
    match Stories::get(&name) {
        Some(story) => story.data.into_owned().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The page shows it to the person at its levers.
fn refused(why: &str) -> Response {
    (StatusCode::CONFLICT, Json(json!({ "refused": why }))).into_response()
}
