//! The front page: what is running here, for people.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Html;
use maud::{DOCTYPE, html};

use super::EdgeDeps;

/// What the front page tells, besides the version. Never a secret, never an address.
#[derive(Clone, Debug)]
pub struct About {
    /// What keeps the data, such as `SQLite`.
    pub store: &'static str,
    /// How Slack reaches Iris, such as `HTTP`.
    pub transport: &'static str,
}

pub(super) async fn page(State(deps): State<Arc<EdgeDeps>>) -> Html<String> {
    let troubles = deps.readiness.troubles();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Iris" }
                style { (STYLE) }
            }
            body {
                h1 { "Iris" }
                p { "Incident response in Slack. In any channel: " code { "/incident" } }
                dl {
                    dt { "Version" } dd { (env!("CARGO_PKG_VERSION")) }
                    dt { "Slack" } dd { (deps.about.transport) }
                    dt { "Store" } dd { (deps.about.store) }
                    dt { "State" }
                    @if troubles.is_empty() {
                        dd { "Ready" }
                    } @else {
                        @for trouble in troubles { dd { (trouble.sentence()) } }
                    }
                }
                p {
                    a href="/readyz" { "readyz" } " · "
                    a href="/healthz" { "healthz" } " · "
                    a href="/metrics" { "metrics" }
                }
            }
        }
    };
    Html(page.into_string())
}

pub(super) const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;\
    padding:0 1rem;color:#1d1c1d;background:#fff}dt{font-weight:600}dd{margin:0 0 .5rem}\
    a{color:#3b2e7e}";
