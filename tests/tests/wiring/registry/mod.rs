//! Steps out of a registry, which is a real one: Debian's `docker-registry`, on loopback.

mod command;
mod house;
mod serving;
