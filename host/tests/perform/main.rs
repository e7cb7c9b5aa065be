//! Effects against a simulated Slack, through the real store.

mod world;

mod away;
mod declare;
mod fetch;
mod files;
mod inside;
mod late;
mod limits;
mod looked_up;
mod lost;
mod only_you;
mod people;
mod refused;
mod restart;
mod token;
