//! What a call came to stays on the stage for what happens next.

use super::{Stage, Unplayable};
use crate::{
    effect::{Scope, Wish},
    event::What,
    ids::{Owner, UserId},
    incident::{Cause, Change, apply},
    step::Recorded,
    store::{Commit, StatePlace, Timer, TimerChange},
};

impl Stage {
    /// Keeps what a call came to: its state, its timers, its changes, the names of its messages.
    /// Returns what its changes cause.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all else is between Iris and Slack, which is not here"
    )]
    pub(super) async fn take(
        &mut self,
        by: Option<&str>,
        recorded: Recorded,
    ) -> Result<Vec<What>, Unplayable> {
        let owner = self.me();
        let (mut timers, mut caused) = (vec![], vec![]);
        for wish in recorded.wishes {
            match wish {
                Wish::Change(change) => {
                    caused.extend(self.apply(&owner, by, change).await?);
                }
                Wish::Post { name, .. } | Wish::Upload { name, .. } => {
                    self.messages.push((owner.clone(), name));
                }
                Wish::Remove { name } => self.messages.retain(|(_, known)| *known != name),
                Wish::SetTimer { scope, name, at } => {
                    let place = self.place(scope == Scope::Incident);
                    timers.push(TimerChange::Set(Timer {
                        place,
                        name,
                        due: at,
                    }));
                }
                Wish::CancelTimer { scope, name } => {
                    let place = self.place(scope == Scope::Incident);
                    timers.push(TimerChange::Cancel { place, name });
                }
                _ => {}
            }
        }
        self.keep(Commit {
            writes: recorded.writes,
            timers,
            ..Commit::default()
        })
        .await?;
        Ok(caused)
    }

    pub(super) async fn apply(
        &mut self,
        owner: &Owner,
        by: Option<&str>,
        change: Change,
    ) -> Result<Vec<What>, Unplayable> {
        let by = by.map(UserId::from);
        let cause = Cause {
            owner,
            by: by.as_ref(),
            now: self.now,
        };
        let incident = self.incident.as_mut().ok_or(Unplayable::NoIncident)?;
        let changed = apply(incident, change, cause, &self.team).map_err(Unplayable::Refused)?;
        self.keep(Commit {
            entries: changed.entries,
            ..Commit::default()
        })
        .await?;
        Ok(changed.events)
    }

    pub(super) async fn keep(&self, commit: Commit) -> Result<(), Unplayable> {
        let commit = Commit {
            team: Some(self.id.clone()),
            incident: self.incident.clone(),
            ..commit
        };
        Ok(self.store.commit(commit).await?)
    }

    fn place(&self, of_incident: bool) -> StatePlace {
        let number = self.incident.as_ref().map(|incident| incident.number);
        StatePlace {
            team: self.id.clone(),
            owner: self.me(),
            incident: number.filter(|_| of_incident),
        }
    }
}
