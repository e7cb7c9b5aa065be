//! One call of a step: a fresh instance, the event in, the wishes out. `cargo bench -p iris --bench
//! step`; the guest is the one of the tests.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark fails where its setting does"
)]

use std::sync::Arc;

use divan::Bencher;
use iris::step::{Call, Steps};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

#[path = "../tests/step/stage.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod stage;

use stage::{Stage, about, said};

fn main() {
    divan::main();
}

/// The least a call can cost: it reads its settings and writes one value.
#[divan::bench]
fn nothing(bencher: Bencher<'_, '_>) {
    told(bencher, json!([]));
}

/// Six messages with 3 KB of blocks each.
#[divan::bench]
fn six_messages(bencher: Bencher<'_, '_>) {
    let text = "x".repeat(2_900);
    let section = json!({ "type": "section", "text": { "type": "mrkdwn", "text": text } });
    let button = json!({ "type": "button", "action_id": "done", "value": "1" });
    let blocks = json!([section, { "type": "actions", "elements": [button] }]).to_string();
    let post = json!({ "do": "say", "text": "Todo", "blocks": blocks });
    told(bencher, Value::Array(vec![post; 6]));
}

/// What each standard step does when an incident is declared.
#[divan::bench(args = ["war-room", "invite", "guide", "todo", "timeline", "feedback"])]
fn declared(bencher: Bencher<'_, '_>, name: &str) {
    use iris::event::{Declared, What};
    let runtime = runtime();
    let (stage, step) = runtime.block_on(async {
        let stage = Stage::new().await;
        let engine = iris::step::Engine::new(iris::step::Limits::default()).unwrap();
        let steps = Steps::start(engine, stage::cache(), "none".into())
            .await
            .unwrap();
        (stage, steps.get(name).unwrap())
    });
    let mut call = about(What::Declared(Declared { answers: [].into() }), json!([]));
    call.config = step.settings().check(&json!({})).unwrap();
    Arc::make_mut(call.facts.incident.as_mut().unwrap()).room = None;
    let call = || call.clone();
    bencher.with_inputs(call).bench_values(|call| {
        runtime
            .block_on(step.call(call, stage.store.clone()))
            .unwrap()
    });
}

fn told(bencher: Bencher<'_, '_>, acts: Value) {
    let runtime = runtime();
    let stage = runtime.block_on(Stage::new());
    let call: Call = said(acts);
    bencher
        .with_inputs(|| call.clone())
        .bench_values(|call| runtime.block_on(stage.call(call)).unwrap());
}

/// One thread, as each call runs on one.
fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}
