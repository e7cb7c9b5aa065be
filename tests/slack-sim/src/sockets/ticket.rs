//! What a connection is opened with: handed out by `apps.connections.open`, good for one.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

/// Tickets that are not used yet.
#[derive(Default)]
pub(crate) struct Tickets {
    issued: usize,
    unused: HashSet<String>,
}

impl Tickets {
    pub(crate) fn issue(&mut self, secret: &str) -> String {
        self.issued += 1;
        let digest = Sha256::digest(format!("{secret} socket {}", self.issued));
        let ticket = hex::encode(digest)[..32].to_owned();
        self.unused.insert(ticket.clone());
        ticket
    }

    /// Whether it opens a connection; then never again.
    pub(crate) fn redeem(&mut self, ticket: &str) -> bool {
        self.unused.remove(ticket)
    }
}
