//! The page on which people work in this workspace; its files are part of the program.

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "page/"]
struct Files;

pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/", get(async || file("index.html")))
        .route(
            "/page/{*name}",
            get(async |Path(name): Path<String>| file(&name)),
        )
        .route(
            "/{name}",
            get(async |Path(name): Path<String>| embedded(&name)),
        )
}

/// The page asks whoever embeds the workspace for levers of theirs at `/demo`. Alone it has none,
/// which is no mistake.
fn embedded(name: &str) -> StatusCode {
    if name == "demo" {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::NOT_FOUND
    }
}

fn file(name: &str) -> Response {
    let Some(found) = Files::get(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some(_) | None => "application/octet-stream",
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-cache"),
        // Messages are people's words: nothing in them may run.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'self'; img-src * data:; base-uri 'none'; form-action 'none'",
        ),
    ];
    (headers, found.data.into_owned()).into_response()
}
