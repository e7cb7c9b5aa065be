//! Who installed Iris is greeted, and nobody else (S24).

use iris_kit::{args, blocks::button, rich::code};

use super::{
    asked::Asked,
    known::{Decision, Route},
    say,
    vocabulary::{CoreWord, Word},
};
use crate::effect::{Place, Wish};

/// Opens the form of a drill.
pub(super) const DRILL: &str = "core:declare.drill";

pub(super) fn installed(asked: &Asked<'_>, file: &str) -> Decision {
    let Some(by) = &asked.event.by else {
        return Decision::route(Route::Nobody);
    };
    let args = args![
        command = code(&*asked.known.team.command),
        drill = code(asked.line(Word::Core(CoreWord::Drill).shown(asked.locale()))),
        file = code(file),
    ];
    let drill = button(DRILL, &asked.say("core-welcome-button"));
    let content = say::sentence_with(asked, "core-welcome", args, vec![drill]);
    Decision::of(Wish::Say {
        place: Place::Person(by.clone()),
        content,
    })
}
