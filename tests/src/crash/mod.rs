//! Kills Iris in the middle of a story, starts it again, and looks whether the workspace holds what
//! it holds without the kill.
//!
//! * `life`   one life of Iris: a runtime of its own, which ends without a farewell
//! * `mortal` Iris with as many lives as it takes, each ended at a point that is planned
//! * `operator` settles what Iris had to park
//! * `play`   a story, whatever happens to Iris in it
//! * `holds`  what the workspace holds, and how two of them differ

mod holds;
mod life;
mod mortal;
mod operator;
mod play;

pub use holds::{Difference, Holdings};
pub use mortal::Mortal;
pub use play::{Played, SentAtMostOnce, play, repeat_lost};
