//! Lines for the operator: written at once, also when the call fails.

use crate::{
    logging::STEP,
    step::{
        bindings::iris::step::log::{Host, Level},
        running::Running,
    },
};

/// Lines in one call; more are passed over.
const LINES: usize = 100;

/// Bytes of one line.
const LINE: usize = 4 << 10;

impl Host for Running {
    fn write(&mut self, level: Level, mut line: String) -> wasmtime::Result<()> {
        self.lines += 1;
        if self.lines > LINES {
            return Ok(());
        }
        line.truncate(line.floor_char_boundary(LINE));
        macro_rules! log {
            ($level:ident) => {
                tracing::$level!(
                    target: STEP,
                    step = %self.owner,
                    team = %self.call.event.team,
                    incident = self.call.event.incident,
                    event = %self.call.event.id,
                    "{line}"
                )
            };
        }
        match level {
            Level::Debug => log!(debug),
            Level::Info => log!(info),
            Level::Warn => log!(warn),
            Level::Error => log!(error),
        }
        Ok(())
    }
}
