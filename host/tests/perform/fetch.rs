//! Requests of steps to other services (fault 42), against a service of this test.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State as With,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect},
    routing::any,
};
use iris::{
    effect::{Act, Effect, Request, State},
    event::{Outcome, What},
    perform::{PerformSettings, Secrets},
};
use slack_sim::Settings;

use super::world::{World, effect};

/// What reached the service.
type Heard = Arc<Mutex<Vec<(HeaderMap, Bytes)>>>;

async fn service() -> (String, Heard) {
    let heard = Heard::default();
    let echo = async |With(heard): With<Heard>, headers: HeaderMap, body: Bytes| {
        heard.lock().expect("a lock").push((headers, body));
        (StatusCode::CREATED, [("x-answer", "yes")], "made")
    };
    // Hears the request, then never answers.
    let silent = async |With(heard): With<Heard>, headers: HeaderMap, body: Bytes| {
        heard.lock().expect("a lock").push((headers, body));
        std::future::pending::<()>().await;
    };
    let router = Router::new()
        .route("/echo", any(echo))
        .route("/silent", any(silent))
        .route(
            "/away",
            any(async || Redirect::temporary("/echo").into_response()),
        )
        .route("/large", any(async || vec![b'x'; 300 * 1024]))
        .with_state(heard.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    #[expect(clippy::disallowed_methods, reason = "ends with the test")]
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, heard)
}

async fn world(inside: bool) -> World {
    let patience = PerformSettings {
        fetch_inside: inside,
        attempts: 2,
        ..PerformSettings::default()
    };
    let secrets = Secrets::from([("KEY".to_owned(), "hunter2".into())]);
    World::fetching(Settings::default(), patience, secrets).await
}

fn fetch(key: &str, url: &str, repeatable: bool) -> Effect {
    let request = Request {
        method: "POST".into(),
        url: url.into(),
        headers: vec![("Authorization".into(), "Bearer {secret:KEY}".into())],
        body: Some(b"{}".to_vec()),
        timeout_seconds: 1,
    };
    effect(
        key,
        "http.fetch",
        Act::Fetch {
            key: key.into(),
            request,
            repeatable,
        },
    )
}

fn outcome(world: &mut World) -> Option<Outcome> {
    world.told().into_iter().find_map(|event| {
        let What::Answered { outcome, .. } = event.what else {
            return None;
        };
        Some(outcome)
    })
}

#[tokio::test]
async fn the_answer_goes_back_to_the_step() {
    let (address, heard) = service().await;
    let mut world = world(true).await;
    world
        .plan(&[fetch("f", &format!("{address}/echo"), false)])
        .await;
    let Some(Outcome::Http {
        status,
        headers,
        body,
    }) = outcome(&mut world)
    else {
        panic!()
    };
    assert_eq!((status, body.as_slice()), (201, b"made".as_slice()));
    assert!(headers.contains(&("x-answer".to_owned(), "yes".to_owned())));
    let (headers, body) = heard.lock().unwrap().remove(0);
    assert_eq!(headers["authorization"], "Bearer hunter2");
    assert_eq!(headers["idempotency-key"], "f");
    assert_eq!(body, "{}");
    let kept = serde_json::to_string(&world.effect("f").await).unwrap();
    assert!(!kept.contains("hunter2"));
}

#[tokio::test]
async fn row_42_redirects_are_not_followed_and_answers_are_bounded() {
    let (address, heard) = service().await;
    let mut world = world(true).await;
    world
        .plan(&[fetch("away", &format!("{address}/away"), false)])
        .await;
    assert!(matches!(
        outcome(&mut world),
        Some(Outcome::Http { status: 307, .. })
    ));
    world
        .plan(&[fetch("large", &format!("{address}/large"), false)])
        .await;
    assert!(matches!(outcome(&mut world), Some(Outcome::Failed(why)) if why.code == "too-large"));
    assert!(heard.lock().unwrap().is_empty());
}

#[tokio::test]
async fn silence_is_repeated_only_where_it_may_be() {
    let (address, heard) = service().await;
    let mut world = world(true).await;
    world
        .plan(&[fetch("once", &format!("{address}/silent"), false)])
        .await;
    world.wait(10).await;
    assert!(matches!(world.state("once").await, State::Parked { .. }));
    assert_eq!(heard.lock().unwrap().len(), 1);
    assert_eq!(outcome(&mut world), None);

    world
        .plan(&[fetch("often", &format!("{address}/silent"), true)])
        .await;
    world.wait(20).await;
    assert!(matches!(outcome(&mut world), Some(Outcome::Failed(why)) if why.code == "given-up"));
    let heard = heard.lock().unwrap();
    assert_eq!(heard.len(), 3);
    assert_eq!(heard[1].0["idempotency-key"], heard[2].0["idempotency-key"]);
}

#[tokio::test]
async fn row_42_an_address_inside_is_refused() {
    let mut world = world(false).await;
    for url in [
        "https://127.0.0.1/",
        "https://localhost/",
        "http://example.com/",
    ] {
        world.plan(&[fetch(url, url, true)]).await;
        assert_eq!(world.refusal(url).await.as_deref(), Some("not-allowed"));
        assert!(
            matches!(outcome(&mut world), Some(Outcome::Failed(why)) if why.code == "not-allowed")
        );
    }
}
