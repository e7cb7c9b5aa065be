//! Where it is found out who is on call, and that they are called.

use crate::memory::{Memory, STRANGE};
use crate::schedule::{Clock, on_duty};
use crate::settings::Settings;
use crate::source::{self, Trouble};
use iris_step::facts::{self, Card};
use iris_step::{Answered, Failure, Scope, config, http, log, room, timers};

/// The timer that ends the waiting for an answer. Iris tries again for minutes where a service
/// cannot be reached; those who are on call should not hear of it that late.
pub(crate) const PATIENCE: &str = "patience";
const SECONDS: u32 = 25;

/// Asks the service, or looks into the schedule where there is none.
pub(crate) fn ask_or_look(card: &Card, memory: &mut Memory) -> Result<(), Failure> {
    let settings: Settings = config::get()?;
    let Some(url) = &settings.url else {
        look(card, memory, &settings)?;
        return Ok(());
    };
    let incident = &card.incident;
    let (product, severity) = (incident.product.as_deref(), incident.severity.as_deref());
    let request = source::request(url, product, severity);
    // Asking again changes nothing there, so Iris may.
    if let Err(refused) = http::fetch(&memory.ask(), &request, true) {
        // A slip in the team's file, which must not keep those of the schedule from being called.
        log::error(&refused.to_string());
        return fall_back(card, memory, Trouble::Code(refused.code));
    }
    Ok(timers::after(Scope::Incident, PATIENCE, SECONDS)?)
}

/// The service's answer: it counts whenever it comes, its failure only if nothing newer was asked.
pub(crate) fn understand(
    card: &Card,
    memory: &mut Memory,
    answered: &Answered,
) -> Result<(), Failure> {
    let last = memory.is_last(&answered.key);
    match source::read(&answered.outcome) {
        Ok(named) => {
            if last {
                memory.waiting = false;
                memory.trouble = None;
                timers::cancel(Scope::Incident, PATIENCE)?;
            }
            for who in named.strange {
                memory.miss(who, STRANGE.to_owned());
            }
            call(memory, named.people)
        }
        Err(trouble) if last => fall_back(card, memory, trouble),
        Err(_) => Ok(()),
    }
}

/// The schedule instead of the service.
pub(crate) fn fall_back(card: &Card, memory: &mut Memory, trouble: Trouble) -> Result<(), Failure> {
    log::warn(&format!("The on-call service is of no use: {trouble:?}"));
    memory.waiting = false;
    memory.trouble = Some(trouble);
    timers::cancel(Scope::Incident, PATIENCE)?;
    memory.by_schedule = look(card, memory, &config::get()?)?;
    Ok(())
}

/// Calls those whose turn it is; says whether there are any.
fn look(card: &Card, memory: &mut Memory, settings: &Settings) -> Result<bool, Failure> {
    let now = facts::now();
    let clock = Clock {
        now,
        wall: facts::wall(now),
        moment: &facts::moment,
    };
    // "Not sure yet" is taken for the gravest, as the team's file does it.
    let gravest = facts::severities().into_iter().next();
    let severity = card.incident.severity.clone().or(gravest.map(|one| one.id));
    let product = card.incident.product.as_deref();
    let found = on_duty(&settings.schedule, product, severity.as_deref(), &clock);
    for mistake in &found.mistakes {
        log::error(&format!("The team's file, `config` of on-call: {mistake}"));
    }
    memory.mistakes = found.mistakes.len();
    let any = !found.people.is_empty();
    call(memory, found.people)?;
    Ok(any)
}

fn call(memory: &mut Memory, people: Vec<String>) -> Result<(), Failure> {
    let new = memory.wish(people);
    if !new.is_empty() {
        room::invite(&new)?;
    }
    Ok(())
}
