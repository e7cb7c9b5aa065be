//! Plays what happens to one step alone, without Slack and without a host, and writes down what it
//! wishes: for the tests of steps, for `iris step test` and for `iris replay`.
//!
//! [`Stage`] is a team with one incident and the step; [`Page`] is what is reviewed; [`scenario`]
//! reads both out of a file.

use crate::{
    incident::Refusal,
    step::{BadSetting, Ungranted},
    store::{CommitError, StoreError},
};

mod acts;
mod example;
mod page;
mod past;
pub mod scenario;
mod stage;
mod take;

pub use acts::{id, message, pinned};
pub use example::{AYA, KEN, YUI, situation, team, title};
pub use page::{Page, caused, happened};
pub use past::Past;
pub use stage::Stage;

/// What cannot be played. For whoever wrote the scenario.
#[derive(Debug, thiserror::Error)]
pub enum Unplayable {
    #[error("the step `{step}` is not told of this: {what}")]
    NotTold { step: String, what: String },
    #[error("the step does not take this config: {}", said(.0))]
    Config(Vec<BadSetting>),
    #[error(transparent)]
    Ungranted(#[from] Ungranted),
    #[error("the incident does not change so: {}", .0.sentence)]
    Refused(Refusal),
    #[error("there is no incident")]
    NoIncident,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Commit(#[from] CommitError),
    #[error("there is no room for a store: {0}")]
    Folder(#[from] std::io::Error),
    #[error("there is no store to play in: {0}")]
    Open(#[from] crate::store::sqlite::OpenError),
}

fn said(wrong: &[BadSetting]) -> String {
    let wrong: Vec<_> = wrong.iter().map(ToString::to_string).collect();
    wrong.join(", ")
}
