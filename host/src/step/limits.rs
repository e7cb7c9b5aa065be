//! How much one call of a step may take. The operator's settings fill [`Limits`]; what the contract
//! fixes is a constant.

use std::time::Duration;

/// Wishes in one call; one more ends it.
pub(super) const WISHES: usize = 200;

/// Bytes of wishes and state in one call; more end it.
pub(super) const RECORDED: usize = 2 << 20;

/// Events that cause each other: from here on, wishes that cause more are refused.
pub(super) const CHAIN: u8 = 8;

/// What the operator may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of memory for one call, all its memories together. Default 64 MiB.
    pub memory: usize,
    /// Computing in one call; waiting for the store does not count. Default 1 s.
    pub budget: Duration,
    /// Bytes that one function of the host takes from a step. Default 4 MiB.
    pub argument: usize,
    /// Bytes of a step's file. Default 64 MiB.
    pub component: usize,
    /// Bytes kept of what one call writes to standard error. Default 16 KiB.
    pub stderr: usize,
    /// Calls that run at once; more wait for their turn. Default 32.
    pub calls: u16,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory: 64 << 20,
            budget: Duration::from_secs(1),
            argument: 4 << 20,
            component: 64 << 20,
            stderr: 16 << 10,
            calls: 32,
        }
    }
}
