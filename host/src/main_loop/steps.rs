//! The steps of a team as its file binds them: which, with what settings, allowed to do what.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use serde_json::{Value, json};
use tracing::error;

use crate::{
    decide::{Reach, StepOffer, WithheldStep, WordOffer},
    ids::{Owner, TeamId},
    incident::Incident,
    step::{self, BadSetting, Grants, Step, Steps, Ungranted},
    team::{StepUse, Team, When},
};

/// A team's file and its steps, ready to be called.
pub(crate) struct TeamSteps {
    pub file: Arc<Team>,
    /// In the order of the file. A step that cannot be used is left out, and said in the log.
    pub steps: Vec<Bound>,
    /// Those that ask for more than their line allows.
    withheld: Vec<(WithheldStep, When)>,
    /// What was in force when the file was bound, line by line; and whether its file was gone.
    known: Vec<Known>,
    /// That the audit knows what they may do.
    audited: AtomicBool,
}

type Known = (Option<Arc<Step>>, bool);

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
    /// `before` is what served until now: where the file does not take a step's new version, the old
    /// one goes on.
    fn bind(file: Arc<Team>, known: &Steps, before: Option<&Self>) -> Self {
        let (mut steps, mut withheld) = (Vec::new(), Vec::new());
        let now: Vec<_> = file
            .steps
            .iter()
            .map(|line| (known.of(line), known.is_gone(&line.origin)))
            .collect();
        for (line, (step, gone)) in file.steps.iter().zip(&now) {
            let served = before.and_then(|before| before.get(&Owner::from(line.name.as_str())));
            match bind(line, step.as_ref().map(|step| (step, *gone)), served) {
                Ok(bound) => steps.push(bound),
                Err(Unbound::Withheld(step)) => withheld.push((step, line.when.clone())),
                Err(Unbound::Unusable) => {}
            }
        }
        Self {
            file,
            steps,
            withheld,
            known: now,
            audited: AtomicBool::new(false),
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

    /// What the steps that the team brought may do, each with its file's digest. The standard ones
    /// carry their own allowances, which come with Iris.
    pub(crate) fn granted(&self) -> Value {
        let brought = self.steps.iter().filter(|bound| !bound.step.standard());
        let granted = brought.map(|bound| {
            let detail = json!({ "digest": bound.step.digest(), "may": *bound.grants });
            (bound.name.0.clone(), detail)
        });
        Value::Object(granted.collect())
    }

    pub(crate) fn is_audited(&self) -> bool {
        self.audited.load(Ordering::Relaxed)
    }

    pub(crate) fn audited(&self) {
        self.audited.store(true, Ordering::Relaxed);
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
        let same = |line: &StepUse, (then, gone): &Known| {
            let now = known.of(line);
            now.as_ref().map(Arc::as_ptr) == then.as_ref().map(Arc::as_ptr)
                && known.is_gone(&line.origin) == *gone
        };
        Arc::ptr_eq(&self.file, file)
            && file
                .steps
                .iter()
                .zip(&self.known)
                .all(|(line, then)| same(line, then))
    }
}

/// Why a line of the file came to nothing. The log says it.
enum Unbound {
    Withheld(WithheldStep),
    Unusable,
}

/// Binds the version in force; where the line does not take it, the one that `served`. One that is
/// `gone` is taken only where it served.
fn bind(
    line: &StepUse,
    step: Option<(&Arc<Step>, bool)>,
    served: Option<&Bound>,
) -> Result<Bound, Unbound> {
    let name = &line.name;
    let Some((step, gone)) = step else {
        // On its way from a registry, which may take its time.
        let meanwhile = served.filter(|_| !line.origin.is_file());
        if let Some(bound) = meanwhile.and_then(|served| bind_to(line, &served.step).ok()) {
            return Ok(bound);
        }
        error!(
            step.name = name,
            "Step `{name}` is in a team's file and nowhere else"
        );
        return Err(Unbound::Unusable);
    };
    let is_new = |served: &&Bound| !Arc::ptr_eq(&served.step, step);
    let refused = match bind_to(line, step) {
        Ok(_) if gone && served.is_none_or(|served| is_new(&served)) => Refused::Gone,
        Ok(bound) => return Ok(bound),
        Err(refused) => refused,
    };
    let served = served.filter(is_new);
    let before = served.and_then(|served| bind_to(line, &served.step).ok());
    let meanwhile = match &before {
        Some(_) => "; what served before goes on",
        None => "",
    };
    error!(
        step.name = name,
        "Step `{name}` is refused: {refused}{meanwhile}"
    );
    before.ok_or_else(|| match refused {
        Refused::Ungranted(ungranted) => Unbound::Withheld(withheld(step, &ungranted)),
        Refused::Name { .. } | Refused::Gone | Refused::Digest { .. } | Refused::Config(_) => {
            Unbound::Unusable
        }
    })
}

/// Why a line of a team's file does not take a step.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("its file calls itself `{theirs}`")]
    Name { theirs: Owner },
    #[error("its file is gone, and serves only those who used it before")]
    Gone,
    #[error("its file has the digest sha256:{has}, and the line is pinned to sha256:{pinned}")]
    Digest { has: String, pinned: String },
    #[error(transparent)]
    Ungranted(#[from] Ungranted),
    #[error("it does not take its config: {}", said(.0))]
    Config(Vec<BadSetting>),
}

fn said(wrong: &[BadSetting]) -> String {
    let wrong: Vec<_> = wrong.iter().map(ToString::to_string).collect();
    wrong.join(", ")
}

fn bind_to(line: &StepUse, step: &Arc<Step>) -> Result<Bound, Refused> {
    if step.name().as_str() != line.name {
        let theirs = step.name().clone();
        return Err(Refused::Name { theirs });
    }
    if let Some(pinned) = line
        .digest
        .as_ref()
        .filter(|pinned| *pinned != step.digest())
    {
        return Err(Refused::Digest {
            has: step.digest().to_owned(),
            pinned: pinned.clone(),
        });
    }
    let descriptor = step.descriptor(iris_kit::Locale::En);
    let grants = Grants::of(descriptor, &line.allow, step.standard())?;
    let config = step
        .settings()
        .check(&line.config)
        .map_err(Refused::Config)?;
    Ok(Bound {
        name: Owner::from(line.name.as_str()),
        step: step.clone(),
        grants: Arc::new(grants),
        config,
        when: line.when.clone(),
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
        let before = bound.get(team).map(AsRef::as_ref);
        let fresh = Arc::new(TeamSteps::bind(file, known, before));
        bound.insert(team.clone(), fresh.clone());
        fresh
    }
}
