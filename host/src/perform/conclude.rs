//! One try at one effect, and what came of it written down.

use serde_json::json;

use super::{
    driver::Driver,
    errand::Errand,
    memory::Memory,
    outcome::{Verdict, caused, judge, refused, stuck, told_as},
    queue::{Job, Phase},
    recipes,
    sweep::Sweep,
    word::deed,
};
use crate::{
    clock::Moment,
    effect::{Act, Effect, MessageRef, Need, State},
    event::{Event, What},
    ids::{Number, Owner},
    store::{
        Resource, Settlement, StoreError,
        audit::{Deed, Who},
    },
    traces,
};

impl Driver {
    /// One try at one effect.
    pub(super) async fn job(&self, job: Job) {
        let Job {
            effect,
            memory,
            phase,
        } = job;
        let begun = self.world.now();
        let mut errand = Errand::new(&self.world, &effect, memory);
        let mut sent = false;
        let verdict = match phase {
            Phase::Expire => refused(&effect, "too-late", "nobody waits for it any more".into()),
            Phase::Prepare => match recipes::prepare(&mut errand).await {
                Ok(()) => {
                    let memory = errand.memory;
                    let (state, attempts) = (effect.state.clone(), effect.attempts);
                    Verdict::Again {
                        state,
                        at: begun,
                        attempts,
                        memory,
                        durable: false,
                    }
                }
                Err(stop) => judge(errand, Err(stop)),
            },
            Phase::Act => {
                let came = recipes::perform(&mut errand).await;
                self.work()
                    .sweeps
                    .extend(errand.memory.again.take().map(Sweep::new));
                sent = errand.sent;
                judge(errand, came)
            }
        };
        self.conclude(effect, verdict, sent).await;
    }

    /// A newer effect says it better.
    pub(super) async fn superseded(&self, mut effect: Effect) {
        effect.state = State::Superseded;
        self.settle(&effect, Vec::new(), vec![]).await;
    }

    async fn conclude(&self, mut effect: Effect, verdict: Verdict, sent: bool) {
        match verdict {
            Verdict::Settled {
                state,
                resources,
                what,
            } => {
                effect.attempts += u32::from(sent);
                effect.state = state;
                let caused = what.into_iter().chain(self.caught_up(&effect)).collect();
                self.settle(&effect, resources, caused).await;
                self.work().queue.settle(&effect);
            }
            Verdict::Again {
                state,
                at,
                attempts,
                memory,
                durable,
            } => {
                effect.state = state;
                effect.attempts = attempts;
                effect.not_before = at;
                if memory.unanswered() {
                    let mut work = self.work();
                    work.silence.unanswered(&effect, self.world.now());
                }
                let held = held(&effect, &memory, self.world.now());
                if durable || held.is_some() {
                    self.settle(&effect, Vec::new(), held.into_iter().collect())
                        .await;
                }
                self.work().queue.back(effect, memory, at);
            }
            Verdict::Missing { need, memory } => self.without(effect, memory, need).await,
            Verdict::Dropped => {
                effect.state = State::Superseded;
                self.work().queue.settle(&effect);
            }
        }
    }

    /// What an effect needs does not stand: it waits if it may still come, else it is refused.
    async fn without(&self, mut effect: Effect, memory: Memory, need: Need) {
        // Whoever was told that Slack refused the room may try again: all that it needs waits.
        let comes = match need {
            Need::Room if effect.incident.is_some() => true,
            Need::Room | Need::Message { .. } => self.work().queue.expects(&effect, &need),
        };
        if comes {
            return self.work().queue.back_without(effect, memory, need);
        }
        let (code, sentence) = match &need {
            Need::Room => ("no-room", "the incident has no room".to_owned()),
            Need::Message { owner, name } => {
                ("no-message", format!("there is no message {owner}/{name}"))
            }
        };
        let Verdict::Settled {
            state,
            resources,
            what,
        } = refused(&effect, code, sentence)
        else {
            return;
        };
        effect.state = state;
        self.settle(&effect, resources, what.into_iter().collect())
            .await;
        self.work().queue.settle(&effect);
    }

    /// Slack has answered: since when it had not, when that was the last thing that waited for it.
    fn caught_up(&self, effect: &Effect) -> Option<What> {
        let mut work = self.work();
        let answered = matches!(effect.state, State::Applied { .. });
        if !answered || work.queue.any_unanswered(effect) {
            return None;
        }
        let since = work.silence.over(effect)?;
        Some(What::CaughtUp { since })
    }

    /// Writes down what came, as long as it takes: the request is out, and only we know.
    async fn settle(&self, effect: &Effect, resources: Vec<Resource>, what: Vec<What>) {
        let now = self.world.now();
        let whats = what.into_iter().chain(self.cleared(effect).await);
        let events: Vec<Event> = whats.map(|what| caused(effect, now, what)).collect();
        loop {
            let settlement = Settlement {
                team: effect.team.clone(),
                key: effect.key.clone(),
                state: effect.state.clone(),
                attempts: effect.attempts,
                not_before: effect.not_before,
                resources: resources.clone(),
                forgotten: forgotten(effect),
                events: events.clone(),
                deeds: deeds(effect, now),
            };
            match self.world.store.settle(settlement).await {
                Ok(()) => break,
                Err(StoreError::Damaged(why)) => {
                    return tracing::error!(
                        effect.key = %effect.key,
                        "What came of {} cannot be written down: {why}",
                        effect.act.method()
                    );
                }
                Err(error @ StoreError::Unavailable(_)) => tracing::error!(
                    effect.key = %effect.key,
                    "What came of {} is not written down yet: {error}",
                    effect.act.method()
                ),
            }
            let again = self.world.now().plus(self.world.settings.backoff);
            tokio::select! {
                () = self.world.clock.sleep_until(again) => {}
                // The store says `sending`: the next start looks it up.
                () = self.tasks.stopping() => return,
            }
        }
        tell(effect);
        traces::effect(effect, now);
        for event in events {
            self.tell(event);
        }
    }

    /// What was said to be parked is settled: who was told so hears of it.
    async fn cleared(&self, effect: &Effect) -> Option<What> {
        let (State::Applied { .. } | State::Refused { .. }) = &effect.state else {
            return None;
        };
        let (store, core, name) = (&self.world.store, Owner::core(), told_as(effect));
        let told = store.resource(&effect.team, effect.incident, &core, &name);
        // A store that cannot be read cannot take note either, and that is tried until it can.
        told.await.ok()??;
        Some(What::Settled(stuck(effect)))
    }
}

/// What the audit keeps of an outcome: what needs an operator.
fn deeds(effect: &Effect, now: Moment) -> Vec<Deed> {
    let State::Parked { why } = &effect.state else {
        return Vec::new();
    };
    let detail = json!({ "method": effect.act.method(), "why": why });
    vec![deed(effect, now, Who::iris(), "effect.park", detail)]
}

/// What the declarer waits for, and Slack lets Iris do only later.
fn held(effect: &Effect, memory: &Memory, now: Moment) -> Option<What> {
    let waited_for = matches!(effect.act, Act::CreateRoom { .. } | Act::Invite { .. });
    let until = effect.not_before;
    (waited_for && memory.limited && until > now).then(|| What::Held {
        wish: effect.wish.clone(),
        until,
    })
}

/// A message that was deleted has no name any more, nor has a form that was filled.
fn forgotten(effect: &Effect) -> Vec<(Option<Number>, Owner, String)> {
    match (&effect.act, &effect.state) {
        (Act::FillView { name, .. }, _) if effect.state.settled() => {
            vec![(effect.incident, effect.owner.clone(), name.clone())]
        }
        (
            Act::Delete {
                message: MessageRef::Named { owner, name },
            },
            State::Applied { .. },
        ) => vec![(effect.incident, owner.clone(), name.clone())],
        _ => Vec::new(),
    }
}

/// Says once where an effect stands now.
fn tell(effect: &Effect) {
    let method = effect.act.method();
    let state = effect.state.as_str();
    metrics::counter!("iris_effects_total", "method" => method.to_owned(), "state" => state)
        .increment(1);
    let incident = effect
        .incident
        .map_or_else(|| "-".to_owned(), |number| number.to_string());
    match &effect.state {
        // Somebody closed the form: nobody looks at it any more.
        State::Refused { code } if method == "views.update" && code == "not_found" => {
            tracing::debug!(effect.key = %effect.key, "The form is closed");
        }
        State::Parked { why } => tracing::error!(
            effect.key = %effect.key, team.id = %effect.team, incident.number = %incident,
            step.name = %effect.owner, slack.method = method,
            "{method} of incident {incident} is parked for a person: {why}"
        ),
        State::Refused { code } => tracing::warn!(
            effect.key = %effect.key, team.id = %effect.team, incident.number = %incident,
            step.name = %effect.owner, slack.method = method, slack.code = %code,
            "{method} of incident {incident} is refused: {code}"
        ),
        State::Unknown => tracing::warn!(
            effect.key = %effect.key, team.id = %effect.team, incident.number = %incident,
            step.name = %effect.owner, slack.method = method,
            "Nobody knows whether {method} of incident {incident} arrived: Iris will look"
        ),
        State::Planned | State::Sending | State::Applied { .. } | State::Superseded => {
            tracing::debug!(
                effect.key = %effect.key, team.id = %effect.team, incident.number = %incident,
                step.name = %effect.owner, slack.method = method,
                "{method} of incident {incident} is {state}"
            );
        }
    }
}
