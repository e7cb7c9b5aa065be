//! What a team's file says: its severities, roles, products, people and steps. Pure data; `config/`
//! reads and checks the file.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use crate::registry::Reference;

mod hook;

pub use hook::{Grave, Hook, Paths, Reading, Rule, Sender, Template};
pub use iris_kit::Locale;

/// One team's file, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    pub name: String,
    pub locale: Locale,
    /// IANA name, such as `Asia/Tokyo`; known to exist.
    pub zone: String,
    /// What people type, such as `/incident`.
    pub command: String,
    /// The gravest first; never empty.
    pub severities: Vec<Severity>,
    pub roles: Vec<Role>,
    pub products: Vec<Product>,
    pub steps: Vec<StepUse>,
    /// Where alerts come in.
    pub hooks: Vec<Arc<Hook>>,
    /// Whether Iris may post where other organisations read it too, in channels shared by Slack
    /// Connect. The room of an incident is not meant: whoever shares it wants them there.
    pub shared_channels: bool,
}

impl Team {
    pub fn severity(&self, id: &str) -> Option<&Severity> {
        self.severities.iter().find(|s| s.id == id)
    }

    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|r| r.id == id)
    }

    pub fn product(&self, id: &str) -> Option<&Product> {
        self.products.iter().find(|p| p.id == id)
    }

    /// Who is called for this product at this severity. Without a severity: those under `unsure`
    /// if the product has them, else the people of the gravest severity.
    pub fn responders(&self, product: &str, severity: Option<&str>) -> &[String] {
        let Some(product) = self.product(product) else {
            return &[];
        };
        let of = |id: &str| product.responders.get(id).map(Vec::as_slice);
        match severity {
            Some(id) => of(id).unwrap_or_default(),
            None => of("unsure")
                .or_else(|| self.severities.first().and_then(|s| of(&s.id)))
                .unwrap_or_default(),
        }
    }

    /// How grave: 0 is the gravest. `None` for what the file does not have.
    pub fn rank(&self, severity: &str) -> Option<usize> {
        self.severities.iter().position(|s| s.id == severity)
    }
}

/// How bad it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Severity {
    pub id: String,
    pub label: String,
    pub meaning: String,
}

/// What somebody takes upon themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub id: String,
    pub label: String,
    pub duties: String,
}

/// What breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    pub id: String,
    pub name: String,
    /// Link to its table of incidents.
    pub table: Option<String>,
    /// Who is called, by severity id (and `unsure`).
    pub responders: BTreeMap<String, Vec<String>>,
}

/// One `[[step]]` of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct StepUse {
    /// The name under which the step is known; it calls itself so.
    pub name: String,
    /// Where it comes from; by default the file of its name, else the standard step.
    pub origin: Origin,
    /// SHA-256 that its component must have, in hex, where the file pins it.
    pub digest: Option<String>,
    pub when: When,
    pub allow: Allow,
    /// A JSON object; `{}` when the file has none.
    pub config: serde_json::Value,
}

/// Where a step comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// `<file>.wasm` in the steps' folder; where there is none, the standard step of that name.
    Folder { file: String },
    /// What this digest names in a registry.
    Registry(Reference),
}

impl Origin {
    pub fn file(name: &str) -> Self {
        Self::Folder {
            file: name.to_owned(),
        }
    }

    /// Whether it lies in the steps' folder, where it may be replaced.
    pub fn is_file(&self) -> bool {
        matches!(self, Self::Folder { .. })
    }

    /// The standard step that stands in where nothing was brought.
    pub fn standard(&self) -> Option<&str> {
        match self {
            Self::Folder { file } => Some(file),
            Self::Registry(_) => None,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder { file } => f.write_str(file),
            Self::Registry(reference) => write!(f, "{reference}"),
        }
    }
}

impl StepUse {
    /// Whether the line leaves the standard step in its place, whatever file of its name there is:
    /// it allows nothing beyond it, names no other file, and no digest.
    pub fn keeps_standard(&self) -> bool {
        self.allow == Allow::default()
            && self.digest.is_none()
            && self.origin == Origin::file(&self.name)
    }
}

/// For which incidents a step is used. `None`: for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    pub severity: Option<BTreeSet<String>>,
    pub product: Option<BTreeSet<String>>,
    pub drill: Option<bool>,
}

/// What a step may do beyond what the standard steps are allowed by themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allow {
    /// Of `incident room messages forms timers`.
    pub wishes: BTreeSet<String>,
    /// Slack methods beyond them.
    pub slack: BTreeSet<String>,
    /// Host names.
    pub http: BTreeSet<String>,
    /// Names of secrets put into its requests.
    pub secrets: BTreeSet<String>,
}
