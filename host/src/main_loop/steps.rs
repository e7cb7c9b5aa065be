//! The steps of a team as its file binds them: which, with what settings, allowed to do what.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tracing::error;

use crate::{
    decide::{Reach, StepOffer, WordOffer},
    ids::{Owner, TeamId},
    incident::Incident,
    step::{self, Grants, Step, Steps},
    team::{StepUse, Team, When},
};

/// A team's file and its steps, ready to be called.
pub(crate) struct TeamSteps {
    pub file: Arc<Team>,
    /// In the order of the file. A step that cannot be used is left out, and said in the log.
    pub steps: Vec<Bound>,
}

/// One step, bound to one team.
pub(crate) struct Bound {
    pub name: Owner,
    pub step: Arc<Step>,
    pub grants: Arc<Grants>,
    pub config: Arc<str>,
    when: When,
}

impl Bound {
    /// Whether its line in the team's file takes this incident. One whose severity is not known is
    /// taken: better a step too many than one too few.
    pub(crate) fn applies(&self, incident: Option<&Incident>) -> bool {
        incident.is_none_or(|incident| applies(&self.when, incident))
    }
}

fn applies(when: &When, incident: &Incident) -> bool {
    let in_list =
        |list: &Option<std::collections::BTreeSet<String>>, id: &Option<String>| match (list, id) {
            (Some(list), Some(id)) => list.contains(id),
            _ => true,
        };
    in_list(&when.severity, &incident.severity)
        && in_list(&when.product, &incident.product)
        && when.drill.is_none_or(|drill| drill == incident.drill)
}

impl TeamSteps {
    fn bind(file: Arc<Team>, known: &Steps) -> Self {
        let steps = file
            .steps
            .iter()
            .filter_map(|line| bind(line, known))
            .collect();
        Self { file, steps }
    }

    pub(crate) fn get(&self, name: &Owner) -> Option<&Bound> {
        self.steps.iter().find(|bound| bound.name == *name)
    }

    /// Names of those that work on this incident.
    pub(crate) fn names(&self, incident: Option<&Incident>) -> Arc<[String]> {
        let working = self.steps.iter().filter(|bound| bound.applies(incident));
        working.map(|bound| bound.name.0.clone()).collect()
    }

    /// What they offer, as the core needs it.
    pub(crate) fn offers(&self, incident: Option<&Incident>) -> Vec<StepOffer> {
        self.steps
            .iter()
            .map(|bound| offer(bound, &self.file, incident))
            .collect()
    }

    /// Whether this is still what the file and the loaded steps say.
    fn is_current(&self, file: &Arc<Team>, known: &Steps) -> bool {
        Arc::ptr_eq(&self.file, file)
            && self.steps.len() == file.steps.len()
            && self.steps.iter().all(|bound| {
                known
                    .get(bound.name.as_str())
                    .is_some_and(|step| Arc::ptr_eq(&step, &bound.step))
            })
    }
}

fn bind(line: &StepUse, known: &Steps) -> Option<Bound> {
    let name = &line.name;
    let Some(step) = known.get(name) else {
        error!(
            step.name = name,
            "Step `{name}` is in a team's file and nowhere else"
        );
        return None;
    };
    let grants = match Grants::of(
        step.descriptor(iris_kit::Locale::En),
        &line.allow,
        step.standard(),
    ) {
        Ok(grants) => grants,
        Err(ungranted) => {
            error!(step.name = name, %ungranted, "Step `{name}` is refused: {ungranted}");
            return None;
        }
    };
    let config = match step.settings().check(&line.config) {
        Ok(config) => config,
        Err(wrong) => {
            error!(
                step.name = name,
                ?wrong,
                "Step `{name}` does not take its config"
            );
            return None;
        }
    };
    let when = line.when.clone();
    Some(Bound {
        name: Owner::from(name.as_str()),
        step,
        grants: Arc::new(grants),
        config,
        when,
    })
}

fn offer(bound: &Bound, file: &Team, incident: Option<&Incident>) -> StepOffer {
    let descriptor = bound.step.descriptor(file.locale);
    let words = descriptor.words.iter().map(|word| WordOffer {
        word: word.word.clone(),
        usage: word.usage.clone(),
        help: word.help.clone(),
        reach: match word.reach {
            step::Reach::Room => Reach::Room,
            step::Reach::Anywhere => Reach::Anywhere,
        },
    });
    StepOffer {
        name: bound.name.clone(),
        words: words.collect(),
        fields: descriptor.fields.clone(),
        applies: bound.applies(incident),
    }
}

/// What is bound so far. Bound anew when a file or a step changes.
#[derive(Default)]
pub(crate) struct BoundTeams(Mutex<HashMap<TeamId, Arc<TeamSteps>>>);

impl BoundTeams {
    pub(crate) fn get(&self, team: &TeamId, file: Arc<Team>, known: &Steps) -> Arc<TeamSteps> {
        let mut bound = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(current) = bound.get(team).filter(|b| b.is_current(&file, known)) {
            return current.clone();
        }
        let fresh = Arc::new(TeamSteps::bind(file, known));
        bound.insert(team.clone(), fresh.clone());
        fresh
    }
}
