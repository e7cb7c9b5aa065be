//! One event, from its turn to its commit: look up, decide, ask the steps, plan, store, act.

use std::{cell::RefCell, collections::BTreeSet, sync::Arc, time::Duration};

use serde_json::{Value, json};
use tracing::{error, warn};

use super::{
    MainLoop, calls::Asked, deeds::GRANTED, draft::Draft, lanes::Waiting, new_key, scene::Scene,
    steps::TeamSteps,
};
use crate::{
    clock::Moment,
    decide::{self, AlertResult, Decision, Known},
    effect::{
        Wish,
        plan::{NextView, Plan, Planner},
    },
    event::{Event, What},
    ids::{Owner, UserId},
    inbox::Ack,
    incident::{OpenQuery, Shown},
    store::{CallRow, CallState, CommitError, StatePlace, StateWrite, StoreError},
    traces,
};

/// How long a lane waits when the store cannot be reached.
pub(super) const STORE_WAIT: Duration = Duration::from_secs(1);

/// What handling came to.
struct Handled {
    ack: Ack,
    /// A call failed; the event comes again then.
    again: Option<Moment>,
}

impl MainLoop {
    /// Handles an event until it is committed. Only then does the lane go on.
    pub(super) async fn handle(&self, waiting: Waiting) {
        let Some(waiting) = self.in_its_lane(waiting).await else {
            return;
        };
        let Waiting {
            event,
            mut again,
            answer,
            preparing,
        } = waiting;
        let event = Arc::new(event);
        let prepared = match &preparing {
            Some(preparing) => preparing.turn().await,
            None => None,
        };
        let handled = loop {
            match self.attempt(&event, again, prepared.as_deref()).await {
                Ok(handled) => break handled,
                // Calls are pure: they are run again on what is there now.
                Err(CommitError::Conflict { .. }) => {}
                Err(CommitError::Store(problem)) => {
                    error!(event.id = %event.id, %problem, "Event `{}` waits for the store", event.id);
                    self.clock()
                        .sleep_until(self.clock().now().plus(STORE_WAIT))
                        .await;
                }
            }
            again = true;
        };
        if let Some(answer) = answer {
            // Nobody listens when Slack's time was up; what the form would show is lost with it.
            let _ = answer.answer(handled.ack);
        }
        if let Some(at) = handled.again {
            self.push_later(Event::clone(&event), at);
        }
    }

    /// `prepared` is the name of a form that is open already, to be filled.
    async fn attempt(
        &self,
        event: &Arc<Event>,
        again: bool,
        prepared: Option<&str>,
    ) -> Result<Handled, CommitError> {
        let Some(team) = self.team(&event.team) else {
            return self.without_team(event).await;
        };
        let mut scene = self.look_up(event, again).await?;
        let decision = self.decide(event, &team, &mut scene).await?;
        let mut draft = Draft::new(event, &team.file, &scene);
        draft.prepared = prepared;
        let mut ack = Ack::Empty;
        if scene.due(&Owner::core()) {
            ack = take_decision(&mut draft, event, &decision, &scene, new_key);
            draft.call(done(event, Owner::core()));
        }
        // Facts are as of the event, what Slack tells with it included: all steps see the same.
        let snapshot = draft.incident.clone().map(Arc::new);
        let asked = Asked {
            event,
            team: &team,
            snapshot: snapshot.as_ref(),
            route: &decision.route,
        };
        let (retry, said) = self
            .ask_steps(asked, &mut scene, &mut draft, new_key)
            .await?;
        if said != Ack::Empty {
            ack = said;
        }
        draft.bring_declarer(new_key);
        if let Some(next) = draft.plan.form.take() {
            ack = Ack::Json(shown(&next));
        }
        if let Ack::Json(json) = &ack {
            draft.answer = Some(json.to_string());
        }
        draft.granted = self.unaudited(event, &team).await?;
        self.finish(event, draft, retry).await?;
        team.audited();
        Ok(Handled { ack, again: retry })
    }

    /// What the team's own steps may do, where the audit does not say so yet: with the first event
    /// that meets it.
    async fn unaudited(
        &self,
        event: &Event,
        team: &TeamSteps,
    ) -> Result<Option<Value>, StoreError> {
        if team.is_audited() {
            return Ok(None);
        }
        let last = self.store().last_deed(&event.team, GRANTED).await?;
        let before = last.map_or_else(|| json!({}), |deed| deed.detail);
        Ok(Some(team.granted()).filter(|now| *now != before))
    }

    /// Commits, and only then acts.
    async fn finish(
        &self,
        event: &Event,
        draft: Draft<'_>,
        retry: Option<Moment>,
    ) -> Result<(), CommitError> {
        let commit = draft.commit(retry.is_none());
        let (effects, events) = (commit.effects.clone(), commit.events.clone());
        let timers = !commit.timers.is_empty();
        self.store().commit(commit).await?;
        if retry.is_none() {
            traces::event(event, self.clock().now());
        }
        self.performer().take(effects);
        if timers {
            self.timers_changed();
        }
        for caused in events {
            self.push(caused);
        }
        Ok(())
    }

    /// The core cannot read, and need not know of all that is open: what it asked for and did not
    /// find is looked up, and then it is asked again.
    pub(super) async fn decide(
        &self,
        event: &Event,
        team: &TeamSteps,
        scene: &mut Scene,
    ) -> Result<Decision, StoreError> {
        loop {
            let (decision, missed) = self.decide_on(event, team, scene);
            if missed.is_empty() {
                return Ok(decision);
            }
            self.look_at_open(&event.team, missed, scene).await?;
        }
    }

    fn decide_on(
        &self,
        event: &Event,
        team: &TeamSteps,
        scene: &Scene,
    ) -> (Decision, Vec<OpenQuery>) {
        let missed = RefCell::new(Vec::new());
        let incident = scene.incident.as_ref();
        let offers = team.offers(incident);
        let workspace = self.workspace(&event.team);
        let known = Known {
            now: scene.now,
            team_id: &event.team,
            team: &team.file,
            incident,
            open: &|query| {
                let found = scene.open.iter().find(|(asked, _)| asked == query);
                found.map_or_else(
                    || {
                        missed.borrow_mut().push(query.clone());
                        Shown::default()
                    },
                    |(_, shown)| shown.clone(),
                )
            },
            next_number: scene.next_number,
            names: &|user: &UserId| scene.names.get(user).cloned(),
            steps: &offers,
            withheld: &team.withheld(incident),
            workspace_url: workspace.as_ref().map(|w| w.url.as_str()),
            bot: workspace.as_ref().map(|w| &w.bot_user),
            entries: &|kind| {
                let of = |entry: &&crate::incident::Entry| kind.is_none_or(|k| entry.kind == k);
                scene.entries.iter().filter(of).cloned().collect()
            },
            memory: &|key| scene.memory.get(key).cloned(),
            todos: &scene.todos,
            waiting: scene.waiting,
            form: scene.form.as_deref(),
            deactivated: &scene.deactivated,
            bots: &scene.bots,
        };
        let decision = decide::decide(event, &known);
        (decision, missed.into_inner())
    }

    /// A workspace without a file: the person is told which to make.
    async fn without_team(&self, event: &Event) -> Result<Handled, CommitError> {
        warn!(team.id = %event.team, "Team {} has no file and there is no default", event.team);
        let said = decide::failures::no_team(iris_kit::Locale::En, &event.team);
        let mut commit = crate::store::Commit {
            team: Some(event.team.clone()),
            done: Some(event.id.clone()),
            ..Default::default()
        };
        let mut ack = Ack::Empty;
        if let What::Command(_) = &event.what {
            ack = Ack::Json(json!({ "response_type": "ephemeral", "text": said.text }));
        } else if event.what.reply().is_some() {
            let mut planner = Planner {
                event,
                incident: None,
                messages: &BTreeSet::new(),
                now: self.clock().now(),
                outside: false,
                key: new_key,
                prepared: None,
            };
            let mut plan = Plan::default();
            planner.plan(&Owner::core(), &[Wish::Reply { content: said }], &mut plan);
            commit.effects = plan.effects;
        }
        let effects = commit.effects.clone();
        self.store().commit(commit).await?;
        self.performer().take(effects);
        Ok(Handled { ack, again: None })
    }
}

/// Records what the core wished, and says what the form shall do.
fn take_decision(
    draft: &mut Draft<'_>,
    event: &Event,
    decision: &Decision,
    scene: &Scene,
    key: fn() -> String,
) -> Ack {
    if !decision.refused.is_empty() {
        return errors(
            decision
                .refused
                .iter()
                .map(|(field, said)| (field.as_str(), said.as_str())),
        );
    }
    let core = Owner::core();
    for wish in &decision.wishes {
        if let Wish::Declare(declaration) = wish {
            draft.declare(scene.next_number, declaration);
        }
    }
    if let What::Alerted(alerted) = &event.what
        && decision.alert == Some(AlertResult::Declared)
    {
        draft.bind(alerted, scene.alert);
    }
    draft.take(&core, &decision.wishes, key);
    let place = StatePlace {
        team: event.team.clone(),
        owner: core,
        incident: draft.incident.as_ref().map(|incident| incident.number),
    };
    let writes = decision.remember.iter().map(|(key, json)| StateWrite {
        place: place.clone(),
        key: key.clone(),
        json: json.clone(),
    });
    draft.state(vec![], writes.collect());
    match decision.alert {
        Some(result) => {
            let incident = draft.incident.as_ref().map(|incident| incident.number);
            Ack::Json(json!({ "result": result.as_str(), "incident": incident }))
        }
        None => Ack::Empty,
    }
}

/// The form stays open with a sentence under each of these fields.
pub(super) fn errors<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Ack {
    let errors: serde_json::Map<String, Value> = fields
        .into_iter()
        .map(|(field, said)| (field.to_owned(), json!(said)))
        .collect();
    Ack::Json(json!({ "response_action": "errors", "errors": errors }))
}

/// Another form takes the place of the one that was sent, or stands on top of it.
fn shown(next: &NextView) -> Value {
    let view: Value = serde_json::from_str(&next.view).unwrap_or_default();
    let action = if next.push { "push" } else { "update" };
    json!({ "response_action": action, "view": view })
}

/// A call that is over.
pub(super) fn done(event: &Event, step: Owner) -> CallRow {
    CallRow {
        event: event.id.clone(),
        step,
        state: CallState::Done,
        attempts: 1,
    }
}
