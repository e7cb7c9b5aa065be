//! Write a step of Iris in Rust.
//!
//! A step is a function from what happened to what it wants. Iris hands it one
//! event; the step reads [`facts`] and its own [`state`], and calls the wishes
//! ([`messages`], [`room`], [`incident`], …) as if it acted. Nothing is sent
//! while it runs: when [`Step::handle`] returns, Iris keeps all of it together,
//! and only then acts. A step that fails has wished nothing.
//!
//! # A complete step
//!
//! ```
//! use iris_step::blocks::header;
//! use iris_step::{Content, Descriptor, Event, Failure, Happening, Place, Step, facts, messages};
//!
//! /// Tells the status page's editors when an incident is over.
//! struct StatusPage;
//!
//! #[derive(serde::Deserialize)]
//! struct Config {
//!     channel: String,
//! }
//!
//! impl Step for StatusPage {
//!     fn describe(_locale: iris_step::Locale) -> Descriptor {
//!         Descriptor::new("status-page", env!("CARGO_PKG_VERSION"))
//!             .sentence("Tells the editors of the status page when it is over")
//!             .events(["status-changed"])
//!             .wants(["messages"])
//!             .settings_schema(r#"{"type": "object", "required": ["channel"],
//!                 "properties": {"channel": {"type": "string"}}}"#)
//!     }
//!
//!     fn handle(event: Event) -> Result<(), Failure> {
//!         let Happening::StatusChanged(change) = event.what else { return Ok(()) };
//!         let Some(incident) = facts::incident() else { return Ok(()) };
//!         let config: Config = iris_step::config::get()?;
//!         let text = format!("INC-{} is {} now", incident.number, change.now);
//!         let content = Content::new(&text).blocks(&[header("head", &incident.title)]);
//!         messages::post("status", Place::Channel(config.channel), content)?;
//!         Ok(())
//!     }
//! }
//!
//! iris_step::export!(StatusPage);
//! # fn main() {}
//! ```
//!
//! A `?` on a wish that was refused ends the call as [`Failure::Bug`], naming
//! the wish: the operator is told, the room once. [`Failure::refuse`] is for
//! people: one sentence, shown to whoever asked.
//!
//! # Building
//!
//! The crate is a `cdylib`, built for `wasm32-wasip2`; `iris check` says whether
//! Iris would take the file. `wit/` holds the contract itself and says in full
//! what a step may rely on.
//!
//! # Texts
//!
//! [`kit`] is how Iris speaks: sentences in two languages, Block Kit, formats
//! of time. A step keeps its sentences in two Fluent files, puts them into its
//! program with [`speaker!`] and asks for them with [`texts()`].

mod bindings;
mod content;
mod descriptor;
mod event;
mod failure;
pub mod config;
pub mod facts;
pub mod forms;
pub mod http;
pub mod incident;
pub mod log;
pub mod messages;
pub mod press;
pub mod room;
pub mod slack;
pub mod state;
pub mod timers;

pub use bindings::exports::iris::step::handler::{Reach, Target};
pub use bindings::iris::step::types::{Header, Place, RefusalKind, Scope};
pub use content::Content;
pub use descriptor::Descriptor;
pub use event::{
    Answer, Answered, Answers, Command, Declared, Event, Form, Happening, Invited, Missing,
    Outcome, Pressed, Reacted, Response, RoleChanged, RoomOpened, SeenMessage, SeverityChanged,
    Shortcut, StatusChanged, Submitted, TimerFired, Trouble, WishFailed,
};
pub use failure::{Failure, Refused};
pub use iris_kit as kit;
pub use iris_kit::texts::Speaker;
pub use iris_kit::{Locale, Texts, args, blocks, rich, speaker};

/// What a step is.
pub trait Step {
    /// What the step is and needs; see [`Descriptor`]. Called when it is loaded,
    /// once a language. Texts are in `locale`, all else is the same in each.
    fn describe(locale: Locale) -> Descriptor;

    /// One event. Reads facts, calls wishes; all of it counts or none.
    fn handle(event: Event) -> Result<(), Failure>;
}

/// The step's sentences in the team's language.
pub fn texts(speaker: &'static Speaker) -> Texts {
    Texts::new(facts::locale(), speaker)
}

/// Makes a type that implements [`Step`] the one that Iris calls.
#[macro_export]
macro_rules! export {
    ($step:ty) => {
        const _: () = {
            type Exported = $crate::guest::Exported<$step>;
    $crate::guest::export!(Exported with_types_in $crate::guest);
        };
    };
}

/// What [`export!`] needs; not meant to be named.
#[doc(hidden)]
pub mod guest {
    pub use crate::bindings::export;
    pub use crate::bindings::exports;

    use crate::{Descriptor, Event, Failure, Locale, Step};

    /// Gives a step the shape that the contract asks for.
    #[derive(Debug)]
    pub struct Exported<S>(std::marker::PhantomData<S>);

    impl<S: Step> exports::iris::step::handler::Guest for Exported<S> {
        fn describe(locale: String) -> Descriptor {
            S::describe(Locale::of(&locale))
        }

        fn handle(event: Event) -> Result<(), Failure> {
            S::handle(event)
        }
    }
}
