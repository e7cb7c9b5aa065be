//! The Web API: `/api/<method>`, with Slack's order of refusals.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, RawQuery, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use serde_json::{Value, json};

use crate::core::Core;
use crate::faults::Fault;
use crate::net::Wire;
use crate::state::State;

mod apps;
mod args;
mod auth;
mod bookmarks;
mod canvases;
mod chat;
mod content;
mod conversations;
mod files;
mod fault;
mod methods;
mod multipart;
mod oauth;
mod paging;
mod pins;
mod reactions;
pub(crate) mod record;
mod refusal;
mod response_url;
mod upload;
mod usergroups;
mod users;
mod views;

pub(crate) use content::Content;
pub(crate) use conversations::name::channel_name;
pub use methods::allowance;
pub(crate) use refusal::Refusal;
pub(crate) use views::refuse_bad_view;

use args::Args;
use methods::Token;
use record::Arrived;
use refusal::Answer;

pub(crate) fn routes() -> Router<Arc<Core>> {
    Router::new()
        .route("/api/{method}", any(serve))
        .route("/response/{key}", any(response_url::serve))
        .route("/upload/v1/{id}", any(upload::upload))
        .route("/files/{id}/{name}", axum::routing::get(upload::download))
        .layer(DefaultBodyLimit::max(16 * 1024 * 1024))
}

/// What a method works on.
struct Call<'a> {
    state: &'a mut State,
    args: &'a Args,
}

/// What the wire carries back.
#[derive(Clone)]
struct Reply {
    status: StatusCode,
    retry_after: Option<u64>,
    body: Value,
}

async fn serve(
    Shared(core): Shared<Arc<Core>>,
    Path(method): Path<String>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let arrived = Arrived::now(core.clock.micros(), &headers);
    let door = core.clone();
    let body = match body {
        Ok(body) => body,
        Err(rejection) => {
            core.calls
                .push(arrived, &method, BTreeMap::new(), None, None);
            return rejection.into_response();
        }
    };
    let args = Args::read(
        methods::takes_json(&method),
        query.as_deref(),
        &headers,
        &body,
    );
    let core = oauth::workspace_of(&door, &args);
    let fault = fault::meet(&core, &method).await;
    let applies = fault.as_ref().is_none_or(Fault::applies);
    let reply = applies.then(|| answer(&core, &method, &args));
    let recorded = args.recorded();
    if fault == Some(Fault::ApplyLate) {
        let late = Arc::downgrade(&core);
        let method = method.clone();
        core.faults.hold(Box::new(move || {
            if let Some(core) = late.upgrade() {
                answer(&core, &method, &args);
            }
        }));
    }
    let released = (fault == Some(Fault::AnswerLate)).then(|| core.faults.released());
    core.calls
        .push(arrived, &method, recorded, reply.as_ref(), fault.clone());
    if let Some(released) = released {
        released.await;
    }
    fault::play(&core, fault, reply, &wire).await
}

/// Slack's code for why this token does not open a method that takes the other kind, or none at all.
fn may_call(core: &Core, takes: Token, given: &str) -> Result<(), &'static str> {
    let now = core.clock.seconds();
    let bots = core.read(|state| state.access.check(given, now));
    match takes {
        Token::None => Ok(()),
        Token::Bot if given == core.settings.app_token => Err("not_allowed_token_type"),
        Token::Bot => bots,
        Token::App if given == core.settings.app_token => Ok(()),
        Token::App => Err(bots.map_or("invalid_auth", |()| "not_allowed_token_type")),
    }
}

/// Does what the call asks and says what Slack would answer.
fn answer(core: &Arc<Core>, name: &str, args: &Args) -> Reply {
    let refused = |refusal: Refusal| Reply::ok(refusal.into_json());
    if name == oauth::ACCESS {
        return Reply::ok(oauth::access(core, args).unwrap_or_else(Refusal::into_json));
    }
    let Some(method) = methods::find(name) else {
        return refused(Refusal::new("unknown_method").with("req_method", json!(name)));
    };
    if method.token != Token::None {
        match args.token() {
            None if args.readable().is_err() => {}
            None => return refused("not_authed".into()),
            Some(token) => {
                if let Err(code) = may_call(core, method.token, token) {
                    return refused(code.into());
                }
                // What is about the token itself is no workspace's.
                if !name.starts_with("auth.") && !oauth::reaches(core, args) {
                    return refused("team_access_not_granted".into());
                }
            }
        }
    }
    if let Err(refusal) = args.readable() {
        return refused(refusal);
    }
    if core.levers.positions().rate_limits {
        let channel = args.get("channel").unwrap_or_default();
        let now = core.clock.micros();
        if let Err(seconds) = core.limits.take(method.name, method.tier, channel, now) {
            return Reply::rate_limited(seconds);
        }
    }
    let has = |scope: &&str| core.settings.scopes.iter().any(|has| has == scope);
    if !method.scopes.is_empty() && !method.scopes.iter().any(has) {
        return refused(
            Refusal::new("missing_scope")
                .with("needed", json!(method.scopes.join(",")))
                .with("provided", json!(core.settings.scopes.join(","))),
        );
    }
    match core.change(|state| (method.run)(&mut Call { state, args })) {
        Ok(mut body) => {
            if name == auth::REVOKE && body["revoked"] == true {
                core.revoke(args.token().unwrap_or_default());
            }
            body["ok"] = json!(true);
            Reply::ok(body)
        }
        Err(refusal) => refused(refusal),
    }
}

impl Reply {
    fn ok(body: Value) -> Self {
        Self {
            status: StatusCode::OK,
            retry_after: None,
            body,
        }
    }

    fn rate_limited(seconds: u64) -> Self {
        Self {
            status: StatusCode::TOO_MANY_REQUESTS,
            retry_after: Some(seconds),
            body: json!({ "ok": false, "error": "ratelimited" }),
        }
    }

    fn written(self, core: &Core) -> Response {
        let mut response = Response::builder()
            .status(self.status)
            .header("content-type", "application/json; charset=utf-8")
            .header("x-oauth-scopes", core.settings.scopes.join(","));
        if let Some(seconds) = self.retry_after {
            response = response.header("retry-after", seconds);
        }
        response
            .body(self.body.to_string().into())
            .expect("all headers are plain text")
    }
}
