//! What happened, as the host knows it, for the kit to tell.

use iris_step::kit::story::{Data, Entry, Incident, Label, Scene, World, in_order, texts};
use iris_step::kit::time::Wall;
use iris_step::{Failure, facts};

/// The event's incident, all that is told of it, and where it is told.
pub(crate) struct Story {
    pub(crate) scene: Scene<'static>,
    pub(crate) incident: Incident,
    pub(crate) entries: Vec<Entry>,
}

impl Story {
    pub(crate) fn read() -> Result<Self, Failure> {
        let incident = facts::incident().ok_or_else(|| Failure::bug("no incident"))?;
        let entries = facts::entries().into_iter().map(entry).collect();
        Ok(Self {
            scene: scene(),
            incident: told(incident),
            entries: in_order(entries),
        })
    }
}

fn scene() -> Scene<'static> {
    let team = facts::team();
    let label = |id, label, meaning| Label { id, label, meaning };
    let (severities, roles) = (facts::severities(), facts::roles());
    let plain = |(id, name)| label(id, name, String::new());
    Scene {
        texts: texts(facts::locale()),
        now: facts::now(),
        zone: team.zone,
        command: team.command,
        severities: severities
            .into_iter()
            .map(|s| label(s.id, s.label, s.meaning))
            .collect(),
        roles: roles
            .into_iter()
            .map(|role| plain((role.id, role.label)))
            .collect(),
        products: facts::products()
            .into_iter()
            .map(|of| plain((of.id, of.name)))
            .collect(),
        world: &Host,
    }
}

fn told(incident: facts::Incident) -> Incident {
    Incident {
        number: incident.number,
        title: incident.title,
        situation: incident.situation,
        product: incident.product.as_deref().map(facts::product_name),
        severity: incident.severity,
        status: incident.status,
        declared_by: incident.declared_by,
        times: incident
            .times
            .into_iter()
            .map(|time| (time.status, time.at))
            .collect(),
        drill: incident.drill,
        private: incident.private,
    }
}

fn entry(entry: facts::Entry) -> Entry {
    Entry {
        seq: entry.seq,
        at: entry.at,
        kind: entry.kind,
        by: entry.by,
        text: entry.text,
        data: Data::parse(entry.data.as_deref()),
        message: entry.message,
    }
}

/// The host that runs this step.
struct Host;

impl World for Host {
    fn wall(&self, at: u64) -> Wall {
        facts::wall(at)
    }

    fn zone_label(&self, at: u64) -> String {
        facts::zone(at)
    }

    fn name(&self, user: &str) -> Option<String> {
        facts::name_of(user)
    }

    fn link(&self, message: &str) -> Option<String> {
        facts::link(message)
    }
}
