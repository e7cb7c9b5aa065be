//! What people answered. Kept by person, so that they can change it; shown without names.

use iris_step::{Failure, Scope, incident, incident::NewEntry, state};
use serde::{Deserialize, Serialize};

/// One person's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answer {
    /// 1 (very badly) to 5 (very well).
    pub(crate) response: u8,
    /// `yes`, `partly` or `no`.
    pub(crate) iris: String,
    /// What should change; may be empty.
    pub(crate) change: String,
}

/// Keeps an answer, in the place of an earlier one of the same person.
pub(crate) fn keep(user: &str, answer: &Answer) -> Result<(), Failure> {
    state::put(Scope::Incident, &key(user), answer)?;
    let entry = NewEntry::new("feedback", &answer.change)
        .key(key(user))
        .data(answer);
    incident::append(entry)?;
    Ok(())
}

/// What this person answered.
pub(crate) fn of(user: &str) -> Result<Option<Answer>, Failure> {
    state::get(Scope::Incident, &key(user))
}

/// All answers, in an order that says nothing about who gave them when.
pub(crate) fn all() -> Result<Vec<Answer>, Failure> {
    let mut answers = Vec::new();
    for key in state::keys(Scope::Incident, "answer:") {
        answers.extend(state::get::<Answer>(Scope::Incident, &key)?);
    }
    answers.sort_by(|a, b| a.change.cmp(&b.change).then(b.response.cmp(&a.response)));
    Ok(answers)
}

fn key(user: &str) -> String {
    format!("answer:{user}")
}
