//! What a step sees of the world through its language's standard library: a clock that stands
//! still, random numbers that come from the event, and a standard error that ends in the log.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use rand::{SeedableRng, rngs::StdRng};
use sha2::{Digest, Sha256};
use tokio::io::AsyncWrite;
use wasmtime::component::{HasData, Linker, Resource, ResourceTable};
use wasmtime_wasi::{
    HostMonotonicClock, HostWallClock, WasiCtx, WasiCtxBuilder, WasiView,
    cli::{IsTerminal, StdoutStream},
    p2::{
        self, DynPollable, OutputStream, Pollable, StreamResult, bindings::clocks::monotonic_clock,
    },
};

use super::running::Running;
use crate::clock::Moment;

/// Bytes of random numbers that a step may ask for at once.
const RANDOM: u64 = 64 << 10;

/// An empty context: no files, no sockets, no environment, no standard input.
pub(super) fn context(now: Moment, event: &str, stderr: Stderr) -> WasiCtx {
    let seed: [u8; 32] = Sha256::digest(event.as_bytes()).into();
    let clock = Frozen(now);
    WasiCtxBuilder::new()
        .wall_clock(clock)
        .monotonic_clock(clock)
        .secure_random(StdRng::from_seed(seed))
        .insecure_random(StdRng::from_seed(seed))
        .insecure_random_seed(u128::from_le_bytes(
            seed[..16].try_into().expect("16 of 32"),
        ))
        .max_random_size(RANDOM)
        .stderr(stderr)
        .build()
}

/// WASI, with a clock on which waiting is over at once: no step can hold a call by sleeping.
pub(super) fn link(linker: &mut Linker<Running>) -> wasmtime::Result<()> {
    p2::add_to_linker_async(linker)?;
    linker.allow_shadowing(true);
    monotonic_clock::add_to_linker::<Running, StillTime>(linker, |running| {
        let now = running.call.facts.now;
        Still {
            now,
            table: running.ctx().table,
        }
    })?;
    linker.allow_shadowing(false);
    Ok(())
}

/// Shows one moment for ever.
#[derive(Clone, Copy)]
struct Frozen(Moment);

impl HostWallClock for Frozen {
    fn resolution(&self) -> Duration {
        Duration::from_millis(1)
    }

    fn now(&self) -> Duration {
        Duration::from_millis(self.0.0)
    }
}

impl HostMonotonicClock for Frozen {
    fn resolution(&self) -> u64 {
        1_000_000
    }

    fn now(&self) -> u64 {
        self.0.0.saturating_mul(1_000_000)
    }
}

struct StillTime;

impl HasData for StillTime {
    type Data<'a> = Still<'a>;
}

struct Still<'a> {
    now: Moment,
    table: &'a mut ResourceTable,
}

impl monotonic_clock::Host for Still<'_> {
    fn now(&mut self) -> wasmtime::Result<u64> {
        Ok(Frozen(self.now).now_ns())
    }

    fn resolution(&mut self) -> wasmtime::Result<u64> {
        Ok(HostMonotonicClock::resolution(&Frozen(self.now)))
    }

    fn subscribe_instant(&mut self, _: u64) -> wasmtime::Result<Resource<DynPollable>> {
        self.over()
    }

    fn subscribe_duration(&mut self, _: u64) -> wasmtime::Result<Resource<DynPollable>> {
        self.over()
    }
}

impl Frozen {
    fn now_ns(self) -> u64 {
        HostMonotonicClock::now(&self)
    }
}

impl Still<'_> {
    fn over(&mut self) -> wasmtime::Result<Resource<DynPollable>> {
        let over = self.table.push(Over)?;
        p2::subscribe(self.table, over)
    }
}

/// A wait that is over.
struct Over;

#[wasmtime_wasi::async_trait]
impl Pollable for Over {
    async fn ready(&mut self) {
        // A step that polls in a loop still lets others compute.
        tokio::task::yield_now().await;
    }
}

/// Keeps the beginning of what a step writes and passes over the rest.
#[derive(Clone)]
pub(super) struct Stderr {
    kept: Arc<Mutex<Vec<u8>>>,
    limit: usize,
}

impl Stderr {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            kept: Arc::default(),
            limit,
        }
    }

    pub(super) fn text(&self) -> String {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&kept).trim_end().to_owned()
    }
}

#[wasmtime_wasi::async_trait]
impl Pollable for Stderr {
    async fn ready(&mut self) {}
}

impl OutputStream for Stderr {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let room = self.limit.saturating_sub(kept.len()).min(bytes.len());
        kept.extend_from_slice(&bytes[..room]);
        Ok(())
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(self.limit.max(1))
    }
}

impl IsTerminal for Stderr {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for Stderr {
    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(self.clone())
    }

    /// Only for later versions of WASI, which are not linked.
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        Box::new(tokio::io::sink())
    }
}
