//! What is known. Nothing here asks Slack.

use crate::{
    effect::MessageRef,
    ids::{MessageId, UserId},
    incident::{Incident, OpenQuery, Which},
    step::{
        bindings::iris::step::facts as wit,
        convert,
        running::{Running, Stop},
        wall,
    },
    store::EntryQuery,
    team::Team,
};

/// Entries, and bytes of them, that one call returns.
const ENTRIES: u32 = 1_000;
const ENTRY_BYTES: usize = 256 << 10;
/// Incidents that one call returns: as many as a menu holds.
const INCIDENTS: usize = 100;

impl wit::Host for Running {
    fn now(&mut self) -> wasmtime::Result<u64> {
        Ok(self.call.facts.now.0)
    }

    fn wall(&mut self, at: u64) -> wasmtime::Result<wit::WallTime> {
        Ok(wall::clock(&self.team().zone, at))
    }

    fn moment(&mut self, wall: wit::WallTime) -> wasmtime::Result<Option<u64>> {
        Ok(wall::moment(&self.team().zone, &wall))
    }

    fn zone_label(&mut self, at: u64) -> wasmtime::Result<String> {
        Ok(wall::label(&self.team().zone, at))
    }

    fn this_team(&mut self) -> wasmtime::Result<wit::Team> {
        let team = self.team();
        Ok(wit::Team {
            id: self.call.event.team.to_string(),
            name: team.name.clone(),
            locale: team.locale.tag().to_owned(),
            zone: team.zone.clone(),
            command: team.command.clone(),
        })
    }

    fn steps(&mut self) -> wasmtime::Result<Vec<String>> {
        Ok(self.call.facts.steps.to_vec())
    }

    fn silent(&mut self) -> wasmtime::Result<Vec<String>> {
        Ok(self.call.facts.silent.to_vec())
    }

    fn severities(&mut self) -> wasmtime::Result<Vec<wit::Severity>> {
        let severity = |s: &crate::team::Severity| wit::Severity {
            id: s.id.clone(),
            label: s.label.clone(),
            meaning: s.meaning.clone(),
        };
        Ok(self.team().severities.iter().map(severity).collect())
    }

    fn roles(&mut self) -> wasmtime::Result<Vec<wit::Role>> {
        let role = |r: &crate::team::Role| wit::Role {
            id: r.id.clone(),
            label: r.label.clone(),
            duties: r.duties.clone(),
        };
        Ok(self.team().roles.iter().map(role).collect())
    }

    fn products(&mut self) -> wasmtime::Result<Vec<wit::Product>> {
        let product = |p: &crate::team::Product| wit::Product {
            id: p.id.clone(),
            name: p.name.clone(),
            table: p.table.clone(),
        };
        Ok(self.team().products.iter().map(product).collect())
    }

    fn responders(
        &mut self,
        product: String,
        severity: Option<String>,
    ) -> wasmtime::Result<Vec<String>> {
        Ok(self
            .team()
            .responders(&product, severity.as_deref())
            .to_vec())
    }

    fn also_called(&mut self) -> wasmtime::Result<Vec<String>> {
        let also = self
            .call
            .facts
            .incident
            .iter()
            .flat_map(|incident| &incident.also);
        Ok(also.map(ToString::to_string).collect())
    }

    fn this_incident(&mut self) -> wasmtime::Result<Option<wit::Incident>> {
        Ok(self.call.facts.incident.as_deref().map(incident))
    }

    async fn open_incidents(&mut self, user: String) -> wasmtime::Result<Vec<wit::Incident>> {
        let Some(store) = &self.store else {
            return Ok(vec![]);
        };
        let query = OpenQuery {
            which: Which::JoinedLast,
            by: Some(UserId::from(user)),
            channel: None,
            severities: vec![],
            limit: INCIDENTS,
        };
        let open = store.open_incidents(&self.call.event.team, &query).await;
        let open = open.map_err(Stop::from)?;
        Ok(open.incidents.iter().map(incident).collect())
    }

    async fn entries(&mut self, after: u32, limit: u32) -> wasmtime::Result<Vec<wit::Entry>> {
        Ok(self.entries_where(None, after, limit).await?)
    }

    async fn entries_of(
        &mut self,
        kind: String,
        after: u32,
        limit: u32,
    ) -> wasmtime::Result<Vec<wit::Entry>> {
        Ok(self.entries_where(Some(&kind), after, limit).await?)
    }

    async fn find_person(&mut self, user: String) -> wasmtime::Result<Option<wit::Person>> {
        let Some(store) = &self.store else {
            return Ok(None);
        };
        let person = store
            .person(&self.call.event.team, &UserId::from(user))
            .await;
        Ok(person.map_err(Stop::from)?.map(|person| wit::Person {
            id: person.id.0,
            name: person.name,
            zone: person.zone,
            deactivated: person.deactivated,
            bot: person.bot,
        }))
    }

    async fn link(&mut self, message: String) -> wasmtime::Result<Option<String>> {
        Ok(match self.message(&message) {
            Ok(MessageRef::Seen(id)) => self.permalink(&id),
            Ok(MessageRef::Named { owner, name }) => self
                .resource(&owner, &name)
                .await?
                .and_then(|stands| stands.permalink.or_else(|| self.permalink(&stands.id))),
            Err(_) => None,
        })
    }
}

impl Running {
    fn team(&self) -> &Team {
        &self.call.facts.team
    }

    /// As Slack makes it.
    fn permalink(&self, id: &MessageId) -> Option<String> {
        Some(id.permalink(self.call.facts.workspace.as_deref()?))
    }

    async fn entries_where(
        &mut self,
        kind: Option<&str>,
        after: u32,
        limit: u32,
    ) -> Result<Vec<wit::Entry>, Stop> {
        let (Some(store), Some(incident)) = (&self.store, &self.call.facts.incident) else {
            return Ok(vec![]);
        };
        let query = EntryQuery {
            team: &self.call.event.team,
            incident: incident.number,
            kind,
            after,
            limit: limit.min(ENTRIES),
            current: true,
        };
        let entries = store.entries(query).await?;
        let mut room = ENTRY_BYTES;
        // The first is returned whatever its size, so that a reader always comes to the end.
        let fits = entries
            .iter()
            .map(convert::entry)
            .enumerate()
            .take_while(|(n, entry)| {
                let bytes = entry.text.len() + entry.data.as_ref().map_or(0, String::len) + 64;
                let fits = bytes <= room;
                room = room.saturating_sub(bytes);
                fits || *n == 0
            });
        Ok(fits.map(|(_, entry)| entry).collect())
    }
}

fn incident(incident: &Incident) -> wit::Incident {
    let last = |n: usize| {
        !incident.times[n + 1..]
            .iter()
            .any(|m| m.status == incident.times[n].status)
    };
    wit::Incident {
        number: incident.number,
        title: incident.title.clone(),
        situation: incident.situation.clone(),
        product: incident.product.clone(),
        severity: incident.severity.clone(),
        status: incident.status.as_str().to_owned(),
        declared_by: incident.declared_by.to_string(),
        times: incident
            .times
            .iter()
            .enumerate()
            .filter(|(n, _)| last(*n))
            .map(|(_, m)| wit::Milestone {
                status: m.status.as_str().to_owned(),
                at: m.at.0,
            })
            .collect(),
        roles: incident
            .roles
            .iter()
            .map(|(role, held)| wit::Assignment {
                role: role.clone(),
                user: held.user.to_string(),
            })
            .collect(),
        room: incident.room.as_ref().map(|room| room.channel.to_string()),
        origin: incident.origin.as_ref().map(ToString::to_string),
        drill: incident.drill,
        private: incident.private,
    }
}
