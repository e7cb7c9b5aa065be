//! What operators see.

use axum::http::StatusCode;
use iris::edge::{Part, Trouble};

use crate::{bench::Bench, fixtures::named};

#[tokio::test]
async fn readiness_says_in_sentences_what_is_wrong() {
    let bench = Bench::new();
    assert_eq!(bench.get("/readyz").await.status, StatusCode::OK);
    bench.readiness.set(Part::Token, Trouble::TokenRefused);
    bench.readiness.set(Part::Store, Trouble::StoreUnavailable);
    let answer = bench.get("/readyz").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(
        answer.body,
        "The store cannot be written to.\n\
         Slack refuses the bot token: give Iris a valid SLACK_BOT_TOKEN.\n"
    );
    assert_eq!(bench.get("/healthz").await.status, StatusCode::OK);
    bench.readiness.clear(Part::Token);
    bench.readiness.clear(Part::Store);
    assert_eq!(bench.get("/readyz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn deliveries_are_counted_by_kind_and_result() {
    let bench = Bench::new();
    bench.deliver(named("command")).await;
    bench.deliver("not a form of Slack's").await;
    let figures = bench.get("/metrics").await;
    assert_eq!(figures.status, StatusCode::OK);
    for line in [
        "iris_deliveries_total{kind=\"command\",result=\"taken\"} ",
        "iris_deliveries_total{kind=\"unknown\",result=\"malformed\"} ",
    ] {
        assert!(
            figures.body.contains(line),
            "{line} is not in\n{}",
            figures.body
        );
    }
}

#[tokio::test]
async fn the_front_page_says_what_is_running() {
    let page = Bench::new().get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    for part in [env!("CARGO_PKG_VERSION"), "SQLite", "HTTP", "Ready"] {
        assert!(page.body.contains(part), "{part}");
    }
    assert!(!page.body.contains("secret"));
}
