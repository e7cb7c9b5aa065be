//! What Iris itself decides: one event in, wishes out. Pure: no clock, no I/O, no `async`.
//!
//! The core is a step written in Rust, which is asked first and also says which steps are told.
//!
//! # Layout
//! * [`known`]       what the main loop looks up before it asks, and what it is answered
//! * [`line`], [`vocabulary`]  what was typed: a word, a word mistyped, or a title
//! * `command` `press` `submit` `shortcut`  what people do, each sent on to the file of its word
//! * `declare` `progress`      the form, and what its sender sees grow
//! * `alert`         what a monitoring system says
//! * `status` `severity` `update` `resolve` `reopen` `close`  the words of a war room
//! * `room`          what Slack tells about the room
//! * `home`          a person's App Home, and the todos on it
//! * `parked`        what nobody could find out, and an operator's word on it
//! * `trouble`, [`failures`]  what could not be done: who hears of it, and in which sentence
//! * `welcome`       who installed Iris is greeted
//! * `say`           messages and forms, by surface

pub mod known;
pub mod line;
pub mod vocabulary;
mod asked;
mod answers;
mod command;
mod press;
mod submit;
mod shortcut;
mod declare;
mod progress;
mod status;
mod severity;
mod update;
mod resolve;
mod reopen;
mod close;
mod room;
mod parked;
mod trouble;
pub mod failures;
mod todos;
mod alert;
mod welcome;
mod home;
mod say;
#[cfg(test)]
mod tests;

pub use alert::joins;
pub use known::{
    AlertResult, Decision, Known, Reach, Route, StepOffer, TypedWord, WithheldStep, WordOffer,
};

use asked::Asked;
use iris_kit::{Locale, blocks::to_json};
use serde_json::{Value, json};

use crate::{
    effect::view,
    event::{Event, MenuAsked, What},
    ids::Owner,
    incident::Status,
    team::Team,
    words::texts,
};

/// Decides about one event. What it wishes is done before any step is told.
///
/// What Slack tells about a room (`RoomOpened`, `Joined`, `Left`, `Invited`, `ChannelRenamed`) the
/// core writes into the incident with [`crate::effect::Wish::Change`]; events of changes
/// (`SeverityChanged` and the like) come when the incident is changed already.
pub fn decide(event: &Event, known: &Known<'_>) -> Decision {
    let asked = &Asked::new(event, known);
    match &event.what {
        What::Alerted(alerted) => alert::alerted(asked, alerted),
        What::Command(command) => command::typed(asked, &command.text),
        What::Mentioned(seen) => command::mentioned(asked, &seen.text),
        What::Pressed(pressed) => press::pressed(asked, pressed),
        What::Submitted(submitted) => submit::submitted(asked, submitted),
        What::FormClosed(_) => Decision::default(),
        What::Shortcut(shortcut) => shortcut::used(asked, shortcut),
        What::HomeOpened => home::opened(asked),
        What::MenuAsked(_) => Decision::route(Route::Nobody),

        What::Joined(presence) => room::joined(asked, presence),
        What::Left(presence) => room::left(asked, presence),
        What::ChannelRenamed { channel, name } => room::renamed(asked, channel, name),
        What::ChannelArchived { channel, deleted } => room::gone(asked, channel, *deleted),
        What::ChannelUnarchived { channel } => room::back(asked, channel),
        What::RoomOpened { channel, name } => progress::room_opened(asked, channel, name),
        What::Invited {
            owner,
            came,
            missing,
        } => progress::invited(asked, owner, came, missing),
        What::WishFailed(failed) => progress::wish_failed(asked, failed),
        What::Parked(it) => parked::parked(asked, it),
        What::Settled(it) => parked::settled(asked, it),
        What::Held { wish, until } => progress::held(asked, wish, *until),
        What::Installed(welcome) => welcome::installed(asked, welcome),
        What::CaughtUp { since } => trouble::caught_up(asked, *since),

        What::Declared(_) => declare::declared(asked),
        What::SeverityChanged { was, now, why } => {
            severity::changed(asked, was.as_deref(), now.as_deref(), why)
        }
        What::StatusChanged { now, note, .. } => match now {
            Status::Resolved => resolve::resolved(asked),
            Status::Declared => reopen::reopened(asked, note),
            Status::Closed => close::closed(asked),
        },
        What::EntryAdded { entry } => match entry.kind.as_str() {
            "update" => update::added(asked, entry),
            "todo" => resolve::redrawn(asked),
            _ => Decision::route(Route::All),
        },
        What::TitleChanged { .. } => resolve::redrawn(asked),
        What::RoleChanged { .. } => Decision::route(Route::All),

        What::Timer { owner, .. } | What::Answered { owner, .. } => to_owner(owner),
        // See `only_passes_on`.
        What::Reacted(_)
        | What::Said(_)
        | What::Edited(_)
        | What::Deleted { .. }
        | What::Other { .. } => in_room(asked),
    }
}

/// Whether the core, whatever it knows, does nothing about such events but tell the steps: it need
/// not be told names nor what it remembers. Of these there are many.
pub fn only_passes_on(what: &What) -> bool {
    matches!(
        what,
        What::Reacted(_)
            | What::Said(_)
            | What::Edited(_)
            | What::Deleted { .. }
            | What::Other { .. }
    )
}

/// What a menu of a form offers, as Slack wants it: the products, when there are too many to list.
pub fn choices(team: &Team, asked: &MenuAsked) -> Value {
    let is_products = asked.callback == "core:declare" && asked.field == "product";
    let found = if is_products {
        say::products(team, &asked.typed)
    } else {
        vec![]
    };
    json!({ "options": found })
}

/// Whether somebody typed the word for help, which shows something and does nothing.
pub fn asks_for_help(line: &str) -> bool {
    command::asks_for_help(line)
}

/// Whether the event opens the form of a declaration, whatever the incident is.
pub fn opens_declaration(event: &Event, steps: &[StepOffer]) -> bool {
    if let What::Command(command) = &event.what {
        command::declares(&command.text, steps)
    } else if let What::Shortcut(shortcut) = &event.what {
        shortcut.callback.starts_with("core:declare")
    } else if let What::Pressed(pressed) = &event.what {
        matches!(&*pressed.action, "core:declare" | welcome::DRILL)
    } else {
        false
    }
}

/// The form that says to wait for the form of a declaration, whole.
pub fn preparing(locale: Locale) -> String {
    let view = to_json(&say::preparing(texts(locale)));
    view::complete(&view, &Owner::core(), "declare", None, "")
}

/// The effect whose form a button would open again, by its key.
pub fn form_again(action: &str) -> Option<&str> {
    action
        .strip_prefix("core:")?
        .strip_prefix(trouble::FORM_AGAIN)
}

/// Only the step whose business it is.
fn to_owner(owner: &Owner) -> Decision {
    if owner.is_core() {
        return Decision::default();
    }
    Decision::route(Route::Step {
        owner: owner.clone(),
        word: None,
    })
}

/// What happens outside of rooms concerns nobody.
fn in_room(asked: &Asked<'_>) -> Decision {
    Decision::route(if asked.known.incident.is_some() {
        Route::All
    } else {
        Route::Nobody
    })
}
