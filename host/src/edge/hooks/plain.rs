//! JSON of anybody: the hook says where what stands.

use serde_json::Value;

use super::{Malformed, Said, flatten};
use crate::{
    alert::{Alert, AlertState, Fields},
    team::Paths,
};

pub(super) fn decode(said: &Value, paths: &Paths) -> Result<Said, Malformed> {
    let mut fields = Fields::default();
    flatten(said, &mut String::new(), &mut fields);
    let required = |path: &str| {
        let value = fields.first(path);
        value.ok_or_else(|| Malformed::Missing(path.to_owned()))
    };
    let key = required(&paths.key)?.to_owned();
    let state = match &paths.status {
        None => AlertState::Firing,
        Some(path) => {
            let status = required(path)?.to_lowercase();
            if paths.resolved.contains(&status) {
                AlertState::Resolved
            } else {
                AlertState::Firing
            }
        }
    };
    let id = paths.id.as_deref().and_then(|path| fields.first(path));
    Ok(Said::Alert(Alert {
        id: id.map(str::to_owned),
        key,
        state,
        fields,
    }))
}
