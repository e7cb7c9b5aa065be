//! What a try came to: the state that is kept, and what it causes.

use std::time::Duration;

use serde_json::Value;

use super::{backoff::Backoff, errand::Errand, memory::Memory, stop::Stop};
use crate::{
    clock::Moment,
    effect::{Act, Effect, MessageRef, Need, State},
    event::{Event, Lineage, Missing, Outcome, Parent, Parked, Reply, Trouble, What, WishFailed},
    slack::{Meaning, Rejection, meaning},
    store::Resource,
};

/// An effect that is done.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// What Slack said, cut to what is worth keeping.
    pub(super) answer: Value,
    pub(super) resources: Vec<Resource>,
    pub(super) what: Option<What>,
}

impl Done {
    pub(super) fn saying(answer: Value) -> Self {
        Self {
            answer,
            ..Self::default()
        }
    }
}

/// What becomes of an effect after a try.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Nothing more by itself.
    Settled {
        state: State,
        resources: Vec<Resource>,
        what: Option<What>,
    },
    /// Once more. `durable`: something was sent, so the store must know.
    Again {
        state: State,
        at: Moment,
        attempts: u32,
        memory: Memory,
        durable: bool,
    },
    /// What it needs does not stand.
    Missing { need: Need, memory: Memory },
    /// It is not to be sent any more.
    Dropped,
}

/// Judges a try.
pub(super) fn judge(errand: Errand<'_>, came: Result<Done, Stop>) -> Verdict {
    let unknown = errand.unknown();
    let Errand {
        world,
        effect,
        mut memory,
        sent,
    } = errand;
    let (settings, now) = (&world.settings, world.now());
    // Certainly not done by this try. By an earlier one: still unknown, if it was.
    let unsent = if unknown {
        State::Unknown
    } else {
        State::Planned
    };
    let again = |state, wait: Duration, counts: bool, memory| Verdict::Again {
        state,
        at: now.plus(wait),
        attempts: effect.attempts + u32::from(counts && sent),
        memory,
        durable: sent,
    };
    let stop = match came {
        Ok(Done {
            answer,
            resources,
            what,
        }) => {
            return Verdict::Settled {
                state: State::Applied { answer },
                resources,
                what,
            };
        }
        Err(stop) => stop,
    };
    memory.limited = matches!(stop, Stop::Later(_));
    match stop {
        Stop::Later(at) => again(unsent, at.since(now), false, memory),
        Stop::LookAt(at) => again(State::Unknown, at.since(now), true, memory),
        Stop::Missing(need) => Verdict::Missing { need, memory },
        Stop::Dropped => Verdict::Dropped,
        Stop::Store(error) => {
            tracing::warn!(effect.key = %effect.key, "The store does not take note: {error}");
            again(unsent, settings.backoff, false, memory)
        }
        Stop::Rejected(rejection) => rejected(effect, &rejection),
        Stop::Refused { code, sentence } => refused(effect, &code, sentence),
        Stop::Park(why) => parked(effect, why),
        Stop::Token { code } => {
            memory.answered += 1;
            if memory.answered > settings.attempts {
                let why = format!("Slack takes the token but not for this ({code})");
                return parked(effect, why);
            }
            again(unsent, Duration::ZERO, false, memory)
        }
        Stop::Again { why, answered } | Stop::Unknown { why, answered }
            if given_up(effect, &mut memory, answered, settings, now) =>
        {
            let failures = memory.failures;
            let why = format!("given up after {failures} failures, the last: {why}");
            parked(effect, why)
        }
        Stop::Again { answered, .. } => again(
            unsent,
            Backoff::after(settings, memory.failures),
            answered,
            memory,
        ),
        Stop::Unknown { .. } => {
            let wait = Backoff::after(settings, memory.failures).max(settings.first_look);
            again(State::Unknown, wait, true, memory)
        }
    }
}

/// Counts a failure. Slack's own trouble counts by attempts, silence by time.
fn given_up(
    effect: &Effect,
    memory: &mut Memory,
    answered: bool,
    settings: &super::settings::PerformSettings,
    now: Moment,
) -> bool {
    memory.failures += 1;
    memory.answered += u32::from(answered);
    memory.answered >= settings.attempts || now.since(effect.planned_at) > settings.patience
}

fn rejected(effect: &Effect, rejection: &Rejection) -> Verdict {
    match meaning(&rejection.method, &rejection.code) {
        Meaning::Done => Verdict::Settled {
            state: State::Applied {
                answer: Value::Null,
            },
            resources: Vec::new(),
            what: None,
        },
        Meaning::Never => {
            let trouble = Trouble {
                code: rejection.code.clone(),
                sentence: rejection.to_string(),
                scope: rejection.needed.clone(),
            };
            refused_with(effect, trouble)
        }
        Meaning::Unheard | Meaning::Again | Meaning::Unsure | Meaning::Token => {
            let Rejection { method, code, .. } = rejection;
            let why = format!("Slack answered {method} with {code}, which Iris does not know");
            parked(effect, why)
        }
    }
}

fn parked(effect: &Effect, why: String) -> Verdict {
    Verdict::Settled {
        state: State::Parked { why },
        resources: Vec::new(),
        what: effect.incident.map(|_| What::Parked(stuck(effect))),
    }
}

/// An effect as the incident hears that it is parked, or settled after that.
pub(super) fn stuck(effect: &Effect) -> Parked {
    Parked {
        effect: effect.key.clone(),
        method: effect.act.method().to_owned(),
        name: name_of(&effect.act),
    }
}

pub(super) fn refused(effect: &Effect, code: &str, sentence: String) -> Verdict {
    let trouble = Trouble {
        code: code.to_owned(),
        sentence,
        scope: None,
    };
    refused_with(effect, trouble)
}

fn refused_with(effect: &Effect, trouble: Trouble) -> Verdict {
    Verdict::Settled {
        state: State::Refused {
            code: trouble.code.clone(),
        },
        resources: Vec::new(),
        what: Some(failure(effect, trouble)),
    }
}

/// The name under which the core tells that an effect is parked.
pub(super) fn told_as(effect: &Effect) -> String {
    format!("parked-{}", effect.key)
}

/// How those who wished it are told that it will not be done.
pub fn failure(effect: &Effect, trouble: Trouble) -> What {
    let owner = effect.owner.clone();
    if let Act::Invite { people } = &effect.act {
        let missing = |who: &String| Missing {
            who: who.clone(),
            code: trouble.code.clone(),
        };
        return What::Invited {
            owner,
            came: vec![],
            missing: people.iter().map(missing).collect(),
        };
    }
    if let Act::Call { key, .. } | Act::Fetch { key, .. } = &effect.act {
        return What::Answered {
            owner,
            key: key.clone(),
            outcome: Outcome::Failed(trouble),
        };
    }
    What::WishFailed(WishFailed {
        owner,
        wish: effect.wish.clone(),
        name: name_of(&effect.act),
        trouble,
        effect: effect.key.clone(),
        reply: Reply {
            trigger: None,
            response_url: asked_with(&effect.act),
        },
    })
}

/// Where who asked for a form can be told that it did not open.
fn asked_with(act: &Act) -> Option<String> {
    if let Act::OpenView { reply, .. } | Act::FillView { reply, .. } = act {
        reply.clone()
    } else {
        None
    }
}

/// The message that an act is about, by its name.
fn name_of(act: &Act) -> Option<String> {
    let named = |message: &MessageRef| match message {
        MessageRef::Named { name, .. } => Some(name.clone()),
        MessageRef::Seen(_) => None,
    };
    match act {
        Act::Post { name, .. } => name.clone(),
        Act::Upload { name, .. } => Some(name.clone()),
        Act::Update { message, .. }
        | Act::Delete { message }
        | Act::Pin { message }
        | Act::Unpin { message }
        | Act::React { message, .. }
        | Act::Unreact { message, .. } => named(message),
        Act::CreateRoom { .. }
        | Act::Invite { .. }
        | Act::SetTopic { .. }
        | Act::Bookmark { .. }
        | Act::RenameRoom { .. }
        | Act::ArchiveRoom
        | Act::Whisper { .. }
        | Act::Respond { .. }
        | Act::OpenView { .. }
        | Act::FillView { .. }
        | Act::PushView { .. }
        | Act::UpdateView { .. }
        | Act::PublishHome { .. }
        | Act::Call { .. }
        | Act::Fetch { .. } => None,
    }
}

/// What an effect's outcome causes, as an event.
pub fn caused(effect: &Effect, at: Moment, what: What) -> Event {
    Event {
        id: format!("effect:{}:{}", effect.key, part(&what)),
        team: effect.team.clone(),
        at,
        by: if matches!(what, What::WishFailed(_)) {
            effect.by.clone()
        } else {
            None
        },
        incident: effect.incident,
        chain: effect.chain.saturating_add(1),
        lineage: effect.lineage.as_ref().map(|lineage| Lineage {
            root: lineage.root.clone(),
            parent: Parent::Effect(effect.key.clone()),
        }),
        what,
    }
}

/// Each is told once: an effect may be held up and parked, more than once, before its outcome is
/// known, and its outcome may mean that Slack is back.
fn part(what: &What) -> String {
    if let What::Held { until, .. } = what {
        return format!("held-{}", until.0);
    }
    let part = if let What::CaughtUp { .. } = what {
        "caught-up"
    } else if let What::Parked(_) = what {
        "parked"
    } else if let What::Settled(_) = what {
        "settled"
    } else {
        "0"
    };
    part.to_owned()
}
