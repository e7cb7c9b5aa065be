//! What a collector of traces is sent: from a delivery through the steps to each effect.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{Json, Router, routing::post};
use iris::traces;
use iris_tests::{Team, World};
use serde_json::Value;
use slack_sim::story::parse;
use tokio::{net::TcpListener, task::spawn_blocking};

const STORY: &str = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits
> @ken #room: /incident todo Call the bank";

/// A collector that keeps what it is sent; its address.
async fn collector() -> (String, Arc<Mutex<Vec<Value>>>) {
    let sent = Arc::new(Mutex::new(vec![]));
    let kept = sent.clone();
    let take = move |Json(body): Json<Value>| {
        kept.lock().unwrap().push(body);
        async { Json(serde_json::json!({})) }
    };
    let router = Router::new().route("/v1/traces", post(take));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    #[expect(clippy::disallowed_methods, reason = "ends with the test")]
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, sent)
}

/// All spans, by their ids.
fn spans(sent: &[Value]) -> BTreeMap<String, Value> {
    let mut spans = BTreeMap::new();
    for body in sent {
        for resource in body["resourceSpans"].as_array().unwrap() {
            for scope in resource["scopeSpans"].as_array().unwrap() {
                for span in scope["spans"].as_array().unwrap() {
                    let id = span["spanId"].as_str().unwrap().to_owned();
                    assert!(spans.insert(id, span.clone()).is_none(), "twice: {span}");
                }
            }
        }
    }
    spans
}

/// From a span up to what began it all.
fn way<'a>(spans: &'a BTreeMap<String, Value>, span: &'a Value) -> Vec<&'a str> {
    let mut way = vec![span["name"].as_str().unwrap()];
    let mut here = span;
    while let Some(parent) = here["parentSpanId"].as_str().filter(|id| !id.is_empty()) {
        let above = &spans[parent];
        assert_eq!(above["traceId"], span["traceId"], "one trace");
        way.push(above["name"].as_str().unwrap());
        here = above;
    }
    way
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trace_leads_from_the_delivery_to_each_effect() {
    let (address, sent) = collector().await;
    let url = address.parse().unwrap();
    spawn_blocking(move || traces::start(&url))
        .await
        .unwrap()
        .unwrap();
    let world = World::start(Team::English).await.unwrap();
    let mut player = world.player();
    for line in parse(STORY).unwrap() {
        player.play(&line).await.unwrap();
    }
    drop(player);
    world.stop().await;
    spawn_blocking(traces::stop).await.unwrap();

    let sent = sent.lock().unwrap().clone();
    let service = &sent[0]["resourceSpans"][0]["resource"]["attributes"];
    assert!(service.to_string().contains("iris"), "{service}");
    let spans = spans(&sent);
    let ways: Vec<_> = spans.values().map(|span| way(&spans, span)).collect();
    for wanted in [
        // The form that was sent declares; that is told to the step, which makes the room.
        &["step war-room", "declared", "submitted"] as &[_],
        &["conversations.create", "declared", "submitted"],
        // What came of it is told in its turn.
        &[
            "room-opened",
            "conversations.create",
            "declared",
            "submitted",
        ],
        &["step todo", "command"],
        &["chat.postMessage", "command"],
    ] {
        assert!(
            ways.iter().any(|way| way == wanted),
            "{wanted:?}: {ways:#?}"
        );
    }
}
