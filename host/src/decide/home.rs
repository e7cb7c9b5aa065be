//! A person's App Home (S22): drawn when they open it, and once more after a press on it.

use iris_kit::blocks::{Modal, to_json};

use super::{asked::Asked, known::Decision, known::Route, say};
use crate::{
    effect::{Wish, view::is_home},
    event::Pressed,
};

/// Somebody looks at their home, or has just pressed a button on it.
pub(super) fn opened(asked: &Asked<'_>) -> Decision {
    let Some(user) = asked.event.by.clone() else {
        return Decision::route(Route::Nobody);
    };
    let view = to_json(&say::home(asked));
    Decision::of(Wish::PublishHome { user, view })
}

/// Whether a button of the page was pressed.
pub(super) fn is_on(pressed: &Pressed) -> bool {
    pressed.view.as_ref().is_some_and(is_home)
}

/// No message can answer there, so what can be typed is shown as a form that sends nothing.
pub(super) fn help(asked: &Asked<'_>) -> Decision {
    let view = Modal::new(&asked.say("core-home-help"), say::help_page(asked))
        .close(&asked.say("core-declared-close"));
    Decision::of(Wish::OpenForm {
        form: "help".to_owned(),
        view: to_json(&view),
        memo: String::new(),
    })
}
