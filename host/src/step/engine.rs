//! The engine that all steps share: what a step may use of WebAssembly, how calls are interrupted,
//! and which functions it can import.

use std::{
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::JoinHandle,
    time::Duration,
};

use wasmtime::{
    Config, Enabled, PoolingAllocationConfig, Store, UpdateDeadline,
    component::{HasSelf, Linker},
};

use super::{
    bindings,
    limits::Limits,
    running::{Running, Stop},
    sandbox,
    turns::{Turn, Turns},
};
use crate::ids::TeamId;

/// How often a computing step lets others compute.
const TICK: Duration = Duration::from_millis(10);

/// Core instances, memories and tables of one component. Python needs most: about 200 instances.
const PARTS: u32 = 256;

/// The engine could not be made: the machine or the build is at fault, not a step.
#[derive(Debug, thiserror::Error)]
#[error("the engine for steps cannot start: {0:#}")]
pub struct EngineError(wasmtime::Error);

/// Runs steps.
pub struct Engine {
    pub(super) wasm: wasmtime::Engine,
    pub(super) linker: Linker<Running>,
    pub(super) limits: Limits,
    turns: Turns,
    _ticker: Ticker,
}

impl Engine {
    /// Falls back from pooled to plain memory where the machine has too little address space.
    pub fn new(limits: Limits) -> Result<Arc<Self>, EngineError> {
        let mut config = config();
        config.allocation_strategy(pool(&limits));
        let wasm = wasmtime::Engine::new(&config)
            .or_else(|error| {
                tracing::warn!(%error, "Steps run without a pool of memory, which is slower");
                wasmtime::Engine::new(&self::config())
            })
            .map_err(EngineError)?;
        let linker = linker(&wasm).map_err(EngineError)?;
        let ticker = Ticker::start(wasm.clone()).map_err(|e| EngineError(e.into()))?;
        let turns = Turns::new(limits.calls);
        Ok(Arc::new(Self {
            wasm,
            linker,
            limits,
            turns,
            _ticker: ticker,
        }))
    }

    /// Waits until fewer calls than allowed run, of this team and in all.
    pub(super) async fn turn(&self, team: &TeamId) -> Turn<'_> {
        self.turns.take(team).await
    }

    /// A fresh store: nothing of an earlier call is in it.
    pub(super) fn store(&self, running: Running, turn: &Turn<'_>) -> Store<Running> {
        let mut store = Store::new(&self.wasm, running);
        store.limiter(|running| &mut running.memory);
        store.set_hostcall_fuel(self.limits.argument);
        store.set_epoch_deadline(1);
        let mut left = self.limits.time.as_millis() / TICK.as_millis();
        let slices = turn.slices();
        store.epoch_deadline_callback(move |_| {
            left = left.checked_sub(1).ok_or(Stop::OutOfTime)?;
            Ok(UpdateDeadline::YieldCustom(
                1,
                Box::pin(slices.clone().next()),
            ))
        });
        store
    }
}

fn config() -> Config {
    let mut config = Config::new();
    config.wasm_component_model(true);
    config.concurrency_support(false);
    config.epoch_interruption(true);
    config
}

fn pool(limits: &Limits) -> wasmtime::InstanceAllocationStrategy {
    let calls = u32::from(limits.calls);
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(calls)
        .total_core_instances(calls * PARTS)
        .total_memories(calls * 4)
        .total_tables(calls * 16)
        .total_stacks(calls)
        .max_core_instances_per_component(PARTS)
        .max_memories_per_component(PARTS)
        .max_tables_per_component(PARTS)
        .max_core_instance_size(4 << 20)
        .max_component_instance_size(4 << 20)
        .table_elements(100_000)
        .max_memory_size(limits.memory)
        .max_unused_warm_slots(calls)
        // A call touches little of what it has. Where Linux can tell which pages those are, only
        // they are cleared; elsewhere this much is, which is cheaper than having it mapped anew.
        .pagemap_scan(Enabled::Auto)
        .linear_memory_keep_resident(1 << 20)
        .table_keep_resident(64 << 10)
        .async_stack_keep_resident(64 << 10);
    pool.into()
}

fn linker(wasm: &wasmtime::Engine) -> wasmtime::Result<Linker<Running>> {
    let mut linker = Linker::new(wasm);
    sandbox::link(&mut linker)?;
    bindings::Step::add_to_linker::<_, HasSelf<_>>(&mut linker, |running| running)?;
    Ok(linker)
}

/// Makes time pass for the engine, on a thread of its own so that a busy runtime cannot stop it.
struct Ticker {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Ticker {
    fn start(wasm: wasmtime::Engine) -> std::io::Result<Self> {
        let (stop, stopped) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .name("step-ticker".into())
            .spawn(move || {
                while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                    wasm.increment_epoch();
                }
            })?;
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It cannot panic, and there is nobody left to tell.
            drop(thread.join());
        }
    }
}
