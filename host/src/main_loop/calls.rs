//! Asks the steps: each on its own, so that one that fails neither blocks nor repeats another.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tracing::{error, warn};

use super::{
    MainLoop,
    draft::Draft,
    handle::{done, errors},
    scene::Scene,
    steps::{Bound, TeamSteps},
};
use crate::{
    clock::Moment,
    decide::{self, Route},
    effect::{Content, Place, Wish},
    event::{Event, What},
    ids::Owner,
    inbox::Ack,
    incident::Incident,
    logging::STEP,
    step::{Call, Ended, Facts, Fault, Outcome, Typed},
    store::{CallRow, CallState, StoreError},
    team::Team,
    traces,
};

/// How long to wait before a call that failed is tried again; then it is set aside.
const WAIT: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(5)];

/// An event and who is to be asked about it.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub event: &'a Arc<Event>,
    pub team: &'a TeamSteps,
    pub snapshot: Option<&'a Arc<Incident>>,
    pub route: &'a Route,
}

impl Asked<'_> {
    /// Which steps, in the order of the team's file, and the word that was typed.
    fn whom(&self) -> Vec<(&Bound, Option<Typed>)> {
        match self.route {
            Route::Core | Route::Nobody => vec![],
            Route::Step { owner, word } => {
                let typed = word.as_ref().map(|typed| Typed {
                    word: typed.word.clone(),
                    rest: typed.rest.clone(),
                });
                self.team
                    .get(owner)
                    .map(|bound| (bound, typed))
                    .into_iter()
                    .collect()
            }
            Route::All => {
                let incident = self.snapshot.map(AsRef::as_ref);
                let wants =
                    |bound: &&Bound| bound.applies(incident) && bound.step.concerns(self.event);
                self.team
                    .steps
                    .iter()
                    .filter(wants)
                    .map(|bound| (bound, None))
                    .collect()
            }
        }
    }
}

impl MainLoop {
    /// Asks each step that the event concerns. When one failed: when to try again. And what a form
    /// shall do, when a step said so.
    pub(super) async fn ask_steps(
        &self,
        asked: Asked<'_>,
        scene: &mut Scene,
        draft: &mut Draft<'_>,
        key: fn() -> String,
    ) -> Result<(Option<Moment>, Ack), StoreError> {
        let (mut retry, mut ack) = (None, Ack::Empty);
        for (bound, typed) in asked.whom() {
            if !scene.due(&bound.name) {
                continue;
            }
            let word = typed.as_ref().map(|typed| typed.word.clone());
            let call = self.call_of(asked, bound, typed, scene);
            let began = Instant::now();
            let outcome = bound.step.call(call, self.0.parts.store.clone()).await;
            let (step, of) = (bound.name.0.clone(), asked.event.team.0.clone());
            metrics::histogram!("iris_step_seconds", "step" => step.clone(), "team" => of.clone())
                .record(began.elapsed());
            let took = began.elapsed();
            let outcome = outcome.map(|ended| {
                count_wishes(&ended, &step, &of);
                draft.ungranted(&bound.name, ended.ungranted);
                ended.outcome
            });
            let row = match outcome {
                Ok(Outcome::Done(mut recorded)) => {
                    if let (What::Mentioned(_), Some(word)) = (&asked.event.what, word) {
                        offer_forms(&mut recorded.wishes, &asked.team.file, &word);
                    }
                    scene.room_wished |= recorded
                        .wishes
                        .iter()
                        .any(|wish| matches!(wish, Wish::OpenRoom { .. }));
                    remember_room(draft, asked, &recorded.wishes);
                    draft.take(&bound.name, &recorded.wishes, key);
                    draft.state(recorded.reads, recorded.writes);
                    done(asked.event, bound.name.clone())
                }
                Ok(Outcome::Refused(sentence)) => {
                    let text = iris_kit::escape::escape(&sentence).into_owned();
                    let wish = Wish::Reply {
                        content: Content {
                            text,
                            ..Content::default()
                        },
                    };
                    draft.take(&Owner::core(), &[wish], key);
                    refused(asked.event, &bound.name)
                }
                Ok(Outcome::Fields(fields)) => {
                    ack = errors(
                        fields
                            .iter()
                            .map(|f| (f.field.as_str(), f.sentence.as_str())),
                    );
                    refused(asked.event, &bound.name)
                }
                Ok(Outcome::Bug(why)) => Self::failed(asked, bound, scene, &why),
                Err(Fault::Store(problem)) => return Err(problem),
                Err(fault) => Self::failed(asked, bound, scene, &fault.to_string()),
            };
            match &row.state {
                CallState::Waiting { until } => {
                    retry = Some(retry.map_or(*until, |r: Moment| r.min(*until)));
                }
                CallState::SetAside { .. } => {
                    let (team, incident) = (&asked.event.team, asked.event.incident);
                    let told = self.memory(team, incident).await?;
                    for (key, json) in told {
                        scene.memory.entry(key).or_insert(json);
                    }
                    Self::tell_room(asked, bound, scene, draft, key);
                }
                CallState::Done | CallState::Refused => {}
            }
            metrics::counter!("iris_step_calls_total",
                "step" => step, "result" => label(&row.state), "team" => of)
            .increment(1);
            traces::step(asked.event, &row, self.clock().now(), took);
            draft.call(row);
        }
        Ok((retry, ack))
    }

    fn call_of(
        &self,
        asked: Asked<'_>,
        bound: &Bound,
        typed: Option<Typed>,
        scene: &Scene,
    ) -> Call {
        Call {
            event: asked.event.clone(),
            facts: Facts {
                now: scene.now,
                team: asked.team.file.clone(),
                incident: asked.snapshot.cloned(),
                messages: Arc::new(scene.messages.clone()),
                room_wished: scene.room_wished,
                steps: asked.team.names(asked.snapshot.map(AsRef::as_ref)),
                silent: asked.team.silent(asked.snapshot.map(AsRef::as_ref)),
                reacted: scene.reacted.clone(),
                workspace: self
                    .workspace(&asked.event.team)
                    .map(|w| w.url.as_str().into()),
            },
            config: bound.config.clone(),
            grants: bound.grants.clone(),
            typed,
        }
    }

    /// Tried twice more, a little later; then set aside for the operator.
    fn failed(asked: Asked<'_>, bound: &Bound, scene: &Scene, why: &str) -> CallRow {
        let attempts = scene.attempts(&bound.name) + 1;
        let (step, id) = (&bound.name, &asked.event.id);
        let (team, incident) = (&asked.event.team, asked.event.incident);
        let state = match WAIT.get(attempts as usize - 1) {
            // A person waits for an answer now or not at all.
            Some(wait) if !matches!(asked.event.what, What::Submitted(_)) => {
                warn!(target: STEP, %step, %team, incident, event = id, why,
                    "Step `{step}` failed; trying again");
                CallState::Waiting {
                    until: scene.now.plus(*wait),
                }
            }
            _ => {
                error!(target: STEP, %step, %team, incident, event = id, why,
                    "Step `{step}` is set aside for event `{id}`");
                CallState::SetAside {
                    why: why.to_owned(),
                }
            }
        };
        CallRow {
            event: id.clone(),
            step: step.clone(),
            state,
            attempts,
        }
    }

    /// The room hears once of each step that failed.
    fn tell_room(
        asked: Asked<'_>,
        bound: &Bound,
        scene: &mut Scene,
        draft: &mut Draft<'_>,
        key: fn() -> String,
    ) {
        let told = format!("failed:{}", bound.name);
        if asked.snapshot.is_none() || scene.memory.insert(told.clone(), "true".into()).is_some() {
            return;
        }
        let content = decide::failures::step_failed(asked.team.file.locale, bound.name.as_str());
        draft.take(
            &Owner::core(),
            &[Wish::Say {
                place: Place::Room,
                content,
            }],
            key,
        );
        draft.remember(&told, "true");
    }
}

fn count_wishes(ended: &Ended, step: &str, team: &str) {
    let wishes = match &ended.outcome {
        Outcome::Done(recorded) => recorded.wishes.len(),
        // Nothing of the call is done.
        Outcome::Refused(_) | Outcome::Fields(_) | Outcome::Bug(_) => 0,
    };
    for (figure, count) in [
        ("iris_step_wishes_total", wishes),
        ("iris_step_refusals_total", ended.refusals),
    ] {
        if count > 0 {
            metrics::counter!(figure, "step" => step.to_owned(), "team" => team.to_owned())
                .increment(count as u64);
        }
    }
}

/// After a mention Slack opens no form: a button says the word again.
fn offer_forms(wishes: &mut [Wish], team: &Team, word: &str) {
    for wish in wishes {
        if let Wish::OpenForm { .. } = wish {
            let content = decide::failures::needs_form(team, word);
            *wish = Wish::Reply { content };
        }
    }
}

/// The room as it was wished, for whoever presses `Try again` when Slack refused it.
fn remember_room(draft: &mut Draft<'_>, asked: Asked<'_>, wishes: &[Wish]) {
    for wish in wishes {
        if let Wish::OpenRoom { name, hidden } = wish
            && asked.snapshot.is_some()
        {
            let room = serde_json::json!({ "name": name, "hidden": hidden });
            draft.remember("room", &room.to_string());
        }
    }
}

fn refused(event: &Event, step: &Owner) -> CallRow {
    CallRow {
        event: event.id.clone(),
        step: step.clone(),
        state: CallState::Refused,
        attempts: 1,
    }
}

fn label(state: &CallState) -> &'static str {
    match state {
        CallState::Waiting { .. } => "failed",
        CallState::Done => "done",
        CallState::Refused => "refused",
        CallState::SetAside { .. } => "set-aside",
    }
}
