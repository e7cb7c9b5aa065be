//! Which open incidents somebody is shown: the first of them, and how many there are.

use super::{Incident, Status};
use crate::ids::{ChannelId, UserId};

/// What is asked about the incidents of a team that are not closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenQuery {
    pub which: Which,
    /// Who asks, and where. Private ones are there only for who may know of them.
    pub by: Option<UserId>,
    pub channel: Option<ChannelId>,
    /// The team's severities, the gravest first.
    pub severities: Vec<String>,
    /// How many are shown at most.
    pub limit: usize,
}

/// Some of those that are not closed, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Of this status, drills last: the gravest first, an unknown severity may be the gravest, then
    /// the oldest.
    Gravest(Status),
    /// Real ones that go on, the newest first.
    Newest,
    /// In whose room the person is, the oldest first.
    Joined,
    /// The same, the newest first.
    JoinedLast,
    /// In which the person has a role, the oldest first. Roles are counted, not incidents.
    Held,
    /// Drills that have a room, the oldest first, private ones too.
    Drills,
}

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub incidents: Vec<Incident>,
    /// How many there are, those that are not shown too.
    pub all: usize,
}

impl Shown {
    /// How many are not shown of those that there are, when so many are.
    pub fn left(&self, shown: usize) -> Option<usize> {
        self.all.checked_sub(shown).filter(|n| *n > 0)
    }
}

impl OpenQuery {
    /// What the answer is: a store finds the same without reading all that are open.
    pub fn of(&self, open: &[Incident]) -> Shown {
        let mut shown: Vec<_> = open.iter().filter(|i| self.takes(i)).collect();
        shown.sort_by_key(|incident| incident.number);
        let all = match self.which {
            Which::Held => shown.iter().map(|i| self.roles(i)).sum(),
            Which::Gravest(_)
            | Which::Newest
            | Which::Joined
            | Which::JoinedLast
            | Which::Drills => shown.len(),
        };
        match self.which {
            Which::Gravest(_) => shown.sort_by_key(|incident| {
                let rank = |id: &String| self.severities.iter().position(|s| s == id);
                let rank = incident.severity.as_ref().and_then(rank);
                (incident.drill, rank, incident.declared_at())
            }),
            Which::Newest | Which::JoinedLast => shown.reverse(),
            Which::Joined | Which::Held | Which::Drills => {}
        }
        let incidents = shown.into_iter().take(self.limit).cloned().collect();
        Shown { incidents, all }
    }

    fn takes(&self, incident: &Incident) -> bool {
        incident.status != Status::Closed
            && match self.which {
                Which::Gravest(status) => incident.status == status && self.may_know(incident),
                Which::Newest => {
                    let goes_on = incident.status == Status::Declared;
                    goes_on && !incident.drill && self.may_know(incident)
                }
                Which::Joined | Which::JoinedLast => {
                    let by = self.by.as_ref();
                    incident.room.is_some() && by.is_some_and(|by| incident.people.contains(by))
                }
                Which::Held => self.roles(incident) > 0 && self.may_know(incident),
                Which::Drills => incident.drill && incident.room.is_some(),
            }
    }

    /// Whoever acts in its room is in it.
    fn may_know(&self, incident: &Incident) -> bool {
        let room = incident.room.as_ref().map(|room| &room.channel);
        let in_room = room.is_some() && room == self.channel.as_ref();
        in_room || self.by.as_ref().is_some_and(|by| incident.known_to(by))
    }

    fn roles(&self, incident: &Incident) -> usize {
        let held = incident.roles.values().map(|held| &held.user);
        held.filter(|user| Some(*user) == self.by.as_ref()).count()
    }
}
