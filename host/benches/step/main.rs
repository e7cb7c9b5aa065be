//! One call of a step: a fresh instance, the event in, the wishes out; beside it the same component
//! on bare wasmtime. `cargo bench -p iris --bench step`, or with names of rows behind `--`.
//!
//! All are called in turn, over and over, so that what else the machine does meets all alike.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark fails where its setting does"
)]

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use iris::{
    registry::Registry,
    step::{Call, Engine, Limits, Step, Steps},
};
use iris_measure::{Goal, Measure, median};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

mod bare;
#[path = "../../tests/step/stage.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod stage;

use bare::Bare;
use stage::{Stage, about, said};

const STEPS: [&str; 6] = [
    "war-room", "invite", "guide", "todo", "timeline", "feedback",
];

/// Turns, turns of a run, and calls of each step in a turn.
const TURNS: usize = 200;
const RUN: usize = 20;
const CALLS: usize = 10;

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let turns = if std::env::args().any(|arg| arg == "--bench") {
        TURNS
    } else {
        1
    };
    let runtime = runtime();
    let stage = runtime.block_on(Stage::new());
    let steps = runtime.block_on(async {
        let engine = Engine::new(Limits::default()).unwrap();
        let registry = Registry::new("none".into(), 0);
        Steps::start(engine, stage::cache(), registry, "none".into())
            .await
            .unwrap()
    });
    let mut rows = vec![
        Row::new("nothing", stage.step.clone(), said(json!([])), None),
        Row::new(
            "six messages",
            stage.step.clone(),
            said(six_messages()),
            None,
        ),
    ];
    rows.extend(STEPS.map(|name| declared(steps.get(name).unwrap())));
    let wanted: Vec<_> = std::env::args().skip(1).collect();
    let wanted: Vec<_> = wanted.iter().filter(|arg| !arg.starts_with('-')).collect();
    rows.retain(|row| wanted.is_empty() || wanted.iter().any(|name| row.name.starts_with(*name)));
    // The first call of each makes what later ones reuse.
    for turn in 0..=turns {
        for row in &mut rows {
            row.turn(&runtime, &stage, turn > 0);
        }
    }
    for row in &rows {
        row.print();
    }
}

/// What is measured.
struct Row {
    name: String,
    step: Arc<Step>,
    call: Call,
    bare: Option<Bare>,
    took: Vec<Duration>,
    bare_took: Vec<Duration>,
}

impl Row {
    fn new(name: &str, step: Arc<Step>, call: Call, bare: Option<Bare>) -> Self {
        Self {
            name: name.to_owned(),
            step,
            call,
            bare,
            took: vec![],
            bare_took: vec![],
        }
    }

    fn turn(&mut self, runtime: &Runtime, stage: &Stage, counts: bool) {
        for _ in 0..CALLS {
            let (call, store) = (self.call.clone(), stage.store.clone());
            let start = Instant::now();
            runtime.block_on(self.step.call(call, store)).unwrap();
            let took = start.elapsed();
            if counts {
                self.took.push(took);
            }
        }
        for bare in self.bare.iter().flat_map(|bare| [bare; CALLS]) {
            let start = Instant::now();
            bare.declared();
            let took = start.elapsed();
            if counts {
                self.bare_took.push(took);
            }
        }
    }

    fn print(&self) {
        let what = format!("a step is called: {}", self.name);
        let row = Measure::new(what, "µs").iris(&runs(&self.took));
        if self.bare.is_none() {
            return row.print();
        }
        let row = row.beside("bare wasmtime", &runs(&self.bare_took));
        row.goal(Goal::TimesAtMost(1.5)).print();
    }
}

/// The median of each run, which is many turns.
fn runs(took: &[Duration]) -> Vec<f64> {
    let micros: Vec<f64> = took.iter().map(|took| took.as_secs_f64() * 1e6).collect();
    micros.chunks(RUN * CALLS).filter_map(median).collect()
}

/// What a standard step does when an incident is declared.
fn declared(step: Arc<Step>) -> Row {
    use iris::event::{Declared, What};
    let mut call = about(What::Declared(Declared { answers: [].into() }), json!([]));
    call.config = step.settings().check(&json!({})).unwrap();
    Arc::make_mut(call.facts.incident.as_mut().unwrap()).room = None;
    call.facts.messages = Arc::default();
    let name = step.name().to_string();
    let wasm = std::fs::read(stage::built(&format!(
        "iris_{}.wasm",
        name.replace('-', "_")
    )))
    .unwrap();
    let bare = Bare::new(&wasm, &call.config);
    Row::new(&format!("{name}, declared"), step, call, Some(bare))
}

/// Six messages with 3 KB of blocks each.
fn six_messages() -> Value {
    let text = "x".repeat(2_900);
    let section = json!({ "type": "section", "text": { "type": "mrkdwn", "text": text } });
    let button = json!({ "type": "button", "action_id": "done", "value": "1" });
    let blocks = json!([section, { "type": "actions", "elements": [button] }]).to_string();
    let post = json!({ "do": "say", "text": "Todo", "blocks": blocks });
    Value::Array(vec![post; 6])
}

/// One thread, as each call runs on one.
fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}
