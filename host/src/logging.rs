//! The log: lines for people on a terminal, JSON for machines elsewhere. Always to stderr.

use std::io::{self, IsTerminal};

use tracing_subscriber::{EnvFilter, filter::ParseError, fmt};

/// Checks a filter such as `info` or `iris=debug,warn`.
pub fn filter(text: &str) -> Result<EnvFilter, ParseError> {
    EnvFilter::builder().parse(text)
}

/// Starts the log of this process; only the first call counts.
pub fn start(filter: EnvFilter) {
    let log = fmt().with_env_filter(filter).with_writer(io::stderr);
    let started = if io::stderr().is_terminal() {
        log.with_target(false).try_init()
    } else {
        log.json()
            .flatten_event(true)
            .with_current_span(false)
            .try_init()
    };
    if let Err(already) = started {
        tracing::debug!("The log was started before: {already}");
    }
}
