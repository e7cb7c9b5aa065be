//! How much one call of a step may take. The operator's settings fill [`Limits`]; what the contract
//! fixes is a constant.

use std::time::Duration;

/// Events that cause each other: from here on, wishes that cause more are refused.
pub(super) const CHAIN: u8 = 8;

/// What the operator may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Computing in one call; waiting for the store does not count. Default 1 s.
    pub time: Duration,
    /// Bytes of memory for one call, all its memories together. Default 64 MiB.
    pub memory: usize,
    /// Wishes in one call; one more ends it. Default 200.
    pub wishes: usize,
    /// Bytes of wishes and state in one call; more end it. Default 2 MiB.
    pub output: usize,
    /// Bytes that a step remembers of one incident. Default 1 MiB.
    pub state: usize,
    /// Bytes that a step remembers of a team. Default 16 MiB.
    pub team_state: usize,
    /// Bytes of the body of an HTTP request. Default 256 KiB.
    pub http_body: usize,
    /// Bytes that one function of the host takes from a step. Default 4 MiB.
    pub argument: usize,
    /// Bytes of a step's file. Default 64 MiB.
    pub file: usize,
    /// Bytes kept of what one call writes to standard error. Default 16 KiB.
    pub stderr: usize,
    /// Calls that run at once; more wait for their turn. Default 32.
    pub calls: u16,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(1),
            memory: 64 << 20,
            wishes: 200,
            output: 2 << 20,
            state: 1 << 20,
            team_state: 16 << 20,
            http_body: 256 << 10,
            argument: 4 << 20,
            file: 64 << 20,
            stderr: 16 << 10,
            calls: 32,
        }
    }
}
