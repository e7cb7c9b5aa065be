//! The log: lines for people on a terminal, JSON for machines elsewhere. Always to stderr. What
//! steps say stands in the store besides, for `iris step logs`.

use std::io::{self, IsTerminal};

use tracing_subscriber::{
    EnvFilter, Layer, filter::ParseError, fmt, layer::SubscriberExt, util::SubscriberInitExt,
};

mod lines;

pub use lines::Lines;

/// Whatever steps say, and what is said about them, has this target.
pub const STEP: &str = "iris::step";

/// Checks a filter such as `info` or `iris=debug,warn`.
pub fn filter(text: &str) -> Result<EnvFilter, ParseError> {
    EnvFilter::builder().parse(text)
}

/// Starts the log of this process, and gives what steps will say; only the first call counts.
pub fn start(filter: EnvFilter) -> Lines {
    let log = fmt::layer().with_writer(io::stderr);
    let log = if io::stderr().is_terminal() {
        log.with_target(false).with_filter(filter).boxed()
    } else {
        log.json()
            .flatten_event(true)
            .with_current_span(false)
            .with_filter(filter)
            .boxed()
    };
    let (collect, lines) = lines::collect();
    let started = tracing_subscriber::registry()
        .with(log)
        .with(collect)
        .try_init();
    if let Err(already) = started {
        tracing::debug!("The log was started before: {already}");
    }
    lines
}
