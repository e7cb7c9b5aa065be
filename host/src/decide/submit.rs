//! Forms that were sent: each belongs to the owner that its callback names.

use iris_kit::escape::escape;

use super::{
    answers::Answers,
    asked::Asked,
    command::{is_closed, reply},
    declare,
    known::{Decision, Route, TypedWord},
    reopen, resolve, say, severity, update,
};
use crate::{event::Submitted, incident::Incident};

pub(super) fn submitted(asked: &Asked<'_>, submitted: &Submitted) -> Decision {
    let Some((owner, form)) = submitted.view.callback.split_once(':') else {
        return Decision::route(Route::Nobody);
    };
    if owner != "core" {
        let step = asked
            .known
            .steps
            .iter()
            .find(|step| step.name.as_str() == owner);
        return Decision::route(match step {
            Some(step) => Route::Step {
                owner: step.name.clone(),
                word: None,
            },
            None => Route::Nobody,
        });
    }
    match (form, asked.known.incident) {
        ("declare", _) => declare::submitted(asked, submitted),
        (_, Some(incident)) => about(asked, incident, form, Answers(&submitted.answers)),
        (_, None) => Decision::route(Route::Nobody),
    }
}

fn about(asked: &Asked<'_>, incident: &Incident, form: &str, answers: Answers<'_>) -> Decision {
    if is_closed(incident) && form != "reopen" {
        return reply(say::closed(asked, incident, ""));
    }
    match form {
        "update" => update::submitted(asked, incident, answers),
        "severity" => severity::submitted(asked, incident, answers),
        "resolve" => resolve::submitted(asked, incident, answers),
        "reopen" => reopen::submitted(asked, incident, answers),
        "note" => note(asked, answers),
        _ => Decision::route(Route::Nobody),
    }
}

/// A note belongs to the step that keeps them: it is told as if it had been typed.
fn note(asked: &Asked<'_>, answers: Answers<'_>) -> Decision {
    let (Some(step), Some(text)) = (say::forms::note_step(asked), answers.one("text")) else {
        return Decision::default();
    };
    let word = TypedWord {
        word: "note".to_owned(),
        rest: escape(text).into_owned(),
    };
    Decision::route(Route::Step {
        owner: step.name.clone(),
        word: Some(word),
    })
}
