//! Conversations through the production wiring: the real app, a simulated Slack, a clock that is
//! moved by hand.

mod clock;
mod world;

pub use world::{Team, World};
