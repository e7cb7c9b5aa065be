//! Conversations through the production wiring: the real app, a simulated Slack, a clock that is
//! moved by hand.

mod clock;
mod sent;
mod world;

pub use sent::keep;
pub use world::{Team, World};
