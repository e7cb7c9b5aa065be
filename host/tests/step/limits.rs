//! What a step does wrong harms nobody but that call: faults 11 to 15 and 20.

use std::time::Duration;

use iris::step::{Fault, Outcome};
use serde_json::json;

use crate::stage::{Stage, outside, said};

/// Fault 11: stopped at its budget, and others compute meanwhile.
#[tokio::test]
async fn row_11_an_endless_loop_is_stopped_while_others_go_on() {
    let stage = Stage::new().await;
    let endless = stage.call(said(json!([{ "do": "compute-for-ever" }])));
    let others = async {
        // On the one thread of this test: each of these runs in a gap of the loop.
        for _ in 0..2 {
            stage
                .done(said(json!([{ "do": "say", "text": "I am here" }])))
                .await;
        }
        "done first"
    };
    tokio::pin!(endless);
    tokio::select! {
        biased;
        fault = &mut endless => panic!("the loop ended before the others: {fault:?}"),
        first = others => assert_eq!(first, "done first"),
    }
    assert!(matches!(endless.await, Err(Fault::OutOfTime)));
}

/// Fault 12.
#[tokio::test]
async fn row_12_memory_ends_at_its_limit() {
    let stage = Stage::new().await;
    let ended = stage.call(said(json!([{ "do": "eat" }]))).await;
    assert!(matches!(ended, Err(Fault::OutOfMemory)), "{ended:?}");
}

/// Fault 13.
#[tokio::test]
async fn row_13_a_flood_of_wishes_ends_the_call() {
    let stage = Stage::new().await;
    let flood = |times: u32, bytes: usize| {
        stage.call(said(
            json!([{ "do": "flood", "times": times, "bytes": bytes }]),
        ))
    };
    assert!(matches!(flood(200, 1).await, Ok(Outcome::Done(_))));
    assert!(matches!(flood(201, 1).await, Err(Fault::TooMuch)));
    assert!(matches!(flood(1_000_000, 1).await, Err(Fault::TooMuch)));
    // 4,000 characters are one message's limit: refused, not fatal, and nothing is kept.
    assert_eq!(
        stage
            .came_to(said(json!([{ "do": "flood", "times": 9, "bytes": 4_001 }])))
            .await,
        [json!("too-long")]
    );
    let upload = json!({ "do": "upload", "name": "a", "filename": "a.md", "bytes": 1 << 20 });
    let twice = stage.call(said(json!([upload, upload]))).await;
    assert!(matches!(twice, Err(Fault::TooMuch)), "{twice:?}");
}

/// Fault 13: what a step hands over is bounded before the host takes it.
#[tokio::test]
async fn one_argument_is_bounded() {
    let stage = Stage::new().await;
    let ended = stage
        .call(said(json!([{ "do": "shout", "bytes": 5 << 20 }])))
        .await;
    assert!(matches!(ended, Err(Fault::Trapped { .. })), "{ended:?}");
}

/// Fault 14: what the step said last is kept for the operator.
#[tokio::test]
async fn row_14_a_trap_keeps_what_was_said() {
    let stage = Stage::new().await;
    let acts = json!([{ "do": "say", "text": "lost" }, { "do": "panic", "why": "no such todo" }]);
    let fault = stage.call(said(acts)).await.unwrap_err();
    assert!(matches!(fault, Fault::Trapped { .. }));
    assert!(fault.to_string().contains("no such todo"), "{fault}");

    let Err(Fault::Trapped { why, .. }) = stage.call(said(json!([{ "do": "exit" }]))).await else {
        panic!()
    };
    assert!(why.contains("code"), "{why}");
}

/// A step that writes without end is not ended by it.
#[tokio::test]
async fn standard_error_is_bounded() {
    let stage = Stage::new().await;
    let line = json!({ "do": "log", "line": "x".repeat(9_000) });
    let acts = json!([line, line, line, line, { "do": "panic", "why": "the end" }]);
    let Err(Fault::Trapped { stderr, .. }) = stage.call(said(acts)).await else {
        panic!()
    };
    assert!(stderr.len() <= 16 << 10);
}

/// There is no world outside, no time passes, and the dice fall as they did.
#[tokio::test]
async fn the_same_in_is_the_same_out() {
    let stage = Stage::new().await;
    let acts = json!([{ "do": "sleep" }, { "do": "look-around" }]);
    let began = tokio::time::Instant::now();
    let first = stage.came_to(said(acts.clone())).await;
    assert!(
        began.elapsed() < Duration::from_mins(1),
        "an hour's sleep is over at once"
    );
    assert_eq!(first[0]["slept"], 0);
    assert_eq!(first[0]["now"], 1_795_410_000);
    let nothing = json!({ "files": false, "environment": 0, "arguments": 0, "socket": false });
    assert_eq!(first[1], nothing);
    assert_eq!(stage.came_to(said(acts)).await, first);
}

#[tokio::test]
async fn a_call_ends_by_the_steps_own_will() {
    let stage = Stage::new().await;
    let refused = stage
        .call(said(
            json!([{ "do": "refuse", "sentence": "Not in a drill." }]),
        ))
        .await;
    assert_eq!(
        refused.unwrap(),
        Outcome::Refused("Not in a drill.".to_owned())
    );
    let bug = stage
        .call(said(json!([{ "do": "bug", "why": "é".repeat(9_000) }])))
        .await;
    let Ok(Outcome::Bug(why)) = bug else { panic!() };
    assert_eq!(why.len(), 8 << 10);
    // Outside of a form there are no fields.
    let fields = json!([{ "do": "fields", "field": "due", "sentence": "It has passed." }]);
    assert!(matches!(
        stage.call(said(fields)).await,
        Ok(Outcome::Bug(_))
    ));
}

/// Fault 20, and what an event without an incident has not.
#[tokio::test]
async fn row_20_nothing_of_an_incident_outside_of_one() {
    let stage = Stage::new().await;
    stage.declared().await;
    let acts = json!([
        { "do": "title", "title": "Another" },
        { "do": "topic", "text": "Another" },
        { "do": "post", "name": "a", "text": "Another" },
        { "do": "put", "scope": "incident", "key": "a", "value": "1" },
        { "do": "timer", "name": "a", "after": 60 },
        { "do": "get", "scope": "incident", "key": "a" },
        { "do": "entries", "after": 0, "limit": 10 },
    ]);
    let none = json!("RefusalKind::NotNow no-incident");
    let came = stage.came_to(outside(said(acts))).await;
    assert_eq!(came[..5], vec![none; 5]);
    assert_eq!(came[5..], [json!(null), json!("[]")]);
}
