//! One call of a step: a fresh instance, the event in, the wishes out; beside it the same component
//! on bare wasmtime. `cargo bench -p iris --bench step`, or with names of rows behind `--`.
//!
//! All are called in turn, over and over, so that what else the machine does meets all alike.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints figures, and fails where its setting does"
)]

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use iris::{
    registry::Registry,
    step::{Call, Engine, Limits, Step, Steps},
};
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

/// Turns, and calls of each in one.
const TURNS: usize = 200;
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
    println!(
        "one call, in µs{:17}fastest    median      bare    times",
        ""
    );
    for row in &mut rows {
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

    fn print(&mut self) {
        let (fastest, median) = figures(&mut self.took);
        print!("{:30}{fastest:9.1}{median:10.1}", self.name);
        if self.bare.is_some() {
            let (_, bare) = figures(&mut self.bare_took);
            print!("{bare:10.1}{:9.2}", median / bare);
        }
        println!();
    }
}

/// The fastest and the median.
fn figures(took: &mut [Duration]) -> (f64, f64) {
    took.sort_unstable();
    let micros = |took: Duration| took.as_secs_f64() * 1e6;
    (micros(took[0]), micros(took[took.len() / 2]))
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
