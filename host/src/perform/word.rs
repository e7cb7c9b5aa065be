//! An operator's word on a parked effect, and what it comes to. Pure.

use serde_json::{Value, json};

use super::{
    outcome::{caused, failure, stuck},
    queue::provides,
    resolve::ROOM,
};
use crate::{
    clock::Moment,
    effect::{Act, Effect, Need, State},
    event::{Event, Trouble, What},
    ids::{MessageId, Owner},
    store::{
        Resource, Settlement,
        audit::{Deed, Who},
    },
};

/// What an operator says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Do it, looking first whether it is done; `unsent`: it is not, so do it without looking.
    Resume { unsent: bool },
    /// It is done. `at`: where it stands in Slack, with the link that leads there.
    Applied { at: Option<(MessageId, String)> },
    /// It is not to be done any more.
    Abort { why: String },
}

/// The word does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unheeded {
    #[error("{key} is {state}, not parked: nothing was changed")]
    NotParked { key: String, state: &'static str },
    #[error(
        "Iris cannot look whether this {method} arrived. If it did not, and may be sent again: \
         `iris effect resume {key} --unsent`. If it did: `iris effect applied {key}`"
    )]
    Blind { key: String, method: String },
    #[error(
        "the incident goes on in its room: copy the channel's link in Slack, and give it by \
         `--link https://….slack.com/archives/C…`"
    )]
    NoRoom,
}

/// What the word comes to, to be stored if the effect is still parked.
pub fn heed(effect: &Effect, word: &Word, who: Who, now: Moment) -> Result<Settlement, Unheeded> {
    if !matches!(effect.state, State::Parked { .. }) {
        return Err(Unheeded::NotParked {
            key: effect.key.clone(),
            state: effect.state.as_str(),
        });
    }
    let told = |whats: Vec<What>| -> Vec<Event> {
        let whats = whats.into_iter();
        whats.map(|what| caused(effect, now, what)).collect()
    };
    let settled = effect.incident.map(|_| What::Settled(stuck(effect)));
    let (verb, detail) = said(word);
    let mut came = Settlement {
        team: effect.team.clone(),
        key: effect.key.clone(),
        state: State::Planned,
        attempts: effect.attempts,
        not_before: now,
        resources: Vec::new(),
        forgotten: Vec::new(),
        events: Vec::new(),
        deeds: vec![deed(effect, now, who, verb, detail)],
    };
    match word {
        Word::Resume { unsent: true } => {}
        Word::Resume { unsent: false } => {
            if blind(&effect.act) {
                return Err(Unheeded::Blind {
                    key: effect.key.clone(),
                    method: effect.act.method().to_owned(),
                });
            }
            came.state = State::Unknown;
        }
        Word::Applied { at } => {
            if at.is_none() && matches!(effect.act, Act::CreateRoom { .. }) {
                return Err(Unheeded::NoRoom);
            }
            let whats = done(effect, at.as_ref().map(|(id, _)| id));
            came.state = State::Applied {
                answer: answer(at.as_ref().map(|(id, _)| id)),
            };
            came.resources = at.iter().filter_map(|at| stands(effect, at)).collect();
            came.events = told(whats.into_iter().chain(settled).collect());
        }
        Word::Abort { why } => {
            let code = "given-up".to_owned();
            let trouble = Trouble {
                code: code.clone(),
                sentence: why.clone(),
                scope: None,
            };
            came.state = State::Refused { code };
            came.events = told(
                [failure(effect, trouble)]
                    .into_iter()
                    .chain(settled)
                    .collect(),
            );
        }
    }
    Ok(came)
}

/// A deed to an effect.
pub(super) fn deed(effect: &Effect, at: Moment, who: Who, what: &str, detail: Value) -> Deed {
    Deed {
        team: effect.team.clone(),
        at,
        who,
        what: what.to_owned(),
        incident: effect.incident,
        subject: effect.key.clone(),
        detail,
    }
}

fn said(word: &Word) -> (&'static str, Value) {
    match word {
        Word::Resume { unsent } => ("effect.resume", json!({ "unsent": unsent })),
        Word::Applied { at } => {
            let link = at.as_ref().map(|(_, link)| link);
            ("effect.applied", json!({ "link": link }))
        }
        Word::Abort { why } => ("effect.abort", json!({ "why": why })),
    }
}

/// Whether nothing in Slack tells that it was done.
fn blind(act: &Act) -> bool {
    matches!(
        act,
        Act::Call {
            repeatable: false,
            ..
        } | Act::Fetch {
            repeatable: false,
            ..
        }
    )
}

fn answer(at: Option<&MessageId>) -> Value {
    at.map_or(
        Value::Null,
        |id| json!({ "channel": id.channel, "ts": id.ts }),
    )
}

/// What others learn from its being done.
fn done(effect: &Effect, at: Option<&MessageId>) -> Option<What> {
    match (&effect.act, at) {
        (Act::CreateRoom { name, .. }, Some(id)) => Some(What::RoomOpened {
            channel: id.channel.clone(),
            name: name.clone(),
        }),
        (Act::Call { .. } | Act::Fetch { .. }, _) => {
            let sentence = "an operator says that it arrived; there is no answer".to_owned();
            let code = "no-answer".to_owned();
            Some(failure(
                effect,
                Trouble {
                    code,
                    sentence,
                    scope: None,
                },
            ))
        }
        _ => None,
    }
}

/// The name that stands for it from now on.
fn stands(effect: &Effect, (id, link): &(MessageId, String)) -> Option<Resource> {
    let (owner, name) = match provides(effect)? {
        Need::Room => (Owner::core(), ROOM.to_owned()),
        Need::Message { owner, name } => (owner, name),
    };
    Some(Resource {
        team: effect.team.clone(),
        incident: effect.incident,
        owner,
        name,
        id: id.clone(),
        permalink: Some(link.clone()),
    })
}
