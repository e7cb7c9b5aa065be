//! Which effect may go now. Pure: the time is handed in, and nothing is sent from here.
//!
//! An effect goes when its time has come, nothing planned before it in its incident is still to
//! provide what it needs, and nothing of the same order is before it. All that may go go at once.

use std::collections::{BTreeMap, HashSet};

use super::{memory::Memory, urgency::Urgency};
use crate::{
    clock::Moment,
    effect::{Act, Effect, Need, State},
    ids::{Number, Owner, TeamId},
};

/// What is to be done with an effect that may go.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) effect: Effect,
    pub(super) memory: Memory,
    pub(super) phase: Phase,
}

/// How far a job is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// What it needs does not stand yet; what can be looked up before can be looked up.
    Prepare,
    Act,
    /// Nobody waits for it any more.
    Expire,
}

/// All effects that are not settled, by incident, in the order they were planned.
#[derive(Debug, Default)]
pub(super) struct Queue {
    lanes: BTreeMap<(TeamId, Option<Number>), Vec<Entry>>,
}

#[derive(Debug)]
struct Entry {
    effect: Effect,
    memory: Memory,
    stage: Stage,
    at: Moment,
    /// It went and found that this does not stand: waits until it is provided.
    missing: Option<Need>,
}

/// What will stand in Slack, though it does not yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// By owner and name.
    pub messages: Vec<(Owner, String)>,
    pub room: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Waiting,
    Busy,
    /// Settled, but an operator may still bring about what it provides.
    Parked,
}

impl Queue {
    /// Adds an effect, or takes a newer word on one that is known. Those of the same slot that were
    /// not sent yet come back: they are not to be sent any more.
    pub(super) fn add(&mut self, effect: Effect) -> Vec<Effect> {
        let parked = matches!(effect.state, State::Parked { .. });
        if effect.state.settled() && !parked {
            self.settle(&effect);
            return Vec::new();
        }
        let lane = self
            .lanes
            .entry((effect.team.clone(), effect.incident))
            .or_default();
        if lane
            .iter()
            .any(|entry| entry.effect.key == effect.key && entry.stage == Stage::Busy)
        {
            return Vec::new();
        }
        let superseded = lane.extract_if(.., |old| old.replaced_by(&effect));
        let superseded = superseded.map(|old| old.effect).collect();
        let entry = Entry {
            at: effect.not_before,
            stage: if parked {
                Stage::Parked
            } else {
                Stage::Waiting
            },
            memory: Memory::default(),
            missing: None,
            effect,
        };
        match lane
            .iter_mut()
            .find(|known| known.effect.key == entry.effect.key)
        {
            Some(known) => *known = entry,
            None => lane.push(entry),
        }
        superseded
    }

    /// What is to come in an incident, or outside of any.
    pub(super) fn pending(&self, team: &TeamId, incident: Option<Number>) -> Pending {
        let mut pending = Pending::default();
        let lane = self
            .lanes
            .get(&(team.clone(), incident))
            .into_iter()
            .flatten();
        for need in lane.filter_map(|entry| provides(&entry.effect)) {
            match need {
                Need::Room => pending.room = true,
                Need::Message { owner, name } => pending.messages.push((owner, name)),
            }
        }
        pending
    }

    /// What may go now, the most urgent first; it is busy from now on. Nothing of teams that are `blocked`.
    pub(super) fn ready(&mut self, now: Moment, blocked: impl Fn(&TeamId) -> bool) -> Vec<Job> {
        let mut jobs = Vec::new();
        for ((team, _), lane) in &mut self.lanes {
            if blocked(team) {
                continue;
            }
            for (index, phase) in may_go(lane, now) {
                let entry = &mut lane[index];
                entry.stage = Stage::Busy;
                let memory = std::mem::take(&mut entry.memory);
                jobs.push(Job {
                    effect: entry.effect.clone(),
                    memory,
                    phase,
                });
            }
        }
        jobs.sort_by_key(|job| Urgency::of(&job.effect.act));
        jobs
    }

    /// Whether something may go now.
    pub(super) fn any_ready(&self, now: Moment, blocked: impl Fn(&TeamId) -> bool) -> bool {
        self.lanes
            .iter()
            .any(|((team, _), lane)| !blocked(team) && !may_go(lane, now).is_empty())
    }

    /// When time alone may let something go.
    pub(super) fn next(&self, now: Moment) -> Option<Moment> {
        let waiting = self
            .lanes
            .values()
            .flatten()
            .filter(|e| e.stage == Stage::Waiting);
        waiting
            .flat_map(|entry| {
                [
                    Some(entry.at),
                    entry.effect.until.map(|until| until.plus(TICK)),
                ]
            })
            .flatten()
            .filter(|&at| at > now)
            .min()
    }

    /// A try ended: the effect waits again, in this state, until `at`.
    pub(super) fn back(&mut self, effect: Effect, memory: Memory, at: Moment) {
        if let Some(entry) = self.entry(&effect) {
            *entry = Entry {
                effect,
                memory,
                stage: Stage::Waiting,
                at,
                missing: None,
            };
        }
    }

    /// A try ended because `need` does not stand: the effect waits until it does.
    pub(super) fn back_without(&mut self, effect: Effect, memory: Memory, need: Need) {
        if let Some(entry) = self.entry(&effect) {
            let at = effect.not_before;
            *entry = Entry {
                effect,
                memory,
                stage: Stage::Waiting,
                at,
                missing: Some(need),
            };
        }
    }

    /// Nothing more will happen by itself: what waited for it may go.
    pub(super) fn settle(&mut self, effect: &Effect) {
        let parked = matches!(effect.state, State::Parked { .. });
        let id = (effect.team.clone(), effect.incident);
        let Some(lane) = self.lanes.get_mut(&id) else {
            return;
        };
        let provided = provides(effect);
        if parked && provided.is_some() {
            for entry in lane
                .iter_mut()
                .filter(|entry| entry.effect.key == effect.key)
            {
                entry.stage = Stage::Parked;
            }
            return;
        }
        lane.retain(|entry| entry.effect.key != effect.key);
        for entry in lane.iter_mut().filter(|entry| entry.missing.is_some()) {
            if entry.missing == provided {
                entry.missing = None;
            }
        }
        if lane.is_empty() {
            self.lanes.remove(&id);
        }
    }

    /// Whether anything else of the incident is still without an answer of Slack.
    pub(super) fn any_unanswered(&self, effect: &Effect) -> bool {
        let lane = self.lanes.get(&(effect.team.clone(), effect.incident));
        lane.is_some_and(|lane| {
            lane.iter()
                .any(|entry| entry.effect.key != effect.key && entry.memory.unanswered())
        })
    }

    /// Whether something that is not settled will provide it.
    pub(super) fn expects(&self, effect: &Effect, need: &Need) -> bool {
        let lane = self.lanes.get(&(effect.team.clone(), effect.incident));
        lane.is_some_and(|lane| {
            lane.iter()
                .filter(|entry| entry.effect.key != effect.key)
                .any(|entry| provides(&entry.effect).as_ref() == Some(need))
        })
    }

    fn entry(&mut self, effect: &Effect) -> Option<&mut Entry> {
        let lane = self
            .lanes
            .get_mut(&(effect.team.clone(), effect.incident))?;
        lane.iter_mut().find(|entry| entry.effect.key == effect.key)
    }
}

impl Entry {
    fn replaced_by(&self, newer: &Effect) -> bool {
        self.stage == Stage::Waiting
            && self.effect.state == State::Planned
            && self.effect.key != newer.key
            && self.effect.slot.is_some()
            && self.effect.slot == newer.slot
    }
}

/// After a deadline, as far as a clock can tell.
const TICK: std::time::Duration = std::time::Duration::from_millis(1);

fn may_go(lane: &[Entry], now: Moment) -> Vec<(usize, Phase)> {
    let mut go = Vec::new();
    let mut orders: HashSet<&str> = HashSet::new();
    let mut coming: HashSet<Need> = HashSet::new();
    let mut in_use: HashSet<&Need> = HashSet::new();
    for (index, entry) in lane.iter().enumerate() {
        let effect = &entry.effect;
        let provided = provides(effect);
        if entry.stage == Stage::Waiting {
            let stands =
                entry.missing.is_none() && effect.needs.iter().all(|n| !coming.contains(n));
            let turn = effect
                .order
                .as_deref()
                .is_none_or(|order| !orders.contains(order));
            // A name that is given away anew still means the old message to those before.
            let free = provided.as_ref().is_none_or(|name| !in_use.contains(name));
            let due = entry.at <= now;
            if effect.state == State::Planned && effect.until.is_some_and(|until| until < now) {
                go.push((index, Phase::Expire));
            } else if due && stands && turn && free {
                go.push((index, Phase::Act));
            } else if due && !stands && entry.memory.unprepared(&effect.act) {
                go.push((index, Phase::Prepare));
            }
        }
        if entry.stage != Stage::Parked {
            orders.extend(effect.order.as_deref());
            if entry.missing.is_none() {
                in_use.extend(effect.needs.iter().filter(|need| **need != Need::Room));
            }
        }
        coming.extend(provided);
    }
    go
}

/// What stands in Slack once the effect is applied.
pub(super) fn provides(effect: &Effect) -> Option<Need> {
    let message = |name: &String| Need::Message {
        owner: effect.owner.clone(),
        name: name.clone(),
    };
    match &effect.act {
        Act::CreateRoom { .. } => Some(Need::Room),
        Act::Post {
            name: Some(name), ..
        }
        | Act::OpenView {
            name: Some(name), ..
        }
        | Act::Upload { name, .. } => Some(message(name)),
        Act::Post { name: None, .. }
        | Act::Invite { .. }
        | Act::SetTopic { .. }
        | Act::Bookmark { .. }
        | Act::RenameRoom { .. }
        | Act::ArchiveRoom
        | Act::Update { .. }
        | Act::Delete { .. }
        | Act::Pin { .. }
        | Act::Unpin { .. }
        | Act::React { .. }
        | Act::Unreact { .. }
        | Act::Whisper { .. }
        | Act::Respond { .. }
        | Act::OpenView { name: None, .. }
        | Act::FillView { .. }
        | Act::PushView { .. }
        | Act::UpdateView { .. }
        | Act::PublishHome { .. }
        | Act::Call { .. }
        | Act::Fetch { .. } => None,
    }
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
