//! People whom an event names and about whom the core must know more than their ids: whether those
//! in a form are still there, and whether who was brought in is a person. Something waits for it, so
//! Slack is asked only about those whom Iris does not know, and not for long; steps then find them
//! among the facts.

use std::time::Duration;

use super::MainLoop;
use crate::{
    event::{Answer, Event, What},
    ids::UserId,
    store::{Person, StoreError},
};

/// How long the form, or what comes after in the room, may be kept waiting for it.
const PATIENCE: Duration = Duration::from_secs(1);

impl MainLoop {
    /// What Slack says of them, as far as that is known in time.
    pub(super) async fn met(&self, event: &Event) -> Result<Vec<Person>, StoreError> {
        let (mut met, mut strangers) = (Vec::new(), Vec::new());
        for user in self.named(event) {
            match self.store().person(&event.team, &user).await? {
                Some(person) => met.push(person),
                None => strangers.push(user),
            }
        }
        if strangers.is_empty() {
            return Ok(met);
        }
        let asking = async {
            for user in strangers {
                met.extend(self.performer().ask(&event.team, &user).await);
            }
        };
        tokio::select! {
            () = asking => {}
            () = self.clock().sleep_until(self.clock().now().plus(PATIENCE)) => {}
        }
        Ok(met)
    }

    fn named(&self, event: &Event) -> Vec<UserId> {
        if let What::Submitted(submitted) = &event.what {
            return submitted.answers.iter().flat_map(users).collect();
        }
        // Whom Iris itself brings in it has looked up, if need be.
        if let What::Joined(presence) = &event.what
            && !self.is_me(event, presence.inviter.as_ref())
        {
            return vec![presence.user.clone()];
        }
        vec![]
    }

    fn is_me(&self, event: &Event, user: Option<&UserId>) -> bool {
        let me = self.workspace(&event.team);
        me.is_some_and(|me| user == Some(&me.bot_user))
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
