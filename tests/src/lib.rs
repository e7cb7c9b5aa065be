//! Conversations through the production wiring: the real app, a simulated Slack, a clock that is
//! moved by hand; and the same with Iris killed in the middle.

// Releases, which the benchmarks measure, cannot be stopped in the middle.
#[cfg(debug_assertions)]
mod crash;
mod dice;
mod door;
mod guest;
mod load;
mod log;
mod sent;
mod setup;
mod wait;
mod world;

#[cfg(debug_assertions)]
pub use crash::{Difference, Holdings, Mortal, Played, SentAtMostOnce, play, repeat_lost};
pub use dice::Dice;
pub use door::{installed, token_key, token_keys};
pub use guest::{changed, guest};
pub use load::{declared, form, said};
pub use log::Log;
pub use sent::keep;
pub use wait::{in_time, until};
pub use world::{HOOK_SECRET, Team, World};
