//! `iris effect resume`, `applied`, `abort`: an operator's word.

use serde_json::json;

use super::{Signed, Which, find, say, team, writer};
use crate::{
    clock::{Clock, SystemClock},
    config::environment,
    perform::{Unheeded, Word, heed},
    store::{Store, audit::Who},
};

pub(super) async fn say(which: &Which, signed: &Signed, word: Word) -> anyhow::Result<()> {
    let store = writer(&signed.place)?;
    let effect = find(&store, team(&signed.place).as_ref(), &which.key).await?;
    let who = Who::operator(&name(signed.by.as_deref()));
    let came = heed(&effect, &word, who, SystemClock.now())?;
    let state = came.state.as_str();
    if !store.overrule(came).await? {
        // Somebody was faster.
        let state = store.effect(&effect.team, &effect.key).await?;
        let state = state.map_or("gone", |effect| effect.state.as_str());
        let key = effect.key;
        return Err(Unheeded::NotParked { key, state }.into());
    }
    if signed.json {
        return say::json(&json!({ "key": effect.key, "team": effect.team, "state": state }));
    }
    Ok(say::out(format!("{} is {state} now", effect.key))?)
}

/// Who the operator is.
pub(in crate::cli) fn name(given: Option<&str>) -> String {
    let known = || environment("USER").or_else(|| environment("LOGNAME"));
    let name = given.map(str::to_owned).or_else(known);
    name.unwrap_or_else(|| "unknown".to_owned())
}
