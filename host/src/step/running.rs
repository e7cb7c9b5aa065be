//! One call while it runs: what it was given, what it has recorded so far, what it may still take.

use std::collections::{BTreeMap, BTreeSet};

use wasmtime::{ResourceLimiter, component::ResourceTable};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

use super::{
    bindings::iris::step::types,
    call::{Call, Recorded},
    grants::Permission,
    limits::{CHAIN, Limits},
    sandbox::{self, Stderr},
    weigh,
};
use crate::{
    effect::{Place, Scope, Wish},
    ids::{Number, Owner},
    incident::{Cause, Change, Incident, Refusal, RefusalKind, apply},
    store::{Resource, SharedStore, StatePlace, StateSize, StoreError, Timer},
};

/// How a function that records a wish answers: the outer error ends the call, the inner refusal is
/// the step's business.
pub(super) type Answer = wasmtime::Result<Result<(), types::Refusal>>;

/// The data of a call's store.
pub(super) struct Running {
    pub(super) owner: Owner,
    pub(super) call: Call,
    /// `None` while the step describes itself: everything reads empty.
    pub(super) store: Option<SharedStore>,
    pub(super) recorded: Recorded,
    /// The messages this call named, or (`None`) removed.
    pub(super) named: BTreeMap<String, Option<Place>>,
    pub(super) memory: Memory,
    pub(super) stderr: Stderr,
    /// How much the step remembers, with this call's writes; by incident, or the team's.
    pub(super) remembered: BTreeMap<Option<Number>, StateSize>,
    /// How long the values are that this call has read; likewise.
    pub(super) lengths: BTreeMap<(Option<Number>, String), Option<usize>>,
    /// The timers that are set, with this call's wishes; likewise.
    pub(super) timers: BTreeMap<Option<Number>, Vec<Timer>>,
    /// What was wished without being granted.
    pub(super) ungranted: BTreeSet<String>,
    /// Wishes that were refused.
    pub(super) refusals: usize,
    pub(super) limits: Limits,
    /// Lines written to the log.
    pub(super) lines: usize,
    /// The incident with this call's changes, once there are any.
    changed: Option<Incident>,
    /// Bytes recorded.
    weight: usize,
    /// Made when it is asked for: most calls never do.
    wasi: Option<WasiCtx>,
    table: ResourceTable,
}

impl Running {
    pub(super) fn new(
        owner: Owner,
        call: Call,
        store: Option<SharedStore>,
        limits: &Limits,
    ) -> Self {
        Self {
            owner,
            call,
            store,
            recorded: Recorded::default(),
            named: BTreeMap::new(),
            memory: Memory {
                left: limits.memory,
            },
            stderr: Stderr::new(limits.stderr),
            remembered: BTreeMap::new(),
            lengths: BTreeMap::new(),
            timers: BTreeMap::new(),
            ungranted: BTreeSet::new(),
            refusals: 0,
            limits: *limits,
            lines: 0,
            changed: None,
            weight: 0,
            wasi: None,
            table: ResourceTable::new(),
        }
    }

    /// Records what `check` makes of the step's words, if the step may wish such things.
    pub(super) fn wish(
        &mut self,
        needs: Permission,
        check: impl FnOnce(&mut Self) -> Result<Wish, Refusal>,
    ) -> Answer {
        match self.call.grants.may(needs).and_then(|()| check(self)) {
            Ok(wish) => {
                self.weigh(weigh::wish(&wish))?;
                if self.recorded.wishes.len() >= self.limits.wishes {
                    return Err(Stop::TooMuch.into());
                }
                self.recorded.wishes.push(wish);
                Ok(Ok(()))
            }
            Err(refusal) => Ok(Err(self.refused(refusal))),
        }
    }

    /// What the step is told; what it was not granted is audited.
    pub(super) fn refused(&mut self, refusal: Refusal) -> types::Refusal {
        self.refusals += 1;
        if refusal.kind == RefusalKind::NotGranted && self.ungranted.insert(refusal.code.clone()) {
            tracing::warn!(
                step = %self.owner,
                team = %self.call.event.team,
                incident = self.call.event.incident,
                event = self.call.event.id,
                code = refusal.code,
                "Step `{}` wished what it was not granted", self.owner
            );
        }
        refusal.into()
    }

    /// Counts what is kept of this call.
    pub(super) fn weigh(&mut self, bytes: usize) -> Result<(), Stop> {
        self.weight = self.weight.saturating_add(bytes);
        if self.weight > self.limits.output {
            Err(Stop::TooMuch)
        } else {
            Ok(())
        }
    }

    /// The event's incident, or the refusal that there is none.
    pub(super) fn incident(&self) -> Result<&Incident, Refusal> {
        self.call.facts.incident.as_deref().ok_or_else(|| {
            let sentence = "This event has no incident.";
            Refusal::new(RefusalKind::NotNow, "no-incident", sentence)
        })
    }

    /// Refuses what would cause another event after too many.
    pub(super) fn may_cause(&self) -> Result<(), Refusal> {
        if self.call.event.chain < CHAIN {
            return Ok(());
        }
        let sentence = format!("Steps have caused each other's events {CHAIN} times.");
        Err(Refusal::new(RefusalKind::NotNow, "chain", sentence))
    }

    /// Tries the change after this call's earlier ones, by the rules that will apply it.
    pub(super) fn change(&mut self, change: Change) -> Result<Wish, Refusal> {
        let mut incident = match self.changed.take() {
            Some(changed) => changed,
            None => self.incident()?.clone(),
        };
        let cause = Cause {
            owner: &self.owner,
            by: self.call.event.by.as_ref(),
            now: self.call.facts.now,
        };
        let outcome = apply(&mut incident, change.clone(), cause, &self.call.facts.team);
        self.changed = Some(incident);
        outcome.map(|_| Wish::Change(change))
    }

    /// What a message's name stands for in Slack.
    pub(super) async fn resource(
        &mut self,
        owner: &Owner,
        name: &str,
    ) -> Result<Option<Resource>, Stop> {
        let Some(store) = &self.store else {
            return Ok(None);
        };
        let incident = self
            .call
            .facts
            .incident
            .as_ref()
            .map(|incident| incident.number);
        Ok(store
            .resource(&self.call.event.team, incident, owner, name)
            .await?)
    }

    /// Where this step's state of a scope is. `None`: the event has no incident.
    pub(super) fn place(&self, scope: Scope) -> Option<StatePlace> {
        let incident = match scope {
            Scope::Incident => Some(self.call.facts.incident.as_ref()?.number),
            Scope::Team => None,
        };
        let team = self.call.event.team.clone();
        Some(StatePlace {
            team,
            owner: self.owner.clone(),
            incident,
        })
    }
}

impl WasiView for Running {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        let (facts, stderr) = (&self.call.facts, &self.stderr);
        let make = || sandbox::context(facts.now, &self.call.event.id, stderr.clone());
        WasiCtxView {
            ctx: self.wasi.get_or_insert_with(make),
            table: &mut self.table,
        }
    }
}

/// Ends a call from within.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stop {
    #[error("it computed longer than it may")]
    OutOfTime,
    #[error("it took more memory than it may")]
    OutOfMemory,
    #[error("it wished more than a call may hold")]
    TooMuch,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a call may still take of memory, all its memories together.
pub(super) struct Memory {
    left: usize,
}

impl ResourceLimiter for Memory {
    fn memory_growing(
        &mut self,
        now: usize,
        then: usize,
        _: Option<usize>,
    ) -> wasmtime::Result<bool> {
        self.left = self
            .left
            .checked_sub(then.saturating_sub(now))
            .ok_or(Stop::OutOfMemory)?;
        Ok(true)
    }

    fn table_growing(
        &mut self,
        now: usize,
        then: usize,
        _: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let bytes = then.saturating_sub(now).saturating_mul(size_of::<usize>());
        self.left = self.left.checked_sub(bytes).ok_or(Stop::OutOfMemory)?;
        Ok(true)
    }
}
