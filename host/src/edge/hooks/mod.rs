//! Where alerts come in: `POST /hooks/<name>`. A request that its hook's secret vouches for goes in,
//! an event comes out. Each sender's JSON is known here and nowhere further inside.
//!
//! * [`verify`]  is it from whom the hook is for
//! * [`alertmanager`] (Grafana too), [`pagerduty`], [`datadog`], [`plain`]  what does it say
//! * [`answer`]  what its sender is told
//!
//! A sender that has shown the secret is an operator's machine: it is told what is wrong. Anybody
//! else learns a status.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use secrecy::SecretString;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tracing::{debug, warn};

mod alertmanager;
mod answer;
mod datadog;
mod pagerduty;
mod plain;
mod verify;

use self::{
    answer::{Refused, Told},
    verify::Claim,
};
use super::{EdgeDeps, body::whole, workspace::Workspace};
use crate::{
    alert::{Alert, Alerted, Fields},
    clock::Moment,
    event::{Event, What},
    ids::{TeamId, UserId},
    inbox::Ack,
    team::{Hook, Reading, Sender, Team},
};

/// Knows where alerts come in.
pub trait Hooks: Send + Sync + 'static {
    /// The hook of this name, in whatever team's file it stands.
    fn find(&self, name: &str) -> Option<Door>;
}

/// A hook, and what it needs to be one.
#[derive(Clone, Debug)]
pub struct Door {
    pub hook: Arc<Hook>,
    /// The team whose file it stands in.
    pub team: Arc<Team>,
    /// Its workspace. `None`: it stands in the file for all, and Iris serves none or several.
    pub workspace: Option<TeamId>,
    /// What its sender shows or signs with. `None`: nobody has set it, so nothing can be believed.
    pub secret: Option<SecretString>,
}

/// What a sender says.
#[derive(Debug)]
enum Said {
    Alert(Alert),
    /// Understood, and nothing that would declare an incident or be noted in one.
    Nothing,
}

/// Believed, but nothing that its sender would write: for its operator.
#[derive(Debug, thiserror::Error)]
enum Malformed {
    // serde_json stops at 128 levels, so depth costs no memory.
    #[error("the body is no JSON, or deeper than 128 levels: {0}")]
    Json(#[from] serde_json::Error),
    #[error("`{0}` is missing, or no text")]
    Missing(String),
    #[error("`{field}` says `{value}`, which is none of {known}")]
    Unknown {
        field: &'static str,
        value: String,
        known: &'static str,
    },
}

/// `POST /hooks/<name>`
pub(in crate::edge) async fn deliver(
    State(deps): State<Arc<EdgeDeps>>,
    Path(name): Path<String>,
    request: Request,
) -> Response {
    let outcome = take(&deps, &name, request).await;
    let result = match &outcome {
        Ok(told) => told.result(),
        Err(refused) => refused.result(),
    };
    metrics::counter!("iris_deliveries_total", "kind" => "hook", "result" => result).increment(1);
    match outcome {
        Ok(told) => {
            debug!(hook.name = name, delivery.result = result, "Alert {result}");
            told.into_response()
        }
        Err(refused) => {
            warn!(
                hook.name = name,
                delivery.result = result,
                "An alert was not taken: {refused}"
            );
            refused.into_response()
        }
    }
}

async fn take(deps: &EdgeDeps, name: &str, request: Request) -> Result<Told, Refused> {
    let door = deps.hooks.find(name).ok_or(Refused::Unknown)?;
    let secret = door.secret.as_ref().ok_or(Refused::NoSecret)?;
    // Before the body is read: a stranger is not worth a megabyte.
    let claim = Claim::read(&door.hook, request.headers(), secret)?;
    let body = whole(request).await?;
    let now = deps.clock.now();
    claim.check(secret, &body, now)?;
    let Said::Alert(alert) = decode(&door.hook, &body)? else {
        return Ok(Told::Nothing);
    };
    let workspace = door.workspace.clone().ok_or(Refused::Default)?;
    let Workspace::Installed(iris) = deps.workspaces.find(&workspace) else {
        return Err(Refused::NotServed(workspace));
    };
    let key = digest(&[alert.key.as_bytes()]);
    let alerted = match door.hook.read(&alert, key, &door.team) {
        Reading::Fits(alerted) => *alerted,
        Reading::Ignored => return Ok(Told::Ignored),
        Reading::Unfit(looked_at) => return Err(Refused::Unfit(looked_at)),
    };
    let id = id(&door.hook, &alert, &body, now);
    let event = happened(id, workspace, iris.user, now, alerted);
    Ok(match deps.intake.take(event).await? {
        Ack::Empty => Told::Accepted,
        Ack::Json(answer) => Told::Came(answer),
    })
}

fn decode(hook: &Hook, body: &[u8]) -> Result<Said, Malformed> {
    let said: Value = serde_json::from_slice(body)?;
    match hook.kind {
        Sender::Alertmanager | Sender::Grafana => alertmanager::decode(&said),
        Sender::PagerDuty => pagerduty::decode(&said),
        Sender::Datadog => datadog::decode(&said),
        Sender::Json => plain::decode(&said, &hook.paths),
    }
}

/// The same delivery has the same id. What has none of its own is new each time: that an alert fires
/// which fires already changes nothing, while one that fires again must not pass for the first.
fn id(hook: &Hook, alert: &Alert, body: &[u8], now: Moment) -> String {
    let made_of = match &alert.id {
        Some(id) => digest(&[id.as_bytes()]),
        None => digest(&[body, &now.0.to_be_bytes()]),
    };
    format!("hook/{}/{made_of}", hook.name)
}

/// Iris itself acts: steps know whoever declares an incident by an id.
fn happened(
    id: String,
    team: TeamId,
    iris: Option<UserId>,
    now: Moment,
    alerted: Alerted,
) -> Event {
    Event {
        id,
        team,
        at: now,
        by: iris,
        incident: None,
        chain: 0,
        lineage: None,
        what: What::Alerted(alerted),
    }
}

/// 32 hexadecimal digits, other ones for other parts.
fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hex::encode(&hash.finalize()[..16])
}

/// Every value in a sender's JSON, by its path; lists are passed through.
fn flatten(value: &Value, path: &mut String, into: &mut Fields) {
    match value {
        Value::Null => {}
        Value::Bool(value) => into.add(path, if *value { "true" } else { "false" }),
        Value::Number(value) => into.add(path, &value.to_string()),
        Value::String(value) => into.add(path, value),
        Value::Array(items) => {
            for item in items {
                flatten(item, path, into);
            }
        }
        Value::Object(fields) => {
            let here = path.len();
            for (name, value) in fields {
                if here > 0 {
                    path.push('.');
                }
                path.push_str(name);
                flatten(value, path, into);
                path.truncate(here);
            }
        }
    }
}

/// A text that must be there.
fn required<'a>(said: &'a Value, pointer: &str) -> Result<&'a str, Malformed> {
    let text = said.pointer(pointer).and_then(Value::as_str);
    text.filter(|text| !text.is_empty()).ok_or_else(|| {
        let name = pointer.trim_start_matches('/').replace('/', ".");
        Malformed::Missing(name)
    })
}

/// The texts of an object, by name.
fn texts(said: &Value, pointer: &str) -> BTreeMap<String, String> {
    let fields = said.pointer(pointer).and_then(Value::as_object);
    let texts = fields.into_iter().flatten();
    texts
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}
