//! The form of a declaration has to be on the screen within Slack's three seconds, and people wait
//! for it. Where its event has to wait for its turn, behind others of the same incident or team, a
//! form that says so is opened meanwhile, and filled when the turn comes.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use tokio::sync::Mutex;
use tracing::warn;

use super::{MainLoop, new_key, steps::TeamSteps};
use crate::{
    decide,
    effect::{
        Wish,
        plan::{Plan, Planner},
    },
    event::Event,
    ids::Owner,
    store::Commit,
};

/// How long a person waits without seeing anything.
const PATIENCE: Duration = Duration::from_millis(150);

/// The form of an event that may have to wait. Shared by its turn and by who is impatient.
#[derive(Clone, Debug, Default)]
pub(super) struct Preparing(Arc<Mutex<Stage>>);

#[derive(Debug, Default)]
enum Stage {
    #[default]
    Nothing,
    /// A form that says to wait is opened, under this name.
    Opened(String),
    /// The turn came first.
    Turn,
}

impl Preparing {
    /// The event's turn has come: the name of the form to be filled, if one was opened.
    pub(super) async fn turn(&self) -> Option<String> {
        let mut stage = self.0.lock().await;
        match &*stage {
            Stage::Opened(name) => Some(name.clone()),
            Stage::Nothing | Stage::Turn => {
                *stage = Stage::Turn;
                None
            }
        }
    }
}

impl MainLoop {
    /// Watches the turn of an event that opens the form of a declaration.
    pub(super) fn prepare(&self, event: &Event, team: &Arc<TeamSteps>) -> Option<Preparing> {
        let offers = team.offers(None);
        if !self.0.lanes.is_busy(event) || !decide::opens_declaration(event, &offers) {
            return None;
        }
        let preparing = Preparing::default();
        let (main, event) = (self.clone(), event.clone());
        let (mine, team) = (preparing.clone(), team.clone());
        let impatient = self.clock().now().plus(PATIENCE);
        self.0.parts.tasks.spawn(async move {
            let tasks = main.0.parts.tasks.clone();
            tokio::select! {
                () = main.clock().sleep_until(impatient) => {}
                () = tasks.stopping() => return,
            }
            let mut stage = mine.0.lock().await;
            if matches!(*stage, Stage::Nothing)
                && let Some(name) = main.open_waiting(&event, &team).await
            {
                *stage = Stage::Opened(name);
            }
        });
        Some(preparing)
    }

    /// Opens the form that says to wait. `None`: the store does not take note, so nothing is sent.
    async fn open_waiting(&self, event: &Event, team: &TeamSteps) -> Option<String> {
        let name = format!("form:{}", event.id);
        let wish = Wish::PrepareForm {
            name: name.clone(),
            view: decide::preparing(team.file.locale),
        };
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
        planner.plan(&Owner::core(), &[wish], &mut plan);
        for effect in &mut plan.effects {
            // What fills it belongs to the event's incident.
            effect.incident = event.incident;
        }
        let commit = Commit {
            team: Some(event.team.clone()),
            effects: plan.effects.clone(),
            ..Commit::default()
        };
        if let Err(problem) = self.store().commit(commit).await {
            warn!(%problem, "A form that says to wait is not opened");
            return None;
        }
        self.performer().take(plan.effects);
        Some(name)
    }
}
