//! Conversations through the production wiring, one folder for each thing that they are about. They
//! are one program, since each that is linked costs seconds and a hundred megabytes; what must have
//! a process of its own stands beside this folder.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

mod faults;
mod fields;
mod hooks;
mod installs;
mod noise;
mod parked;
mod registry;
mod sockets;
mod trouble;
mod two_teams;
