//! What handling one event comes to, as it grows: then one commit.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{alerts, deeds, scene::Scene};
use crate::{
    alert::Alerted,
    clock::Moment,
    effect::{
        Act, Wish,
        plan::{Plan, Planner},
    },
    event::{Event, What},
    ids::{Number, Owner},
    incident::{self, Cause, Change, Entry, Incident},
    store::{CallRow, Commit, StatePlace, StateRead, StateWrite},
    team::Team,
};

/// Eight links on, wishes cause nothing more.
pub(crate) const LONGEST_CHAIN: u8 = 8;

/// Everything that one event comes to.
pub(crate) struct Draft<'a> {
    event: &'a Event,
    team: &'a Team,
    now: Moment,
    /// How often the event was tried before: what a later try causes has other ids.
    round: u32,
    pub incident: Option<Incident>,
    changed: bool,
    messages: BTreeSet<(Owner, String)>,
    entries: Vec<Entry>,
    /// What is told next, and about which incident.
    told: Vec<(Option<Number>, What)>,
    pub plan: Plan,
    calls: Vec<CallRow>,
    ungranted: Vec<(Owner, String)>,
    /// What the steps that the team brought may do, where it is not what the audit says.
    pub granted: Option<Value>,
    reads: Vec<StateRead>,
    writes: Vec<StateWrite>,
    pub answer: Option<String>,
    /// The name of a form that is open already, to be filled by the core's.
    pub prepared: Option<&'a str>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(event: &'a Event, team: &'a Team, scene: &Scene) -> Self {
        Self {
            event,
            team,
            now: scene.now,
            round: scene
                .calls
                .iter()
                .map(|call| call.attempts)
                .max()
                .unwrap_or(0),
            incident: scene.incident.clone(),
            changed: false,
            messages: scene.messages.clone(),
            entries: vec![],
            told: vec![],
            plan: Plan::default(),
            calls: vec![],
            ungranted: vec![],
            granted: None,
            reads: vec![],
            writes: vec![],
            answer: None,
            prepared: None,
        }
    }

    /// Records the wishes of one owner: changes are applied, the rest is planned.
    pub(crate) fn take(&mut self, owner: &Owner, wishes: &[Wish], key: fn() -> String) {
        for wish in wishes {
            if let Wish::Change(change) = wish {
                self.change(owner, change.clone());
            } else if let Wish::RedrawHome = wish {
                // A home is the team's: it has its turn there, when this is committed.
                self.told.push((None, What::HomeOpened));
            }
        }
        let mut planner = Planner {
            event: self.event,
            incident: self.incident.as_ref(),
            messages: &self.messages,
            now: self.now,
            outside: self.team.shared_channels,
            key,
            prepared: self.prepared.filter(|_| owner.is_core()),
        };
        planner.plan(owner, wishes, &mut self.plan);
    }

    /// A new incident, of this number.
    pub(crate) fn declare(&mut self, number: Number, wish: &incident::Declaration) {
        let core = Owner::core();
        let (incident, changed) = incident::declare(number, wish, self.cause(&core));
        self.incident = Some(incident);
        self.record(changed);
    }

    /// The declarer comes into the room with the first who are called; alone if nobody is.
    pub(crate) fn bring_declarer(&mut self, key: fn() -> String) {
        let Some(incident) = &self.incident else {
            return;
        };
        let Some(declarer) = incident.declarer() else {
            return;
        };
        if !matches!(self.event.what, What::Declared(_)) || declarer.0.is_empty() {
            return;
        }
        let declarer = declarer.0.clone();
        let invited = self.plan.effects.iter_mut().find_map(|effect| {
            if let Act::Invite { people } = &mut effect.act {
                Some(people)
            } else {
                None
            }
        });
        match invited {
            Some(people) if people.contains(&declarer) => {}
            Some(people) => people.insert(0, declarer),
            None => {
                let wish = Wish::Invite {
                    people: vec![declarer],
                };
                self.take(&Owner::core(), &[wish], key);
            }
        }
    }

    pub(crate) fn call(&mut self, row: CallRow) {
        self.calls.push(row);
    }

    pub(crate) fn state(&mut self, reads: Vec<StateRead>, writes: Vec<StateWrite>) {
        self.reads.extend(reads);
        self.writes.extend(writes);
    }

    /// What a step wished and may not.
    pub(crate) fn ungranted(&mut self, step: &Owner, codes: impl IntoIterator<Item = String>) {
        let theirs = codes.into_iter().map(|code| (step.clone(), code));
        self.ungranted.extend(theirs);
    }

    /// The alert's key stands for the incident from now on, unless somebody else has given it to
    /// another meanwhile.
    pub(crate) fn bind(&mut self, alerted: &Alerted, version: u64) {
        let number = self.incident.as_ref().map(|incident| incident.number);
        let (read, write) = alerts::binding(&self.event.team, alerted, version, number);
        self.reads.push(read);
        self.writes.push(write);
    }

    /// Something the core remembers about the incident.
    pub(crate) fn remember(&mut self, key: &str, json: &str) {
        let place = StatePlace {
            team: self.event.team.clone(),
            owner: Owner::core(),
            incident: self.incident.as_ref().map(|incident| incident.number),
        };
        let json = Some(json.to_owned());
        self.writes.push(StateWrite {
            place,
            key: key.to_owned(),
            json,
        });
    }

    /// The whole, ready to be committed. `done`: no step is left to be tried again.
    pub(crate) fn commit(mut self, done: bool) -> Commit {
        let events = if self.event.chain < LONGEST_CHAIN {
            self.caused()
        } else {
            vec![]
        };
        let number = self.incident.as_ref().map(|incident| incident.number);
        let mut deeds = deeds::of(
            self.event,
            self.now,
            number,
            (&self.entries, &self.calls),
            &self.ungranted,
        );
        let granted = self
            .granted
            .map(|steps| deeds::granted(self.event, self.now, steps));
        deeds.extend(granted);
        Commit {
            team: Some(self.event.team.clone()),
            calls: self.calls,
            done: done.then(|| self.event.id.clone()),
            belongs: None,
            answer: self.answer,
            incident: self.incident.filter(|_| self.changed),
            entries: self.entries,
            effects: self.plan.effects,
            superseded: vec![],
            reads: self.reads,
            writes: self.writes,
            timers: self.plan.timers,
            events,
            deeds,
        }
    }

    /// What this event caused, as events of their own.
    fn caused(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.told)
            .into_iter()
            .enumerate()
            .map(|(n, (incident, what))| Event {
                id: format!("{}>{}.{n}", self.event.id, self.round),
                team: self.event.team.clone(),
                at: self.now,
                by: self.event.by.clone(),
                incident,
                chain: self.event.chain + 1,
                lineage: Some(self.event.leads()),
                what,
            })
            .collect()
    }

    fn change(&mut self, owner: &Owner, change: Change) {
        let Some(incident) = &mut self.incident else {
            return;
        };
        let cause = Cause {
            owner,
            by: self.event.by.as_ref(),
            now: self.now,
        };
        // The step was told when it wished; what is refused here was overtaken by another step of
        // the same event, and the last word stands.
        if let Ok(changed) = incident::apply(incident, change, cause, self.team) {
            self.record(changed);
        }
    }

    fn record(&mut self, changed: incident::Changed) {
        let number = self.incident.as_ref().map(|incident| incident.number);
        self.changed = true;
        self.entries.extend(changed.entries);
        self.told
            .extend(changed.events.into_iter().map(|what| (number, what)));
    }

    fn cause<'b>(&'b self, owner: &'b Owner) -> Cause<'b> {
        Cause {
            owner,
            by: self.event.by.as_ref(),
            now: self.now,
        }
    }
}
