//! What steps can import, one file an interface. Each function checks what it is given by the rules
//! that the contract states, and records a wish or refuses it with a reason.

pub(super) mod check;
mod config;
mod content;
mod facts;
mod forms;
mod http;
mod incident;
mod log;
mod messages;
mod room;
mod slack;
mod state;
mod timers;
