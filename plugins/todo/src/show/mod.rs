//! How todos look: one message each, a list for one person, the room's list at the end.

mod row;
mod message;
mod list;
mod ending;

pub(crate) use ending::{card, list_at_resolve, warning_at_close};
pub(crate) use list::list;
pub(crate) use message::{for_you, message};
