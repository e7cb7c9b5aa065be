//! `iris incident`: reads incidents out of the store, also beside a running `iris serve`.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::ExitCode,
};

use anyhow::Context;

use super::{IncidentCommand, Place, load, say};
use crate::{
    config::{parse, read_folder},
    ids::{Number, TeamId, UserId},
    incident::{Entry, Incident},
    store::{EntryQuery, Store, StoreError, sqlite::Sqlite},
    team::Team,
};

mod export;
mod list;
mod show;

/// One team's incidents, and what is needed to tell them.
pub(super) struct Desk {
    pub(super) store: Sqlite,
    pub(super) id: TeamId,
    pub(super) team: Team,
}

/// Entries that are read at once.
const PAGE: u32 = 1000;

pub(super) fn run(command: &IncidentCommand) -> anyhow::Result<ExitCode> {
    let place = match command {
        IncidentCommand::List { reading, .. } | IncidentCommand::Show { reading, .. } => {
            &reading.place
        }
        IncidentCommand::Export { place, .. } => place,
    };
    load::block_on(async {
        let desk = Desk::open(place).await?;
        match command {
            IncidentCommand::List { all, reading } => list::list(&desk, *all, reading.json).await?,
            IncidentCommand::Show { which, reading } => {
                show::show(&desk, &desk.incident(which.number).await?, reading.json).await?;
            }
            IncidentCommand::Export { which, format, .. } => {
                export::export(&desk, desk.incident(which.number).await?, *format).await?;
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// The team's file gives labels and the language. Without one that can be read, ids are shown.
fn team(folder: &Path, id: &TeamId) -> Option<Team> {
    let mut files = read_folder(folder).unwrap_or_default();
    files.sort_by_key(|file| file.stem != id.as_str());
    let own = |stem: &str| stem == id.as_str() || stem == "default";
    let file = files
        .into_iter()
        .filter(|file| own(&file.stem))
        .find_map(|file| file.file);
    let file = file.or_else(|| parse("", id.as_str(), "").0);
    file.map(|file| file.team)
}

impl Desk {
    pub(super) async fn open(place: &Place) -> anyhow::Result<Self> {
        let settings = load::checked(&place.config)?;
        let store = Sqlite::open_reader(&settings.store)?;
        let id = load::team(&store, place).await?;
        let team = team(&settings.teams, &id).context("no team's file")?;
        Ok(Self { store, id, team })
    }

    /// All that there are, oldest first.
    pub(super) async fn numbers(&self) -> Result<Vec<Number>, StoreError> {
        let all = self.store.incidents(&self.id, true).await?;
        Ok(all.into_iter().map(|incident| incident.number).collect())
    }

    pub(super) async fn incident(&self, number: Number) -> anyhow::Result<Incident> {
        let incident = self.store.incident(&self.id, number).await?;
        incident.with_context(|| format!("there is no incident {number}"))
    }

    /// What is shown of what happened, oldest first.
    pub(super) async fn entries(&self, incident: Number) -> Result<Vec<Entry>, StoreError> {
        let mut all: Vec<Entry> = Vec::new();
        loop {
            let after = all.last().map_or(0, |entry| entry.seq);
            let query = EntryQuery {
                team: &self.id,
                incident,
                kind: None,
                after,
                limit: PAGE,
                current: true,
            };
            let page = self.store.entries(query).await?;
            if page.is_empty() {
                return Ok(all);
            }
            all.extend(page);
        }
    }

    /// The names of these people, as far as Iris has met them.
    async fn names(&self, users: BTreeSet<UserId>) -> Result<BTreeMap<UserId, String>, StoreError> {
        let mut names = BTreeMap::new();
        for user in users {
            if let Some(person) = self.store.person(&self.id, &user).await? {
                names.insert(user, person.name);
            }
        }
        Ok(names)
    }

    /// The label of a severity; `SEV?` while it is not known.
    fn severity(&self, incident: &Incident) -> String {
        let label = |id: &String| {
            self.team
                .severity(id)
                .map_or_else(|| id.clone(), |severity| severity.label.clone())
        };
        incident
            .severity
            .as_ref()
            .map_or_else(|| "SEV?".to_owned(), label)
    }

    fn product(&self, incident: &Incident) -> String {
        let name = |id: &String| {
            self.team
                .product(id)
                .map_or_else(|| id.clone(), |product| product.name.clone())
        };
        incident.product.as_ref().map_or_else(String::new, name)
    }
}

/// A person's name, else their id.
fn name(names: &BTreeMap<UserId, String>, user: &UserId) -> String {
    names.get(user).cloned().unwrap_or_else(|| user.to_string())
}

/// In one line, and marked as what it is.
fn title(incident: &Incident) -> String {
    let mark = if incident.drill { "DRILL " } else { "" };
    format!("{mark}{}", iris_kit::rich::one_line(&incident.title))
}
