//! For how long Slack did not answer, incident by incident: people are told when it was long, once
//! everything is caught up. Pure, and lost at a restart.

use std::collections::HashMap;

use crate::{
    clock::Moment,
    effect::Effect,
    ids::{Number, TeamId},
};

/// Since when Slack has been silent about an incident.
#[derive(Debug, Default)]
pub(super) struct Silence(HashMap<(TeamId, Number), Moment>);

impl Silence {
    /// A try at an effect had no answer.
    pub(super) fn unanswered(&mut self, effect: &Effect, since: Moment) {
        if let Some(incident) = effect.incident {
            self.0
                .entry((effect.team.clone(), incident))
                .or_insert(since);
        }
    }

    /// Slack has answered, and nothing of the incident waits for an answer any more: since when it
    /// did, if it did.
    pub(super) fn over(&mut self, effect: &Effect) -> Option<Moment> {
        self.0.remove(&(effect.team.clone(), effect.incident?))
    }
}
