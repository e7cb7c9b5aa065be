//! What a monitoring system says: an alert declares an incident, and what happens to it later is
//! noted there. It never resolves one: whether it works again, people say.

use std::time::Duration;

use iris_kit::{
    args,
    blocks::{Button, button},
    rich::{Element, text},
    texts::Arg,
    words::inc,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    asked::{Asked, mention},
    known::{AlertResult, Decision},
    say,
};
use crate::{
    alert::{AlertState, Alerted},
    clock::Moment,
    effect::{Place, Wish},
    incident::{Change, Declaration, Incident, NewEntry, Status},
};

/// For so long after an incident was resolved its alert belongs to it when it fires again. Later,
/// whoever resolved it has gone: a new incident calls those who are on duty now.
const AFTERWARDS: Duration = Duration::from_hours(1);
/// That an alert fires, or that it is over, is told in the room so often at most: of one that comes
/// and goes the last message and the last entry change meanwhile.
const AGAIN: Duration = Duration::from_mins(10);
/// Under this the core remembers the alert of an incident.
const MEMORY: &str = "alert";

/// How the alert of an incident stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Stands {
    state: AlertState,
    /// How often the room was told of it.
    told: u32,
    /// When it was told last that it fires, and that it is over.
    firing: Option<Moment>,
    resolved: Option<Moment>,
}

/// Whether what is said now about an alert belongs to the incident that it declared.
pub fn joins(incident: &Incident, state: AlertState, now: Moment) -> bool {
    match (incident.status, state) {
        (Status::Closed, _) => false,
        (Status::Resolved, AlertState::Firing) => now.since(incident.since()) <= AFTERWARDS,
        (Status::Declared | Status::Resolved, _) => true,
    }
}

pub(super) fn alerted(asked: &Asked<'_>, alerted: &Alerted) -> Decision {
    let theirs = asked.known.incident;
    let theirs = theirs.filter(|incident| joins(incident, alerted.state, asked.known.now));
    match (theirs, alerted.state) {
        (Some(incident), state) => changed(asked, incident, alerted, state),
        (None, AlertState::Firing) => declare(asked, alerted),
        (None, AlertState::Resolved) => came_to(AlertResult::Nothing),
    }
}

fn came_to(result: AlertResult) -> Decision {
    Decision {
        alert: Some(result),
        ..Decision::default()
    }
}

/// The incident is the alert's; what the team's file no longer has is left out, rather than the
/// alert.
fn declare(asked: &Asked<'_>, alerted: &Alerted) -> Decision {
    let team = asked.known.team;
    let product = alerted.product.clone();
    let severity = alerted.severity.clone();
    let declaration = Declaration {
        title: alerted.title.clone(),
        situation: alerted.situation.clone(),
        product: product.filter(|id| team.product(id).is_some()),
        severity: severity.filter(|id| team.severity(id).is_some()),
        origin: Some(alerted.channel.clone()),
        through: Some(alerted.through.clone()),
        ..Declaration::default()
    };
    let stands = Stands {
        state: AlertState::Firing,
        told: 0,
        firing: None,
        resolved: None,
    };
    let mut decision = came_to(AlertResult::Declared);
    decision.wishes.push(Wish::Declare(declaration));
    decision.keep(MEMORY, &json!(stands))
}

/// Something is said only when it is not as it was.
fn changed(
    asked: &Asked<'_>,
    incident: &Incident,
    alerted: &Alerted,
    state: AlertState,
) -> Decision {
    let now = asked.known.now;
    let stood: Option<Stands> = asked.memory(MEMORY);
    let Some(mut stands) = stood.filter(|stood| stood.state != state) else {
        return came_to(AlertResult::Known);
    };
    stands.state = state;
    let last = match state {
        AlertState::Firing => &mut stands.firing,
        AlertState::Resolved => &mut stands.resolved,
    };
    let anew = last.is_none_or(|at| now.since(at) >= AGAIN);
    if anew {
        *last = Some(now);
        stands.told += 1;
    }
    let name = format!("{MEMORY}-{}", stands.told);
    let entry = NewEntry {
        kind: "alert".to_owned(),
        text: alerted.title.clone(),
        data: Some(json!({ "now": state, "through": alerted.through.label })),
        key: Some(name.clone()),
        ..NewEntry::default()
    };
    let content = line(asked, incident, alerted, state);
    let told = if anew {
        Wish::Post {
            name,
            place: Place::Room,
            content,
        }
    } else {
        Wish::Update { name, content }
    };
    let result = match state {
        AlertState::Firing => AlertResult::Again,
        AlertState::Resolved => AlertResult::Resolved,
    };
    came_to(result)
        .and(Wish::Change(Change::Append { entry }))
        .and(told)
        .keep(MEMORY, &json!(stands))
}

/// One line for the room, and what can be done about it.
fn line(
    asked: &Asked<'_>,
    incident: &Incident,
    alerted: &Alerted,
    state: AlertState,
) -> crate::effect::Content {
    let number = incident.number.to_string();
    let does = |action: &str, label: &str| button(action, &asked.say(label)).value(&number);
    let (key, buttons): (_, Vec<Button>) = match (state, incident.status) {
        (AlertState::Resolved, Status::Declared) => (
            "core-alert-resolved",
            vec![does("core:resolve", "core-resolve-title")],
        ),
        (AlertState::Resolved, Status::Resolved | Status::Closed) => {
            ("core-alert-resolved", vec![])
        }
        (AlertState::Firing, Status::Declared) => ("core-alert-again", vec![]),
        (AlertState::Firing, Status::Resolved | Status::Closed) => (
            "core-alert-over",
            vec![does("core:reopen", "core-reopen-title")],
        ),
    };
    let args = args![
        title = Arg::people(&alerted.title),
        inc = inc(incident.number),
        who = to_act(asked, incident),
    ];
    say::sentence_with(asked, key, args, buttons)
}

/// Who has to decide whether a resolved incident is back: who leads. They may look elsewhere by now.
fn to_act(asked: &Asked<'_>, incident: &Incident) -> Vec<Element> {
    let lead = asked.lead().and_then(|role| incident.roles.get(&role.id));
    let mentioned = lead.map(|held| vec![mention(Some(&held.user)), text(" ")]);
    mentioned.unwrap_or_default()
}
