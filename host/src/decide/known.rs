//! What the main loop has looked up before it asks the core, and what the core answers.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    clock::Moment,
    effect::Wish,
    ids::{Number, Owner, TeamId, UserId},
    incident::{Entry, Incident, OpenQuery, Shown},
    team::Team,
};

/// Everything the core may look at while it decides about one event.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    pub now: Moment,
    pub team_id: &'a TeamId,
    pub team: &'a Team,
    /// The event's incident as it stands: the room's, else the one that a button's value or a
    /// form's memo names.
    pub incident: Option<&'a Incident>,
    /// What is shown of those that are not closed.
    pub open: &'a dyn Fn(&OpenQuery) -> Shown,
    /// The number that a [`Wish::Declare`] of this decision will get.
    pub next_number: Number,
    /// Display names that are known.
    pub names: &'a dyn Fn(&UserId) -> Option<String>,
    /// The team's steps, in the order of its file.
    pub steps: &'a [StepOffer],
    /// Those that the file names, and does not allow what they ask for.
    pub withheld: &'a [WithheldStep],
    /// Such as `https://acme.slack.com/`.
    pub workspace_url: Option<&'a str>,
    /// Iris's own id in this workspace.
    pub bot: Option<&'a UserId>,
    /// The incident's entries as they are shown, oldest first; of one kind when given.
    pub entries: &'a dyn Fn(Option<&str>) -> Vec<Entry>,
    /// What the core remembers about the incident: see [`Decision::remember`]. The main loop keeps
    /// the room as it was last wished under `room`: `{"name": "inc-…", "hidden": false}`.
    pub memory: &'a dyn Fn(&str) -> Option<String>,
    /// Who opens their home: the newest entry of each todo of theirs that is open, with its
    /// incident.
    pub todos: &'a [(Incident, Entry)],
    /// How many effects of the incident wait for an operator.
    pub waiting: usize,
    /// The form, whole, that the pressed button would open again.
    pub form: Option<&'a str>,
    /// People in the form that was sent whose accounts are deactivated.
    pub deactivated: &'a BTreeSet<UserId>,
    /// Who was brought into the room and is another app.
    pub bots: &'a BTreeSet<UserId>,
}

/// What a step of the team offers, as the core needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct StepOffer {
    pub name: Owner,
    pub words: Vec<WordOffer>,
    /// Input blocks for the form of a declaration, each with a `block_id` of the step's own.
    pub fields: Vec<Value>,
    /// Whether its line in the team's file takes the event's incident; true without one.
    pub applies: bool,
}

/// A step that is not used because its line does not allow all that it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithheldStep {
    pub name: Owner,
    /// What could be typed if it were used.
    pub words: Vec<String>,
    /// The list of `allow` and what is missing from it.
    pub missing: Vec<(&'static str, String)>,
}

/// A word that a step takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordOffer {
    pub word: String,
    /// What follows it; may be empty.
    pub usage: String,
    /// One line for `help`, in the team's language.
    pub help: String,
    pub reach: Reach,
}

/// Where a word may be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// In an incident's room.
    Room,
    Anywhere,
}

/// What the core decided about one event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    /// Of the owner `core`, in order. With a [`Wish::Declare`] among them, the others and what is
    /// remembered belong to the new incident.
    pub wishes: Vec<Wish>,
    /// The core's own state of the incident: JSON by key, `None` removes it.
    pub remember: Vec<(String, Option<String>)>,
    /// A sentence below each of these fields of the form that was sent, which stays open. When
    /// there are any, nothing is wished.
    pub refused: Vec<(String, String)>,
    pub route: Route,
    /// What became of an alert, for its sender.
    pub alert: Option<AlertResult>,
}

/// What became of an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertResult {
    /// It declared an incident.
    Declared,
    /// It is known: there is an incident already, and nothing is new.
    Known,
    /// It fires again, and its incident says so.
    Again,
    /// It is over, and its incident says so.
    Resolved,
    /// It is over, and there never was an incident that could say so.
    Nothing,
}

impl AlertResult {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Known => "known",
            Self::Again => "again",
            Self::Resolved => "resolved",
            Self::Nothing => "nothing",
        }
    }
}

/// Which steps are told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// None: the core has handled it.
    #[default]
    Core,
    /// Only this one.
    Step {
        owner: Owner,
        /// It is told as this word, whatever the event was.
        word: Option<TypedWord>,
    },
    /// All that asked for events of this kind.
    All,
    /// None: it concerns nobody.
    Nobody,
}

/// A step's word and what followed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedWord {
    /// As the step offers it.
    pub word: String,
    /// As Slack writes it: `&<>` escaped, mentions `<@U…|name>`.
    pub rest: String,
}

impl Decision {
    /// Nothing to wish; the steps are told as `route` says.
    pub fn route(route: Route) -> Self {
        Self {
            route,
            ..Self::default()
        }
    }

    /// One wish; no step is told.
    pub fn of(wish: Wish) -> Self {
        Self::default().and(wish)
    }

    /// One wish more.
    #[must_use]
    pub fn and(mut self, wish: Wish) -> Self {
        self.wishes.push(wish);
        self
    }

    /// Something to remember about the incident.
    #[must_use]
    pub fn keep(mut self, key: &str, value: &Value) -> Self {
        self.remember
            .push((key.to_owned(), Some(value.to_string())));
        self
    }

    /// Something to forget about the incident.
    #[must_use]
    pub fn forget(mut self, key: &str) -> Self {
        self.remember.push((key.to_owned(), None));
        self
    }

    /// The form stays open with a sentence below one field.
    pub fn refuse(field: &str, sentence: String) -> Self {
        Self {
            refused: vec![(field.to_owned(), sentence)],
            ..Self::default()
        }
    }
}
