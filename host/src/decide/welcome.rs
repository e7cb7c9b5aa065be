//! Who installed Iris is greeted, and nobody else (S24).

use iris_kit::{
    args,
    blocks::button,
    rich::{Element, code, link, text},
};

use super::{
    asked::Asked,
    known::{Decision, Route},
    say,
    vocabulary::{CoreWord, Word},
};
use crate::{
    effect::{Place, Wish},
    ids::TeamId,
    installer::Welcome,
};

/// Opens the form of a drill.
pub(super) const DRILL: &str = "core:declare.drill";

pub(super) fn installed(asked: &Asked<'_>, welcome: &Welcome) -> Decision {
    let Some(by) = &asked.event.by else {
        return Decision::route(Route::Nobody);
    };
    let command = code(&*asked.known.team.command);
    let drill = code(asked.line(Word::Core(CoreWord::Drill).shown(asked.locale())));
    let file = code(&*welcome.file);
    let buttons = vec![button(DRILL, &asked.say("core-welcome-button"))];
    let content = if welcome.granted.is_empty() {
        say::sentence_with(asked, "core-welcome", args![command, drill, file], buttons)
    } else {
        let workspaces = workspaces(asked.comma(), &welcome.granted);
        let args = args![command, drill, file, workspaces];
        say::sentence_with(asked, "core-welcome-granted", args, buttons)
    };
    Decision::of(Wish::Say {
        place: Place::Person(by.clone()),
        content,
    })
}

/// An organisation's workspaces have no names here: each leads to itself.
fn workspaces(comma: &str, teams: &[TeamId]) -> Vec<Element> {
    let mut all = Vec::new();
    for team in teams {
        if !all.is_empty() {
            all.push(text(comma));
        }
        all.push(link(
            format!("https://app.slack.com/client/{team}"),
            team.as_str(),
        ));
    }
    all
}
