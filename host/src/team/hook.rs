//! How a team reads the alerts of one sender: a hook and its rules. Pure; `config/` reads and checks
//! the file.

use std::collections::BTreeMap;

use iris_kit::{
    limits::{TITLE, cut},
    rich::{clean, one_line},
};

use super::Team;
use crate::{
    alert::{Alert, AlertState, Alerted, Fields, Through},
    ids::ChannelId,
};

/// How much of what an alert says goes into the room, in UTF-16 units: as much as a person may type.
const SITUATION: usize = 3_000;
/// So many values of one field are named.
const MOST_VALUES: usize = 3;

/// Where the alerts of one sender come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// In its address, `/hooks/<name>`; unique among all files.
    pub name: String,
    pub kind: Sender,
    /// What people read in the place of a person's name.
    pub label: String,
    pub channel: ChannelId,
    /// So many incidents within an hour at most.
    pub per_hour: u32,
    /// The first that fits wins; never empty.
    pub rules: Vec<Rule>,
    /// Where the sender's JSON says what; only of [`Sender::Json`].
    pub paths: Paths,
    /// The header in which Grafana puts the time that it signs. `None`: it signs none.
    pub timestamp_header: Option<String>,
}

/// Who sends: it says how a request is signed and what its JSON looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    Alertmanager,
    PagerDuty,
    Datadog,
    Grafana,
    /// Anything that posts JSON.
    Json,
}

/// Where a sender that Iris does not know says what, as paths of [`Fields`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// The same for everything about one trouble.
    pub key: String,
    /// `None`: whatever comes fires.
    pub status: Option<String>,
    /// What stands at `status` when the trouble is over, in lower case.
    pub resolved: Vec<String>,
    pub title: Option<String>,
    /// What differs from one delivery to the next and is repeated with it.
    pub id: Option<String>,
}

/// What becomes of some of a hook's alerts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// Paths and the values of which one must be there; empty: it fits always.
    pub when: BTreeMap<String, Vec<String>>,
    /// Nothing comes of them.
    pub ignore: bool,
    pub product: Option<String>,
    pub severity: Grave,
    /// `None`: as the sender calls it.
    pub title: Option<Template>,
    /// `None`: what the sender says about it.
    pub situation: Option<Template>,
}

/// How grave it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Grave {
    /// "Not sure yet".
    #[default]
    Unsure,
    /// Always this severity, by its id.
    Always(String),
    /// By what a field says.
    By {
        field: String,
        map: BTreeMap<String, String>,
        /// For what is not in `map`.
        otherwise: Option<String>,
    },
}

/// Text with fields in it: `{labels.alertname} on {labels.instance}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(String),
}

/// What a hook makes of an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    Fits(Box<Alerted>),
    /// A rule says that nothing comes of it.
    Ignored,
    /// No rule fits. What the rules looked at, and what stood there.
    Unfit(Vec<(String, Vec<String>)>),
}

impl Sender {
    pub const ALL: [Self; 5] = [
        Self::Alertmanager,
        Self::PagerDuty,
        Self::Datadog,
        Self::Grafana,
        Self::Json,
    ];

    /// As a team's file names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alertmanager => "alertmanager",
            Self::PagerDuty => "pagerduty",
            Self::Datadog => "datadog",
            Self::Grafana => "grafana",
            Self::Json => "json",
        }
    }

    /// What people call it. `None`: the hook's name says more.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Alertmanager => Some("Alertmanager"),
            Self::PagerDuty => Some("PagerDuty"),
            Self::Datadog => Some("Datadog"),
            Self::Grafana => Some("Grafana"),
            Self::Json => None,
        }
    }

    /// Where its paths begin. `None`: whoever sets it up says what it sends.
    pub fn begins(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Alertmanager => Some(&[
                "labels",
                "annotations",
                "receiver",
                "externalURL",
                "generatorURL",
            ]),
            Self::Grafana => Some(&[
                "labels",
                "annotations",
                "receiver",
                "externalURL",
                "generatorURL",
                "dashboardURL",
                "panelURL",
                "silenceURL",
                "valueString",
                "title",
                "message",
                "orgId",
            ]),
            Self::PagerDuty => Some(&[
                "id",
                "title",
                "number",
                "status",
                "urgency",
                "priority",
                "service",
                "teams",
                "assignees",
                "escalation_policy",
                "incident_type",
                "incident_key",
                "html_url",
            ]),
            Self::Datadog | Self::Json => None,
        }
    }

    fn title(self) -> &'static [&'static str] {
        match self {
            Self::Alertmanager | Self::Grafana => &["labels.alertname"],
            Self::PagerDuty | Self::Datadog => &["title"],
            Self::Json => &[],
        }
    }

    /// What it says about the trouble, a line each.
    fn situation(self) -> &'static [&'static str] {
        match self {
            Self::Alertmanager | Self::Grafana => &[
                "annotations.summary",
                "annotations.description",
                "generatorURL",
            ],
            Self::PagerDuty => &["html_url"],
            Self::Datadog => &["text", "link"],
            Self::Json => &[],
        }
    }
}

impl Template {
    /// `Err` says what is wrong, for whoever wrote it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((field, behind)) = after.split_once('}') else {
                return Err(format!("`{{{after}` is not closed by `}}`"));
            };
            if field.trim().is_empty() || field.contains('{') {
                return Err("between `{` and `}` stands a field".to_owned());
            }
            parts.push(Part::Text(before.to_owned()));
            parts.push(Part::Field(field.trim().to_owned()));
            rest = behind;
        }
        if rest.contains('}') {
            return Err("`}` closes nothing".to_owned());
        }
        parts.push(Part::Text(rest.to_owned()));
        Ok(Self(parts))
    }

    /// The fields that it names.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Field(field) => Some(field.as_str()),
            Part::Text(_) => None,
        })
    }

    /// Several values of one field stand beside each other.
    fn fill(&self, fields: &Fields) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Field(field) => beside(fields.at(field)),
        };
        self.0.iter().map(part).collect()
    }
}

fn beside(values: &[String]) -> String {
    let mut said = values[..values.len().min(MOST_VALUES)].join(", ");
    if values.len() > MOST_VALUES {
        said.push_str(", …");
    }
    said
}

impl Rule {
    fn fits(&self, fields: &Fields) -> bool {
        self.when.iter().all(|(path, wanted)| {
            let there = fields.at(path);
            there.iter().any(|value| wanted.contains(value))
        })
    }
}

impl Grave {
    fn of(&self, fields: &Fields) -> Option<String> {
        match self {
            Self::Unsure => None,
            Self::Always(id) => Some(id.clone()),
            Self::By {
                field,
                map,
                otherwise,
            } => {
                let known = fields.at(field).iter().find_map(|value| map.get(value));
                known.or(otherwise.as_ref()).cloned()
            }
        }
    }
}

impl Hook {
    /// What the team's file makes of an alert; `key` is its key, hashed. What is over is noted
    /// whatever the rules say, since they may have been others when it began.
    pub fn read(&self, alert: &Alert, key: String, team: &Team) -> Reading {
        let nothing = Rule::default();
        let rule = self.rules.iter().find(|rule| rule.fits(&alert.fields));
        let rule = match (rule, alert.state) {
            (Some(rule), _) if rule.ignore => return Reading::Ignored,
            (Some(rule), _) => rule,
            (None, AlertState::Resolved) => &nothing,
            (None, AlertState::Firing) => return Reading::Unfit(self.looked_at(&alert.fields)),
        };
        let only = team.products.first().filter(|_| team.products.len() == 1);
        let product = rule.product.clone().or_else(|| only.map(|p| p.id.clone()));
        Reading::Fits(Box::new(Alerted {
            through: Through {
                hook: self.name.clone(),
                label: self.label.clone(),
            },
            key,
            state: alert.state,
            title: self.title(rule, &alert.fields),
            situation: self.situation(rule, &alert.fields),
            product,
            severity: rule.severity.of(&alert.fields),
            channel: self.channel.clone(),
            per_hour: self.per_hour,
        }))
    }

    /// An alert that calls itself nothing is called as its hook is: it is an alert all the same.
    fn title(&self, rule: &Rule, fields: &Fields) -> String {
        let written = rule.title.as_ref().map(|title| title.fill(fields));
        let own = self.paths.title.as_deref().into_iter();
        let said = own.chain(self.kind.title().iter().copied());
        let said = said.map(|path| beside(fields.at(path)));
        let titles = written.into_iter().chain(said).chain([self.name.clone()]);
        let mut titles = titles.map(|title| one_line(&title));
        let title = titles.find(|title| !title.is_empty()).unwrap_or_default();
        cut(&title, TITLE).into_owned()
    }

    fn situation(&self, rule: &Rule, fields: &Fields) -> String {
        let said = if let Some(written) = &rule.situation {
            written.fill(fields)
        } else {
            let lines = self.kind.situation().iter();
            let lines: Vec<String> = lines.map(|path| beside(fields.at(path))).collect();
            lines.join("\n")
        };
        let said = clean(&said);
        let lines: Vec<&str> = said
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        cut(lines.join("\n").trim(), SITUATION).into_owned()
    }

    fn looked_at(&self, fields: &Fields) -> Vec<(String, Vec<String>)> {
        let paths = self.rules.iter().flat_map(|rule| rule.when.keys());
        let mut seen: Vec<(String, Vec<String>)> = Vec::new();
        for path in paths {
            if seen.iter().all(|(other, _)| other != path) {
                seen.push((path.clone(), fields.at(path).to_vec()));
            }
        }
        seen
    }
}
