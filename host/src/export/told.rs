//! What entries say, taken together: todos, feedback, and the story as the kit tells it.

use std::collections::BTreeMap;

use iris_kit::story::{self, Data, Label, Scene, World};
use serde::{Deserialize, Serialize};

use crate::{
    ids::UserId,
    incident::{Entry, Incident},
    team::Team,
};

pub(super) const FEEDBACK: &str = "feedback";

/// Something to do, as its newest entry leaves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Todo {
    /// 1, 2, 3, … within the incident.
    pub n: u32,
    pub text: String,
    pub owner: Option<UserId>,
    /// Milliseconds since 1970.
    pub due: Option<u64>,
    /// Otherwise the whole day counts.
    pub due_has_time: bool,
    /// Milliseconds since 1970.
    pub done_at: Option<u64>,
    pub done_by: Option<UserId>,
}

/// What one person answered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Feedback {
    /// What should change; may be empty.
    pub change: String,
    /// 1 (very badly) to 5 (very well).
    pub response: u8,
    /// Whether Iris helped: `yes`, `partly` or `no`.
    pub iris: String,
}

/// What an entry of a todo holds.
#[derive(Deserialize)]
struct TodoData {
    n: u32,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    owner: Option<UserId>,
    #[serde(default)]
    due: Option<u64>,
    #[serde(default)]
    due_has_time: bool,
    #[serde(default)]
    done_at: Option<u64>,
    #[serde(default)]
    done_by: Option<UserId>,
}

pub(super) fn todos(entries: &[Entry]) -> Vec<Todo> {
    let mut todos = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.kind == "todo") {
        let data = entry.data.clone().map(serde_json::from_value::<TodoData>);
        let Some(Ok(data)) = data else { continue };
        let text = data
            .text
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| entry.text.clone());
        let todo = Todo {
            n: data.n,
            text,
            owner: data.owner,
            due: data.due,
            due_has_time: data.due_has_time,
            done_at: data.done_at,
            done_by: data.done_by,
        };
        todos.insert(data.n, todo);
    }
    todos.into_values().collect()
}

pub(super) fn feedback(entries: &[Entry]) -> Vec<Feedback> {
    let given = entries.iter().filter(|entry| entry.kind == FEEDBACK);
    let data = given.filter_map(|entry| serde_json::from_value(entry.data.clone()?).ok());
    let mut feedback: Vec<Feedback> = data.collect();
    feedback.sort();
    feedback
}

pub(super) fn scene<'a>(
    team: &Team,
    world: &'a dyn World,
    last: Option<&story::Entry>,
) -> Scene<'a> {
    let label = |id: &str, label: &str, meaning: &str| Label {
        id: id.to_owned(),
        label: label.to_owned(),
        meaning: meaning.to_owned(),
    };
    Scene {
        texts: story::texts(team.locale),
        // The file names every day in full; it is the same whenever it is made.
        now: last.map_or(0, |entry| entry.at),
        zone: team.zone.clone(),
        command: team.command.clone(),
        severities: team
            .severities
            .iter()
            .map(|s| label(&s.id, &s.label, &s.meaning))
            .collect(),
        roles: team
            .roles
            .iter()
            .map(|role| label(&role.id, &role.label, ""))
            .collect(),
        products: team
            .products
            .iter()
            .map(|of| label(&of.id, &of.name, ""))
            .collect(),
        world,
    }
}

pub(super) fn incident(incident: &Incident, team: &Team) -> story::Incident {
    let name = |id: &String| {
        team.product(id)
            .map_or_else(|| id.clone(), |of| of.name.clone())
    };
    let times = incident
        .times
        .iter()
        .map(|time| (time.status.as_str().to_owned(), time.at.0));
    story::Incident {
        number: incident.number,
        title: incident.title.clone(),
        situation: incident.situation.clone(),
        product: incident.product.as_ref().map(name),
        severity: incident.severity.clone(),
        status: incident.status.as_str().to_owned(),
        declared_by: incident.declared_by.to_string(),
        times: times.collect(),
        drill: incident.drill,
        private: incident.private,
    }
}

pub(super) fn entry(entry: &Entry) -> story::Entry {
    let data = entry.data.as_ref().map(serde_json::Value::to_string);
    story::Entry {
        seq: entry.seq,
        at: entry.at.0,
        kind: entry.kind.clone(),
        by: entry.by.as_ref().map(UserId::to_string),
        text: entry.text.clone(),
        data: Data::parse(data.as_deref()),
        message: entry.message.as_ref().map(crate::ids::MessageId::opaque),
    }
}

pub(super) fn answer(feedback: &Feedback) -> story::Answer {
    story::Answer {
        response: feedback.response,
        iris: feedback.iris.clone(),
        change: feedback.change.clone(),
    }
}
