//! Wishes about forms. Permission: `forms`.
//!
//! Granted only in `command`, `pressed`, `shortcut` and `submitted`.

use crate::bindings::iris::step::forms;
use crate::failure::{Refused, wish};
use iris_kit::blocks::{Modal, to_json};

/// Shows a form, from `pressed` inside a form on top of that form. `form` is the
/// step's name for it, `memo` (at most 2,000 bytes) comes back with the answer.
pub fn open(form: &str, view: &Modal, memo: &str) -> Result<(), Refused> {
    wish("forms.open", forms::open(form, &to_json(view), memo))
}

/// In `submitted`, and in `pressed` inside a form: shows this in its place.
pub fn next(form: &str, view: &Modal, memo: &str) -> Result<(), Refused> {
    wish("forms.next", forms::next(form, &to_json(view), memo))
}
