//! A simulated Slack workspace, to try a bot in, to drill in, to test against.
//!
//! It answers the Web API, delivers commands, interactions and events, and refuses what Slack
//! refuses, with Slack's codes and limits.
//!
//! Bots that are not written in Rust find it at an address of its own: `iris sim`, or the example
//! `serve`, with settings such as those of `examples/sim.toml`.
//!
//! # How to test a bot with it
//!
//! ```
//! use axum::{Json, Router, routing::post};
//! use serde_json::json;
//! use slack_sim::{ClockSetting, CommandStatus, Settings, Sim};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> anyhow::Result<()> {
//! // The bot: it greets whoever types its command.
//! let bot = Router::new().route("/slack/events", post(async || Json(json!({ "text": "Hello" }))));
//! let port = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! let url = format!("http://{}/slack/events", port.local_addr()?);
//! let serving = async { axum::serve(port, bot).await };
//!
//! // The workspace: the company Acme, with a clock that stands still.
//! let sim = Sim::start(Settings { clock: ClockSetting::manual(), ..Settings::default() }).await?;
//! sim.connect_app(&url);
//!
//! // A person types, and sees the answer.
//! let typing = async {
//!     let outcome = sim.person("@aya").command("#general", "/incident help").await?;
//!     assert_eq!(outcome.status, CommandStatus::Ok);
//!     assert_eq!(outcome.ephemeral.unwrap().text, "Hello");
//!     anyhow::Ok(())
//! };
//! tokio::select! {
//!     typed = typing => typed,
//!     served = serving => Ok(served?),
//! }
//! # }
//! ```

pub mod settings;
mod sim;
mod admin;
mod person;
mod faults;
mod levers;
mod blocks;
mod clock;

mod core;
mod state;
mod api;
mod deliver;
mod sockets;
mod control;
mod consent;
mod page;
mod limits;
mod net;
mod tasks;
pub mod story;

pub use api::allowance;
pub use api::record::Call;
pub use blocks::{Names, text_of};
pub use clock::Clock;
pub use deliver::{Answered, Delivery, DeliveryKind, Reached};
pub use faults::{Fault, Faults, Order};
pub use levers::{Levers, Outage, OutageCalls, OutageEvents, Positions};
pub use person::{
    CommandOutcome, CommandStatus, Entry, Form, Person, Place, Pressed, Refused, SubmitOutcome,
};
pub use settings::{ClockSetting, Enterprise, Settings};
pub use sim::Sim;
pub use sockets::{Disconnect, Seen, Sockets};
pub use state::canvas::Canvas;
pub use state::changes::Subject;
pub use state::channel::{Bookmark, Channel, ChannelKind, Note, Pin};
pub use state::ephemeral::Ephemeral;
pub use state::inputs::Entries;
pub use state::message::{Edited, Message, Reaction};
pub use state::reading::Unread;
pub use state::view::{View, ViewKind};
