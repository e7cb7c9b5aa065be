//! Buttons and menus: each belongs to the owner that its action names.

use iris_kit::{args, rich::code};

use super::{
    asked::Asked,
    close,
    command::{self, is_closed, reply},
    declare, home,
    known::{Decision, Route},
    progress, reopen, resolve, say, severity, status,
    trouble::{self, FORM_AGAIN},
    update,
    vocabulary::{CoreWord, Word},
};
use crate::{effect::Wish, event::Pressed, incident::Incident};

/// What was pressed, and on somebody's home the page as it is after that.
pub(super) fn pressed(asked: &Asked<'_>, pressed: &Pressed) -> Decision {
    let decision = sent_on(asked, pressed);
    if home::is_on(pressed) {
        decision.and(Wish::RedrawHome)
    } else {
        decision
    }
}

fn sent_on(asked: &Asked<'_>, pressed: &Pressed) -> Decision {
    let Some((owner, verb)) = pressed.action.split_once(':') else {
        return Decision::route(Route::Nobody);
    };
    let private = asked
        .known
        .incident
        .filter(|incident| !asked.may_know(incident));
    if private.is_some() && !(owner == "core" && concerns_no_incident(verb)) {
        return reply(say::sentence(asked, "core-word-private", &[]));
    }
    if owner != "core" {
        return match asked
            .known
            .steps
            .iter()
            .find(|step| step.name.as_str() == owner)
        {
            Some(step) => Decision::route(Route::Step {
                owner: step.name.clone(),
                word: None,
            }),
            None => trouble::withheld_owner(asked, owner).unwrap_or_else(|| gone(asked)),
        };
    }
    match verb {
        "declare" => declare::pressed(asked, pressed),
        "declare.drill" => declare::from_word(asked, "", true),
        "form.more" => declare::more(asked, pressed),
        "help" if home::is_on(pressed) => home::help(asked),
        "help" => reply(say::help(asked)),
        "list" => reply(say::list(asked)),
        // The button is a link; Slack tells all the same.
        "room.open" => Decision::default(),
        _ if verb.starts_with(FORM_AGAIN) => {
            trouble::form_again(asked).unwrap_or_else(|| gone(asked))
        }
        _ => match (verb.strip_prefix("word.run:"), asked.known.incident) {
            (Some(word), _) => instead(command::typed(asked, word)),
            (None, Some(incident)) => about(asked, incident, verb, pressed),
            (None, None) => gone(asked),
        },
    }
}

fn about(asked: &Asked<'_>, incident: &Incident, verb: &str, pressed: &Pressed) -> Decision {
    let changes = matches!(
        verb,
        "update" | "severity" | "resolve" | "close" | "form.update"
    );
    if changes && is_closed(incident) {
        return reply(say::closed(asked, incident, ""));
    }
    match verb {
        "form.update" => update::instead_of_declaring(asked, incident, pressed),
        "form.note" => update::note_instead_of_declaring(asked, pressed),
        "status" => status::card(asked, incident),
        "status.share" => status::share(asked, incident),
        "update" => update::form(asked, incident),
        "severity" => severity::form(asked, incident),
        "resolve" => resolve::form(asked, incident),
        "reopen" => reopen::form(asked, incident),
        "close" => close::close(asked, incident),
        "room.retry" => progress::retry(asked, incident, pressed),
        _ => gone(asked),
    }
}

/// What may be pressed also where the incident is not for everybody. Their values are no numbers.
fn concerns_no_incident(verb: &str) -> bool {
    matches!(
        verb,
        "declare" | "declare.drill" | "help" | "list" | "form.more"
    ) || verb.starts_with("word.run:")
}

/// The answer takes the place of the message that held the button.
fn instead(mut decision: Decision) -> Decision {
    for wish in &mut decision.wishes {
        if let Wish::Reply { content } = wish {
            *wish = Wish::ReplyInstead {
                content: std::mem::take(content),
            };
        }
    }
    decision
}

/// The button belongs to something that is no more.
fn gone(asked: &Asked<'_>) -> Decision {
    let help = asked.line(Word::Core(CoreWord::Help).shown(asked.locale()));
    reply(say::sentence(
        asked,
        "core-word-gone",
        args![word = code(help)],
    ))
}
