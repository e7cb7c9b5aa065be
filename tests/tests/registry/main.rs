//! Steps out of a registry, which is a real one: Debian's `docker-registry`, on loopback.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

mod command;
mod house;
mod serving;
