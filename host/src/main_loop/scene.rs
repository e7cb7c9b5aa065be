//! Everything that is looked up before an event is handled: how things stand at its turn.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::MainLoop;
use crate::{
    clock::Moment,
    decide,
    event::{Event, SeenMessage, What},
    ids::{Number, Owner, TeamId, UserId},
    incident::{Entry, Incident, OpenQuery, Shown},
    store::{CallRow, CallState, EntryQuery, StatePlace, StoreError},
};

/// How many entries are read for the core at most.
const MOST_ENTRIES: u32 = 10_000;
const MOST_KEYS: u32 = 1_000;
/// How many todos of one person.
const MOST_TODOS: u32 = 200;

/// How things stand.
#[derive(Default)]
pub(super) struct Scene {
    pub now: Moment,
    pub incident: Option<Incident>,
    /// Messages that stand or are planned.
    pub messages: BTreeSet<(Owner, String)>,
    pub room_wished: bool,
    /// What earlier tries came to.
    pub calls: Vec<CallRow>,
    /// What the core has asked for of the open incidents, and what is shown of them.
    pub open: Vec<(OpenQuery, Shown)>,
    pub next_number: Number,
    /// Only of who acts, where the core only passes the event on.
    pub names: HashMap<UserId, String>,
    pub entries: Vec<Entry>,
    pub memory: HashMap<String, String>,
    /// Open todos of who opens their home, each as its newest entry says.
    pub todos: Vec<(Incident, Entry)>,
    pub waiting: usize,
    /// People in the form that was sent whose accounts are no more.
    pub deactivated: BTreeSet<UserId>,
    /// Who was brought into the room and is another app.
    pub bots: BTreeSet<UserId>,
    /// The form that the pressed button would open again.
    pub form: Option<String>,
    /// The version of what is stored about the alert's key; 0: nothing.
    pub alert: u64,
    /// The message that a reaction was put on.
    pub reacted: Option<Arc<SeenMessage>>,
}

impl Scene {
    /// Whether this owner has still to handle the event.
    pub(crate) fn due(&self, owner: &Owner) -> bool {
        let call = self.calls.iter().find(|call| call.step == *owner);
        call.is_none_or(|call| matches!(call.state, CallState::Waiting { .. }))
    }

    /// How often this owner has failed at it.
    pub(crate) fn attempts(&self, owner: &Owner) -> u32 {
        self.calls
            .iter()
            .find(|call| call.step == *owner)
            .map_or(0, |call| call.attempts)
    }
}

impl MainLoop {
    pub(super) async fn look_up(&self, event: &Event, again: bool) -> Result<Scene, StoreError> {
        let store = self.store();
        let team = &event.team;
        let mut scene = Scene {
            now: self.clock().now(),
            ..Scene::default()
        };
        if again {
            scene.calls = store.calls(team, &event.id).await?;
        }
        if let Some(number) = event.incident {
            scene.incident = store.incident(team, number).await?;
            let standing = store.resources(team, Some(number)).await?;
            scene
                .messages
                .extend(standing.into_iter().map(|r| (r.owner, r.name)));
        }
        let pending = self.performer().pending(team, event.incident);
        scene.messages.extend(pending.messages);
        scene.room_wished = pending.room;
        if !decide::only_passes_on(&event.what) {
            scene.memory = self.memory(team, event.incident).await?;
        }
        if looks_around(&event.what) {
            self.look_around(event, &mut scene).await?;
            scene.form = self.form_again(event).await?;
        }
        for person in self.met(event).await? {
            if person.deactivated {
                scene.deactivated.insert(person.id.clone());
            }
            if person.bot {
                scene.bots.insert(person.id);
            }
        }
        if let (What::HomeOpened, Some(by)) = (&event.what, &event.by) {
            scene.todos = self.todos_of(team, by).await?;
        }
        self.look_at_people(event, &mut scene).await?;
        if let What::Alerted(alerted) = &event.what {
            scene.alert = self.bound(team, alerted).await?.1;
        }
        if let What::Reacted(reacted) = &event.what {
            scene.reacted = self.read(team, &reacted.message).await.map(Arc::new);
        }
        Ok(scene)
    }

    /// What the core may want to know when a person acts, or when it speaks by itself.
    async fn look_around(&self, event: &Event, scene: &mut Scene) -> Result<(), StoreError> {
        let store = self.store();
        let team = &event.team;
        scene.next_number = store.last_number(team).await? + 1;
        if let Some(number) = event.incident {
            let query = EntryQuery {
                team,
                incident: number,
                kind: None,
                after: 0,
                limit: MOST_ENTRIES,
                current: true,
            };
            scene.entries = store.entries(query).await?;
            // Of the team, since those that wait for an operator are few.
            let waiting = store.waiting(Some(team), false).await?;
            let of_this = waiting.iter().filter(|e| e.incident == Some(number));
            scene.waiting = of_this.count();
        }
        Ok(())
    }

    /// The form that came too late for the same person: it stands in the store as an effect.
    async fn form_again(&self, event: &Event) -> Result<Option<String>, StoreError> {
        let What::Pressed(pressed) = &event.what else {
            return Ok(None);
        };
        let Some(key) = decide::form_again(&pressed.action) else {
            return Ok(None);
        };
        let effect = self.store().effect(&event.team, key).await?;
        let theirs = effect.filter(|effect| effect.by.is_some() && effect.by == event.by);
        Ok(theirs.and_then(|effect| effect.act.form().map(str::to_owned)))
    }

    /// What is left to do for this person, in all incidents, closed ones too.
    async fn todos_of(
        &self,
        team: &TeamId,
        user: &UserId,
    ) -> Result<Vec<(Incident, Entry)>, StoreError> {
        let mut todos = Vec::new();
        let mut of: Option<Incident> = None;
        for (number, entry) in self.store().todos(team, user, MOST_TODOS).await? {
            // They come by incident.
            if of.as_ref().is_none_or(|of| of.number != number) {
                of = self.store().incident(team, number).await?;
            }
            todos.extend(of.clone().map(|incident| (incident, entry)));
        }
        Ok(todos)
    }

    /// Whose names are known; the others are learnt for the next time.
    async fn look_at_people(&self, event: &Event, scene: &mut Scene) -> Result<(), StoreError> {
        let came = if let What::Joined(presence) | What::Left(presence) = &event.what {
            Some(&presence.user)
        } else {
            None
        };
        let mut mentioned = if came.is_some() || decide::only_passes_on(&event.what) {
            // Nobody is named, but whoever acts or comes may be soon.
            event.by.iter().chain(came).cloned().collect()
        } else {
            people(event, scene)
        };
        mentioned.retain(|user| !user.0.is_empty());
        self.name(&event.team, mentioned, scene).await
    }

    /// What is shown of the open incidents, which the core did not find.
    pub(super) async fn look_at_open(
        &self,
        team: &TeamId,
        asked: Vec<OpenQuery>,
        scene: &mut Scene,
    ) -> Result<(), StoreError> {
        let mut mentioned = BTreeSet::new();
        for query in asked {
            let shown = self.store().open_incidents(team, &query).await?;
            for incident in &shown.incidents {
                concerned(incident, &mut mentioned);
            }
            scene.open.push((query, shown));
        }
        mentioned.retain(|user| !user.0.is_empty() && !scene.names.contains_key(user));
        self.name(team, mentioned, scene).await
    }

    async fn name(
        &self,
        team: &TeamId,
        mentioned: BTreeSet<UserId>,
        scene: &mut Scene,
    ) -> Result<(), StoreError> {
        let mut strangers = Vec::new();
        for user in mentioned {
            match self.store().person(team, &user).await? {
                Some(person) => {
                    scene.names.insert(user, person.name);
                }
                None => strangers.push(user),
            }
        }
        if !strangers.is_empty() {
            self.performer().learn(team, strangers);
        }
        Ok(())
    }

    /// What the core remembers about the incident.
    pub(super) async fn memory(
        &self,
        team: &TeamId,
        incident: Option<Number>,
    ) -> Result<HashMap<String, String>, StoreError> {
        if incident.is_none() {
            return Ok(HashMap::new());
        }
        let place = StatePlace {
            team: team.clone(),
            owner: Owner::core(),
            incident,
        };
        let mut memory = HashMap::new();
        for key in self.store().state_keys(&place, "", None, MOST_KEYS).await? {
            if let Some(value) = self.store().state(&place, &key).await? {
                memory.insert(key, value.json);
            }
        }
        Ok(memory)
    }
}

/// Whether the core says more than it passes on: it looks at the incident then.
fn looks_around(what: &What) -> bool {
    match what {
        What::Command(_)
        | What::Alerted(_)
        | What::Pressed(_)
        | What::Submitted(_)
        | What::Shortcut(_)
        | What::Mentioned(_)
        | What::HomeOpened
        | What::Declared(_)
        | What::RoomOpened { .. }
        | What::StatusChanged { .. }
        | What::Invited { .. }
        | What::WishFailed(_)
        | What::Held { .. }
        | What::CaughtUp { .. }
        | What::Installed(_)
        | What::ChannelArchived { .. }
        | What::SeverityChanged { .. }
        | What::TitleChanged { .. } => true,
        What::EntryAdded { entry } if matches!(entry.kind.as_str(), "update" | "todo") => true,
        What::EntryAdded { .. }
        | What::FormClosed(_)
        | What::MenuAsked(_)
        | What::Joined(_)
        | What::Left(_)
        | What::Reacted(_)
        | What::Said(_)
        | What::Edited(_)
        | What::Deleted { .. }
        | What::ChannelRenamed { .. }
        | What::ChannelUnarchived { .. }
        | What::RoleChanged { .. }
        | What::Timer { .. }
        | What::Answered { .. }
        | What::Parked(_)
        | What::Settled(_)
        | What::Other { .. } => false,
    }
}

/// Everybody who may be named in what the core says.
fn people(event: &Event, scene: &Scene) -> BTreeSet<UserId> {
    let mut people: BTreeSet<UserId> = event.by.iter().cloned().collect();
    if let Some(incident) = &scene.incident {
        concerned(incident, &mut people);
        people.extend(incident.people.iter().cloned());
    }
    people.extend(scene.deactivated.iter().cloned());
    people.extend(scene.entries.iter().filter_map(|entry| entry.by.clone()));
    if let What::Invited { came, .. } = &event.what {
        people.extend(came.iter().cloned());
    }
    people
}

/// Who may be named where an incident is a row.
fn concerned(incident: &Incident, people: &mut BTreeSet<UserId>) {
    people.insert(incident.declared_by.clone());
    people.extend(incident.roles.values().map(|held| held.user.clone()));
}
