//! Menus whose options the app looks up while a person types: `block_suggestion`.

use serde_json::{Value, json};

use super::element::find;
use super::payload::add_container;
use super::{Person, Place, Refused};
use crate::blocks::{all_options, check_options};
use crate::deliver::{Parcel, Reached};

impl Person {
    /// Types in the menu with this action id, block id or label; returns Slack's option objects,
    /// which can be chosen from then on.
    pub async fn suggest(
        &self,
        place: impl Into<Place>,
        what: &str,
        typed: &str,
    ) -> Result<Vec<Value>, Refused> {
        let place = place.into();
        let payload = self.act(|state, user| {
            let found = find(state, user, &place, what)?;
            if !found.kind().ends_with("external_select") {
                return Err(Refused::WrongElement(what.to_owned()));
            }
            let mut payload = state.interaction("block_suggestion", user);
            if let Some(fields) = payload.as_object_mut() {
                fields.remove("trigger_id");
            }
            payload["action_id"] = json!(found.action_id());
            payload["block_id"] = json!(found.block_id());
            payload["value"] = json!(typed);
            add_container(state, &place, &mut payload);
            Ok(payload)
        })?;
        let answer = match self.sim.core().send(&Parcel::interaction(&payload)).await {
            Reached::Answered(answer) if answer.status == 200 => answer,
            Reached::Answered(_) | Reached::Failed(_) | Reached::TimedOut => {
                return Err(Refused::Slack("the app gave no options".into()));
            }
        };
        let answer: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        if let Some(problem) = check_options(&answer).into_iter().next() {
            return Err(Refused::Slack(format!(
                "{} {}",
                problem.message, problem.pointer
            )));
        }
        let options: Vec<Value> = all_options(&answer).into_iter().cloned().collect();
        self.act(|state, _| {
            let action = payload["action_id"].as_str().unwrap_or_default().to_owned();
            state
                .suggested
                .entry(action)
                .or_default()
                .extend(options.clone());
            Ok(options)
        })
    }
}
