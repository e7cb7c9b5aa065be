//! The event's incident with everything that headers and facts lines show.

use super::{
    Incident, entries_of, first_of, incident, now, product_name, severity_label, wall, zone,
};
use iris_kit::Texts;
use iris_kit::story::Data;
use iris_kit::words::{Brief, Since};
use std::cell::OnceCell;

/// The event's incident and the labels of its product and severity.
#[derive(Clone, Debug)]
pub struct Card {
    /// The incident as it stands.
    pub incident: Incident,
    /// The product's name.
    pub product: Option<String>,
    /// The severity's label.
    pub severity: Option<String>,
    declared: OnceCell<u64>,
    alert: OnceCell<Option<String>>,
}

impl Card {
    /// The event's incident; none outside of incidents.
    pub fn read() -> Option<Self> {
        let incident = incident()?;
        let product = incident.product.as_deref().map(product_name);
        let severity = incident.severity.as_deref().map(severity_label);
        Some(Self::new(incident, product, severity))
    }

    /// An incident with the labels of its product and severity.
    pub fn new(incident: Incident, product: Option<String>, severity: Option<String>) -> Self {
        Self {
            incident,
            product,
            severity,
            declared: OnceCell::new(),
            alert: OnceCell::new(),
        }
    }

    /// What headers, topics and marks are made of.
    pub fn brief(&self) -> Brief<'_> {
        Brief {
            number: self.incident.number,
            title: &self.incident.title,
            product: self.product.as_deref(),
            severity: self.severity.as_deref(),
            status: &self.incident.status,
            drill: self.incident.drill,
            private: self.incident.private,
        }
    }

    /// The line of facts below the header, as mrkdwn.
    pub fn facts(&self, texts: &Texts) -> String {
        let now = now();
        let since = self.since();
        self.brief()
            .facts(texts, since.as_kit(), &wall(now), &zone(now))
    }

    /// When it was declared: the first time, however often it was reopened.
    pub fn declared_at(&self) -> u64 {
        let entered = || self.entered("declared").unwrap_or_else(now);
        if self.entered("resolved").is_none() {
            return entered();
        }
        // It may have been reopened since, which is what `entered` would tell then.
        let first = || first_of("declared").map_or_else(entered, |entry| entry.at);
        *self.declared.get_or_init(first)
    }

    /// What the alert came through that declared it, such as `Alertmanager`; none where a person did.
    pub fn alert(&self) -> Option<&str> {
        let read = || {
            let data = first_of("declared")?.data?;
            serde_json::from_str::<Data>(&data).ok()?.through
        };
        self.alert.get_or_init(read).as_deref()
    }

    /// When a status was last entered.
    pub fn entered(&self, status: &str) -> Option<u64> {
        self.incident
            .times
            .iter()
            .rfind(|time| time.status == status)
            .map(|time| time.at)
    }

    /// When it was resolved; none while it is ongoing.
    pub fn over_at(&self) -> Option<u64> {
        let status = self.incident.status.as_str();
        let entered = || self.entered("resolved").or_else(|| self.entered(status));
        if status == "declared" {
            None
        } else {
            entered()
        }
    }

    fn since(&self) -> Moment {
        let declared = self.declared_at();
        if let Some(to) = self.over_at() {
            return Moment::Over { from: declared, to };
        }
        let again = self
            .entered("declared")
            .filter(|_| self.entered("resolved").is_some());
        if let Some(at) = again
            && let Some(by) = entries_of("status").pop().and_then(|entry| entry.by)
        {
            return Moment::Reopened { by, at };
        }
        if let Some(through) = self.alert() {
            return Moment::Alerted {
                through: through.to_owned(),
                at: declared,
            };
        }
        Moment::Declared {
            by: self.incident.declared_by.clone(),
            at: declared,
        }
    }
}

/// [`Since`], with moments instead of what the wall shows.
enum Moment {
    Declared { by: String, at: u64 },
    Alerted { through: String, at: u64 },
    Reopened { by: String, at: u64 },
    Over { from: u64, to: u64 },
}

impl Moment {
    fn as_kit(&self) -> Since<'_> {
        match self {
            Self::Declared { by, at } => Since::Declared { by, at: wall(*at) },
            Self::Alerted { through, at } => Since::Alerted {
                through,
                at: wall(*at),
            },
            Self::Reopened { by, at } => Since::Reopened { by, at: wall(*at) },
            Self::Over { from, to } => Since::Over {
                from: wall(*from),
                to: wall(*to),
                millis: to.saturating_sub(*from),
            },
        }
    }
}
