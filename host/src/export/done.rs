//! An effect, as far as it concerns who reads the export: what was done, not through which secret
//! address.

use serde::Serialize;

use crate::{
    clock::Moment,
    effect::{Effect, State},
    ids::Owner,
};

/// What was sent to Slack, or was to be sent, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Done {
    pub key: String,
    pub owner: Owner,
    /// Interface and function, such as `messages.post`.
    pub wish: String,
    /// Slack's method.
    pub method: String,
    #[serde(flatten)]
    pub state: State,
    pub attempts: u32,
    pub planned_at: Moment,
}

impl Done {
    pub(super) fn of(effect: &Effect) -> Self {
        Self {
            key: effect.key.clone(),
            owner: effect.owner.clone(),
            wish: effect.wish.clone(),
            method: effect.act.method().to_owned(),
            state: effect.state.clone(),
            attempts: effect.attempts,
            planned_at: effect.planned_at,
        }
    }
}
