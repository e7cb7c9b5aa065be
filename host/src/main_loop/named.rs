//! People whom a form names: whether they are still there. The form is waiting, so Slack is asked
//! only about those whom Iris does not know, and not for long; steps then find them among the facts.

use std::{collections::BTreeSet, time::Duration};

use super::MainLoop;
use crate::{
    event::{Answer, Event, What},
    ids::UserId,
    store::StoreError,
};

/// How long the form may be kept waiting for it.
const PATIENCE: Duration = Duration::from_secs(1);

impl MainLoop {
    /// Those of them whose accounts are deactivated, as far as is known in time.
    pub(super) async fn deactivated(&self, event: &Event) -> Result<BTreeSet<UserId>, StoreError> {
        let (mut gone, mut strangers) = (BTreeSet::new(), Vec::new());
        let What::Submitted(submitted) = &event.what else {
            return Ok(gone);
        };
        for user in submitted.answers.iter().flat_map(users) {
            match self.store().person(&event.team, &user).await? {
                Some(person) if person.deactivated => {
                    gone.insert(user);
                }
                Some(_) => {}
                None => strangers.push(user),
            }
        }
        let asking = async {
            for user in strangers {
                let person = self.performer().ask(&event.team, &user).await;
                if person.is_some_and(|person| person.deactivated) {
                    gone.insert(user);
                }
            }
        };
        tokio::select! {
            () = asking => {}
            () = self.clock().sleep_until(self.clock().now().plus(PATIENCE)) => {}
        }
        Ok(gone)
    }
}

/// What was chosen in a menu of people: Slack's ids begin with `U` or `W`.
fn users(answer: &Answer) -> impl Iterator<Item = UserId> {
    let is_id = |value: &&String| {
        let capitals = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        value.len() > 4 && value.starts_with(['U', 'W']) && value.chars().all(capitals)
    };
    let chosen = answer.values.iter().filter(is_id);
    chosen.map(|value| UserId::from(value.as_str()))
}
