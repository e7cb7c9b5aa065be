//! How a call ends when it does not end well.

use crate::bindings::exports::iris::step::handler;
use crate::bindings::iris::step::types::{Refusal, RefusalKind};
use std::fmt;

pub use handler::Failure;

impl Failure {
    /// The person who asked cannot have it: one sentence in the team's language
    /// with what to do instead, shown to them alone.
    pub fn refuse(sentence: impl Into<String>) -> Self {
        Self::Refuse(sentence.into())
    }

    /// In `submitted` only: the form stays open and shows the sentence under
    /// the field of this `block_id`.
    pub fn field(field: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self::Fields(vec![handler::FieldError {
            field: field.into(),
            sentence: sentence.into(),
        }])
    }

    /// Several fields at once, as (`block_id`, sentence).
    pub fn fields(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        let error = |(field, sentence)| handler::FieldError { field, sentence };
        Self::Fields(fields.into_iter().map(error).collect())
    }

    /// The step itself is at fault: told to the operator only.
    pub fn bug(what: impl fmt::Display) -> Self {
        Self::Bug(what.to_string())
    }
}

/// A wish that was not recorded. Other wishes of the call stand, unless it is
/// passed on with `?`.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Interface and function, such as `messages.post`.
    pub wish: &'static str,
    /// What kind of refusal it is.
    pub kind: RefusalKind,
    /// Stable, for programs: `allow.http`, `no-incident`, …
    pub code: String,
    /// For whoever maintains the step, in English.
    pub sentence: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} was refused ({}): {}",
            self.wish, self.code, self.sentence
        )
    }
}

impl std::error::Error for Refused {}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self::Bug(refused.to_string())
    }
}

/// Names the wish that was refused.
pub(crate) fn wish<T>(wish: &'static str, result: Result<T, Refusal>) -> Result<T, Refused> {
    result.map_err(
        |Refusal {
             kind,
             code,
             sentence,
         }| Refused {
            wish,
            kind,
            code,
            sentence,
        },
    )
}
