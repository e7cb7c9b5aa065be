//! What telling needs to know of the world: the language, the clock on the wall, names, labels.

use iris_step::kit::time::{Wall, time_on};
use iris_step::{Texts, facts};

/// The team as of one event.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) texts: Texts,
    /// Milliseconds since 1970.
    pub(crate) now: u64,
    /// The IANA name of the team's zone.
    pub(crate) zone: String,
    /// What people type, such as `/incident`.
    pub(crate) command: String,
    pub(crate) severities: Vec<facts::Severity>,
    pub(crate) roles: Vec<facts::Role>,
    pub(crate) products: Vec<facts::Product>,
    pub(crate) ask: Ask,
}

/// What is asked of the host while telling.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ask {
    pub(crate) wall: fn(u64) -> Wall,
    /// The zone's short name at a moment.
    pub(crate) zone: fn(u64) -> String,
    pub(crate) name: fn(&str) -> Option<String>,
    pub(crate) link: fn(&str) -> Option<String>,
}

impl Scene {
    /// As the host tells it.
    pub(crate) fn read() -> Self {
        let team = facts::team();
        Self {
            texts: iris_step::texts(EN, JA),
            now: facts::now(),
            zone: team.zone,
            command: team.command,
            severities: facts::severities(),
            roles: facts::roles(),
            products: facts::products(),
            ask: Ask {
                wall: facts::wall,
                zone: facts::zone,
                name: facts::name_of,
                link: facts::link,
            },
        }
    }

    pub(crate) fn wall(&self, at: u64) -> Wall {
        (self.ask.wall)(at)
    }

    /// `14:05` today, `Tue 1 Dec 14:05` on another day.
    pub(crate) fn time(&self, at: u64) -> String {
        time_on(self.texts.locale(), &self.wall(at), &self.wall(self.now))
    }

    /// The label of a severity; of an unknown one too.
    pub(crate) fn severity(&self, id: Option<&str>) -> String {
        match id {
            None => self.texts.say("sev-unknown", &[]),
            Some(id) => label(id, self.severities.iter().map(|s| (&s.id, &s.label))),
        }
    }

    pub(crate) fn role(&self, id: &str) -> String {
        label(id, self.roles.iter().map(|r| (&r.id, &r.label)))
    }

    pub(crate) fn product(&self, id: &str) -> String {
        label(id, self.products.iter().map(|p| (&p.id, &p.name)))
    }
}

/// What has gone from the team's file is shown by its id.
fn label<'a>(id: &str, mut labels: impl Iterator<Item = (&'a String, &'a String)>) -> String {
    let found = labels.find(|(known, _)| *known == id);
    found.map_or_else(|| id.to_owned(), |(_, label)| label.clone())
}

pub(crate) const EN: &str = include_str!("../texts/en.ftl");
pub(crate) const JA: &str = include_str!("../texts/ja.ftl");
