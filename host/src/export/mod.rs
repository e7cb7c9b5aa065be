//! One incident as a file: everything as JSON for programs, a report in Markdown for people. Pure.

use std::collections::{BTreeMap, BTreeSet};

use iris_kit::{
    story::{self, World},
    time::Wall,
};
use serde::Serialize;
use serde_json::Value;

mod done;
mod told;

pub use done::Done;
pub use told::{Feedback, Todo};

use crate::{
    clock::Moment,
    effect::Effect,
    ids::{MessageId, UserId},
    incident::{Entry, Incident},
    store::Resource,
    team::Team,
    words,
};

/// Everything about one incident. Who gave which feedback is not in it.
#[derive(Clone, Debug, Serialize)]
pub struct Export {
    pub incident: Incident,
    /// What is shown of what happened, oldest first.
    pub entries: Vec<Entry>,
    /// As the entries leave them, by number.
    pub todos: Vec<Todo>,
    /// In an order that does not tell who gave it when.
    pub feedback: Vec<Feedback>,
    /// What was sent to Slack, and what came of it.
    pub effects: Vec<Done>,
}

impl Export {
    /// `entries` are those that were not replaced.
    pub fn new(incident: Incident, mut entries: Vec<Entry>, effects: &[Effect]) -> Self {
        let todos = told::todos(&entries);
        let feedback = told::feedback(&entries);
        for entry in entries
            .iter_mut()
            .filter(|entry| entry.kind == told::FEEDBACK)
        {
            // The key is made of the person's id.
            (entry.by, entry.key) = (None, None);
        }
        let effects = effects.iter().map(Done::of).collect();
        Self {
            incident,
            entries,
            todos,
            feedback,
            effects,
        }
    }

    /// Everybody whose name the report says.
    pub fn people(&self) -> BTreeSet<UserId> {
        let mut people: BTreeSet<UserId> = self.incident.people.clone();
        people.extend(self.incident.declarer().cloned());
        for entry in &self.entries {
            people.extend(entry.by.clone());
            mentioned(entry.data.as_ref().unwrap_or(&Value::Null), &mut people);
        }
        people
    }
}

/// Ids of people, wherever an entry's data holds them.
fn mentioned(data: &Value, people: &mut BTreeSet<UserId>) {
    if let Some(text) = data.as_str().filter(|text| text.starts_with(['U', 'W'])) {
        people.insert(text.into());
    }
    for inner in data.as_array().into_iter().flatten() {
        mentioned(inner, people);
    }
    for inner in data
        .as_object()
        .into_iter()
        .flat_map(|fields| fields.values())
    {
        mentioned(inner, people);
    }
}

/// The report. `names` are people's; `resources` tell where messages stand.
pub fn markdown(
    export: &Export,
    team: &Team,
    names: &BTreeMap<UserId, String>,
    resources: &[Resource],
) -> String {
    let Export {
        incident,
        entries,
        feedback,
        ..
    } = export;
    let world = Room {
        zone: &team.zone,
        names,
        resources,
    };
    let entries = story::in_order(entries.iter().map(told::entry).collect());
    let scene = told::scene(team, &world, entries.last());
    let answers: Vec<_> = feedback.iter().map(told::answer).collect();
    story::file(&scene, &told::incident(incident, team), &entries, &answers)
}

/// What the store knows of the world.
struct Room<'a> {
    zone: &'a str,
    names: &'a BTreeMap<UserId, String>,
    resources: &'a [Resource],
}

impl World for Room<'_> {
    fn wall(&self, at: u64) -> Wall {
        words::wall(Moment(at), self.zone)
    }

    fn zone_label(&self, at: u64) -> String {
        words::zone_label(Moment(at), self.zone)
    }

    fn name(&self, user: &str) -> Option<String> {
        self.names.get(&UserId::from(user)).cloned()
    }

    fn link(&self, message: &str) -> Option<String> {
        if let Some((owner, name)) = message.split_once('/') {
            let mut resources = self.resources.iter();
            let stands = resources.find(|r| r.owner.as_str() == owner && r.name == name)?;
            return stands.permalink.clone();
        }
        // The workspace's address is the beginning of every link.
        let mut links = self
            .resources
            .iter()
            .filter_map(|resource| resource.permalink.as_deref());
        let (workspace, _) = links.find_map(|link| link.split_once("/archives/"))?;
        Some(MessageId::from_opaque(message)?.permalink(workspace))
    }
}
