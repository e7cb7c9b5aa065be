//! Entries of Slack's menus: each belongs to the owner that its callback names.

use super::{
    asked::Asked,
    declare,
    known::{Decision, Route},
    trouble,
};
use crate::event::Shortcut;

pub(super) fn used(asked: &Asked<'_>, shortcut: &Shortcut) -> Decision {
    match (shortcut.callback.as_str(), &shortcut.message) {
        ("core:declare.message", Some(message)) => declare::from_message(asked, message),
        ("core:declare" | "core:declare.message", _) => declare::from_word(asked, "", false),
        (callback, _) => {
            let owner = callback
                .split_once(':')
                .map_or(callback, |(owner, _)| owner);
            let step = asked
                .known
                .steps
                .iter()
                .find(|step| step.name.as_str() == owner);
            match step {
                Some(step) => Decision::route(Route::Step {
                    owner: step.name.clone(),
                    word: None,
                }),
                None => trouble::withheld_owner(asked, owner)
                    .unwrap_or_else(|| Decision::route(Route::Nobody)),
            }
        }
    }
}
