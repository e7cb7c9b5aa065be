//! The steps of a team as its file binds them: which, with what settings, allowed to do what.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tracing::error;

use crate::{
    decide::{Reach, StepOffer, WithheldStep, WordOffer},
    ids::{Owner, TeamId},
    incident::Incident,
    step::{self, Grants, Step, Steps, Ungranted},
    team::{StepUse, Team, When},
};

/// A team's file and its steps, ready to be called.
pub(crate) struct TeamSteps {
    pub file: Arc<Team>,
    /// In the order of the file. A step that cannot be used is left out, and said in the log.
    pub steps: Vec<Bound>,
    /// Those that ask for more than their line allows.
    withheld: Vec<(WithheldStep, When)>,
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
        let (mut steps, mut withheld) = (Vec::new(), Vec::new());
        for line in &file.steps {
            match bind(line, known) {
                Ok(bound) => steps.push(bound),
                Err(Unbound::Withheld(step)) => withheld.push((step, line.when.clone())),
                Err(Unbound::Unusable) => {}
            }
        }
        Self {
            file,
            steps,
            withheld,
        }
    }

    /// Those that the file names for this incident and does not allow what they ask for.
    pub(crate) fn withheld(&self, incident: Option<&Incident>) -> Vec<WithheldStep> {
        let here = |when: &When| incident.is_none_or(|incident| applies(when, incident));
        self.withheld
            .iter()
            .filter(|(_, when)| here(when))
            .map(|(step, _)| step.clone())
            .collect()
    }

    pub(crate) fn get(&self, name: &Owner) -> Option<&Bound> {
        self.steps.iter().find(|bound| bound.name == *name)
    }

    /// Names of those that work on this incident.
    pub(crate) fn names(&self, incident: Option<&Incident>) -> Arc<[String]> {
        let working = self.steps.iter().filter(|bound| bound.applies(incident));
        working.map(|bound| bound.name.0.clone()).collect()
    }

    /// Names of those that would work on this incident if it were no drill.
    pub(crate) fn silent(&self, incident: Option<&Incident>) -> Arc<[String]> {
        let Some(drill) = incident.filter(|incident| incident.drill) else {
            return Arc::default();
        };
        let earnest = Incident {
            drill: false,
            ..drill.clone()
        };
        let silent = self
            .steps
            .iter()
            .filter(|bound| !bound.applies(Some(drill)) && bound.applies(Some(&earnest)));
        silent.map(|bound| bound.name.0.clone()).collect()
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
            && self.steps.len() + self.withheld.len() == file.steps.len()
            && self.steps.iter().all(|bound| {
                known
                    .get(bound.name.as_str())
                    .is_some_and(|step| Arc::ptr_eq(&step, &bound.step))
            })
    }
}

/// Why a line of the file came to nothing. The log says it.
enum Unbound {
    Withheld(WithheldStep),
    Unusable,
}

fn bind(line: &StepUse, known: &Steps) -> Result<Bound, Unbound> {
    let name = &line.name;
    let Some(step) = known.get(name) else {
        error!(
            step.name = name,
            "Step `{name}` is in a team's file and nowhere else"
        );
        return Err(Unbound::Unusable);
    };
    let grants = match Grants::of(
        step.descriptor(iris_kit::Locale::En),
        &line.allow,
        step.standard(),
    ) {
        Ok(grants) => grants,
        Err(ungranted) => {
            error!(step.name = name, %ungranted, "Step `{name}` is refused: {ungranted}");
            return Err(Unbound::Withheld(withheld(&step, &ungranted)));
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
            return Err(Unbound::Unusable);
        }
    };
    let when = line.when.clone();
    Ok(Bound {
        name: Owner::from(name.as_str()),
        step,
        grants: Arc::new(grants),
        config,
        when,
    })
}

fn withheld(step: &Step, ungranted: &Ungranted) -> WithheldStep {
    let words = &step.descriptor(iris_kit::Locale::En).words;
    let missing = ungranted.missing.iter();
    WithheldStep {
        name: Owner::from(ungranted.step.as_str()),
        words: words.iter().map(|word| word.word.clone()).collect(),
        missing: missing.map(|m| (m.list, m.name.clone())).collect(),
    }
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
