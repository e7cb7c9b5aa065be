//! What was typed after the command, or after a mention of Iris.

use iris_kit::{
    args,
    blocks::{Button, Modal, to_json},
    rich::code,
};

use super::{
    asked::Asked,
    close, declare,
    known::{Decision, Reach, Route, StepOffer, TypedWord},
    line::{self, Line},
    reopen, resolve, say, severity, status, trouble, update,
    vocabulary::{self, CoreWord, Word},
};
use crate::{
    effect::Wish,
    incident::{Incident, Status},
};

/// A line as Slack writes it.
pub(super) fn typed(asked: &Asked<'_>, line: &str) -> Decision {
    if let Some(refused) = trouble::withheld_word(asked, line) {
        return refused;
    }
    match line::parse(line, asked.known.steps) {
        Line::Title(title) => declare::from_line(asked, title, false),
        Line::Near(word) => reply(say::near(asked, &asked.plain(line), word)),
        Line::Word(word, rest) => self::word(asked, line, word, rest),
    }
}

/// Whether the line begins with the word for help, which no step can take.
pub(super) fn asks_for_help(line: &str) -> bool {
    matches!(
        line::parse(line, &[]),
        Line::Word(Word::Core(CoreWord::Help), _)
    )
}

/// Whether the line opens the form of a declaration.
pub(super) fn declares(line: &str, steps: &[StepOffer]) -> bool {
    match line::parse(line, steps) {
        Line::Title(_) | Line::Word(Word::Core(CoreWord::Declare | CoreWord::Drill), _) => true,
        Line::Near(_) | Line::Word(..) => false,
    }
}

/// `@Iris status`; a mention further on in a message is talk about Iris.
pub(super) fn mentioned(asked: &Asked<'_>, text: &str) -> Decision {
    let after = asked.known.bot.and_then(|bot| {
        let after = text
            .trim_start()
            .strip_prefix("<@")?
            .strip_prefix(bot.as_str())?;
        after
            .strip_prefix('>')
            .or_else(|| after.strip_prefix('|')?.split_once('>').map(|p| p.1))
    });
    match after {
        Some(line) => typed(asked, line),
        None => Decision::route(Route::Nobody),
    }
}

fn word(asked: &Asked<'_>, line: &str, word: Word<'_>, rest: &str) -> Decision {
    let here = asked.known.incident;
    match (word.reach(), here) {
        (Reach::Room, None) => reply(say::elsewhere(asked, &asked.plain(line), word)),
        (Reach::Room, Some(incident)) if is_closed(incident) && !word.when_closed() => {
            reply(say::closed(asked, incident, &asked.plain(line)))
        }
        (Reach::Room | Reach::Anywhere, _) => match word {
            Word::Step(step, _) if here.is_some() && !step.applies => step_off(asked, word),
            Word::Step(step, offer) => Decision::route(Route::Step {
                owner: step.name.clone(),
                word: Some(TypedWord {
                    word: offer.word.clone(),
                    rest: rest.to_owned(),
                }),
            }),
            Word::Core(core) => match here {
                Some(incident) => in_room(asked, incident, core, rest),
                None => anywhere(asked, core, rest),
            },
        },
    }
}

fn in_room(asked: &Asked<'_>, incident: &Incident, word: CoreWord, rest: &str) -> Decision {
    match word {
        CoreWord::Declare | CoreWord::Drill | CoreWord::Help | CoreWord::List => {
            anywhere(asked, word, rest)
        }
        CoreWord::Status => status::card(asked, incident),
        CoreWord::Severity => severity::typed(asked, incident, rest),
        CoreWord::Update => update::typed(asked, incident, rest),
        CoreWord::Resolve => resolve::typed(asked, incident, rest),
        CoreWord::Reopen => reopen::typed(asked, incident, rest),
        CoreWord::Close => close::close(asked, incident),
    }
}

/// The words that need no room; the others were answered before.
fn anywhere(asked: &Asked<'_>, word: CoreWord, rest: &str) -> Decision {
    match word {
        CoreWord::Declare => declare::from_word(asked, rest, false),
        CoreWord::Drill => declare::from_word(asked, rest, true),
        CoreWord::List => reply(say::list(asked)),
        CoreWord::Help
        | CoreWord::Status
        | CoreWord::Severity
        | CoreWord::Update
        | CoreWord::Resolve
        | CoreWord::Reopen
        | CoreWord::Close => help(asked, rest),
    }
}

fn help(asked: &Asked<'_>, rest: &str) -> Decision {
    let token = line::normalise(line::split(rest).0);
    reply(match vocabulary::find(&token, asked.known.steps) {
        Some(found) => say::help_word(asked, found.word),
        None => say::help(asked),
    })
}

/// A word of a step that the team's file does not use for this incident.
fn step_off(asked: &Asked<'_>, word: Word<'_>) -> Decision {
    let severity = asked
        .known
        .incident
        .and_then(|incident| incident.severity.as_deref());
    let args = args![
        word = code(word.shown(asked.locale())),
        sev = asked.severity(severity)
    ];
    reply(say::sentence(asked, "core-word-step-off", args))
}

pub(super) fn is_closed(incident: &Incident) -> bool {
    incident.status == Status::Closed
}

/// An answer that only who asked sees.
pub(super) fn reply(content: crate::effect::Content) -> Decision {
    Decision::of(Wish::Reply { content })
}

/// Opens a form. Where Slack allows none (after a mention), `again` does it.
pub(super) fn open(
    asked: &Asked<'_>,
    form: &str,
    view: &Modal,
    (word, again): (CoreWord, Button),
) -> Decision {
    if asked.reply().is_some_and(|reply| reply.trigger.is_some()) {
        let (form, view, memo) = (form.to_owned(), to_json(view), String::new());
        return Decision::of(Wish::OpenForm { form, view, memo });
    }
    press_instead(asked, word, again)
}

/// A button in the stead of a form that cannot be opened.
pub(super) fn press_instead(asked: &Asked<'_>, word: CoreWord, again: Button) -> Decision {
    let line = asked.line(Word::Core(word).shown(asked.locale()));
    reply(say::sentence_with(
        asked,
        "core-word-press",
        args![line = code(line)],
        vec![again],
    ))
}
