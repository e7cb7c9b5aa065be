//! The step's own settings, and the words that all interfaces share.

use crate::step::{
    bindings::iris::step::{config::Host, types},
    running::Running,
};

impl Host for Running {
    fn get(&mut self) -> wasmtime::Result<String> {
        Ok(self.call.config.to_string())
    }
}

/// It has no functions.
impl types::Host for Running {}
