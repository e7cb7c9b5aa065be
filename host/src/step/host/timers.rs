//! Wishes to be woken.

use std::time::Duration;

use super::check::{self, not_now, too_large};
use crate::{
    clock::Moment,
    effect::{Scope, Wish},
    incident::Refusal,
    step::{
        bindings::iris::step::{timers::Host, types},
        grants::Permission::Timers,
        json::malformed,
        running::{Answer, Running, Stop},
    },
    store::{StatePlace, Timer},
};

/// Timers of one step in one scope.
const TIMERS: usize = 64;

/// How far ahead a timer may be.
const AHEAD: Duration = Duration::from_hours(24 * 400);

impl Host for Running {
    async fn at(&mut self, scope: types::Scope, name: String, at: u64) -> Answer {
        self.set(check::scope(scope), name, Moment(at)).await
    }

    async fn after(&mut self, scope: types::Scope, name: String, seconds: u32) -> Answer {
        let at = self
            .call
            .facts
            .now
            .plus(Duration::from_secs(seconds.into()));
        self.set(check::scope(scope), name, at).await
    }

    async fn cancel(&mut self, scope: types::Scope, name: String) -> Answer {
        self.wish(Timers, |call| {
            let scope = check::scope(scope);
            check::key(&name)?;
            let place = call.in_scope(scope)?;
            if let Some(timers) = call.timers.get_mut(&place.incident) {
                timers.retain(|timer| timer.name != name);
            }
            Ok(Wish::CancelTimer { scope, name })
        })
    }

    async fn due(&mut self, scope: types::Scope, name: String) -> wasmtime::Result<Option<u64>> {
        if self.call.grants.may(Timers).is_err() {
            return Ok(None);
        }
        let timers = self.timers(check::scope(scope)).await?;
        let timer = timers.iter().find(|timer| timer.name == name);
        Ok(timer.map(|timer| timer.due.0))
    }
}

impl Running {
    async fn set(&mut self, scope: Scope, name: String, at: Moment) -> Answer {
        let others = self
            .timers(scope)
            .await?
            .iter()
            .filter(|timer| timer.name != name)
            .count();
        self.wish(Timers, |call| {
            check::key(&name)?;
            let place = call.in_scope(scope)?;
            if at.since(call.call.facts.now) > AHEAD {
                return Err(malformed(
                    "too-far",
                    "A timer is at most 400 days ahead.".to_owned(),
                ));
            }
            if others >= TIMERS {
                let sentence = format!("A step has at most {TIMERS} timers in one scope.");
                return Err(too_large("timers", sentence));
            }
            let timers = call.timers.entry(place.incident).or_default();
            timers.retain(|timer| timer.name != name);
            timers.push(Timer {
                place,
                name: name.clone(),
                due: at,
            });
            Ok(Wish::SetTimer { scope, name, at })
        })
    }

    fn in_scope(&self, scope: Scope) -> Result<StatePlace, Refusal> {
        self.place(scope)
            .ok_or_else(|| not_now("no-incident", "This event has no incident."))
    }

    /// The timers that are set, this call's wishes included. The store is asked once.
    async fn timers(&mut self, scope: Scope) -> Result<&[Timer], Stop> {
        let (Some(place), Some(store)) = (self.place(scope), &self.store) else {
            return Ok(&[]);
        };
        if !self.timers.contains_key(&place.incident) {
            let mut timers = store.timers(&place).await?;
            // Whatever was set is known already: it can only have been cancelled.
            timers.retain(|timer| !self.cancelled(scope, &timer.name));
            self.timers.insert(place.incident, timers);
        }
        Ok(&self.timers[&place.incident])
    }

    fn cancelled(&self, scope: Scope, timer: &str) -> bool {
        self.recorded.wishes.iter().any(|wish| {
            matches!(wish, Wish::CancelTimer { scope: of, name } if *of == scope && name == timer)
        })
    }
}
