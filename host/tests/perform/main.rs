//! Effects against a simulated Slack, through the real store.

mod world;

mod declare;
mod files;
mod late;
mod limits;
mod lost;
mod people;
mod refused;
mod restart;
mod token;
