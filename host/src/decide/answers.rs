//! What was filled into a form.

use crate::event::Answer;

/// The answers of one form.
#[derive(Clone, Copy)]
pub(super) struct Answers<'a>(pub(super) &'a [Answer]);

impl<'a> Answers<'a> {
    /// All that was chosen in a field; `None` when the form has no such field.
    pub(super) fn all(self, field: &str) -> Option<&'a [String]> {
        self.0
            .iter()
            .find(|answer| answer.field == field)
            .map(|answer| answer.values.as_slice())
    }

    /// What was typed or chosen in a field; `None` when that is nothing.
    pub(super) fn one(self, field: &str) -> Option<&'a str> {
        let value = self.all(field)?.first()?.trim();
        (!value.is_empty()).then_some(value)
    }
}
