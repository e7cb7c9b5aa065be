//! Learns people's names from Slack, one after the other, whenever nothing else needs the calls.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};

use super::{driver::Driver, errand::World, stop::Stop, urgency::Caller, workspace::Health};
use crate::{
    clock::Moment,
    ids::{TeamId, UserId},
    store::Person,
};

/// Whom to learn about.
#[derive(Clone)]
pub(super) struct People {
    asked: mpsc::UnboundedSender<(TeamId, UserId)>,
    left: watch::Sender<Left>,
}

/// What is still to be done.
#[derive(Clone, Copy, Default)]
struct Left {
    /// How many are to be learnt about.
    people: usize,
    /// Nothing but a rate limit is waited for.
    limited: bool,
}

impl Left {
    fn is_idle(self) -> bool {
        self.people == 0 || self.limited
    }
}

impl People {
    pub(super) fn start(driver: Arc<Driver>) -> Self {
        let (asked, mut asks) = mpsc::unbounded_channel();
        let left = watch::Sender::new(Left::default());
        let (tasks, mine) = (driver.tasks.clone(), left.clone());
        tasks.spawn(async move {
            let work = async {
                // Before Slack has said whose a token is, it could only be refused.
                let mut health = driver.world.workspaces.health();
                let _ = health
                    .wait_for(|all| all.values().all(|health| *health != Health::Unasked))
                    .await;
                while let Some((team, user)) = asks.recv().await {
                    while let Some(at) = learn(&driver.world, &team, &user).await {
                        mine.send_modify(|left| left.limited = true);
                        driver.world.clock.sleep_until(at).await;
                        mine.send_modify(|left| left.limited = false);
                    }
                    mine.send_modify(|left| left.people -= 1);
                }
            };
            tokio::select! {
                () = work => {}
                () = driver.tasks.stopping() => {}
            }
        });
        Self { asked, left }
    }

    pub(super) fn learn(&self, team: &TeamId, users: impl IntoIterator<Item = UserId>) {
        for user in users {
            self.left.send_modify(|left| left.people += 1);
            // Closed only when the process ends.
            let _ = self.asked.send((team.clone(), user));
        }
    }

    pub(super) fn is_idle(&self) -> bool {
        self.left.borrow().is_idle()
    }

    pub(super) async fn idle(&self) {
        // The sender lives as long as `self`: waiting cannot fail.
        let _ = self.left.subscribe().wait_for(|left| left.is_idle()).await;
    }
}

/// Nothing depends on it: what cannot be learnt now is asked for again another time. When Slack's
/// rate limit is in the way: when to try again.
async fn learn(world: &World, team: &TeamId, user: &UserId) -> Option<Moment> {
    let known = match world.store.person(team, user).await {
        Ok(person) => person,
        Err(error) => {
            tracing::warn!("The store does not answer: {error}");
            return None;
        }
    };
    let fresh = |person: &Person| world.now().since(person.seen) < world.settings.person_age;
    if known.as_ref().is_some_and(fresh) {
        return None;
    }
    match ask(world, team, user).await {
        Ok(_) => None,
        Err(Stop::Later(at)) => Some(at),
        Err(stop) => {
            tracing::debug!(user.id = %user, "Not learnt: {stop:?}");
            None
        }
    }
}

/// What Slack says of a person, which is kept.
pub(super) async fn ask(world: &World, team: &TeamId, user: &UserId) -> Result<Person, Stop> {
    let answer = world
        .look(
            Caller::idle(team, "names"),
            "users.info",
            &json!({ "user": user }),
        )
        .await?;
    Ok(keep(world, team, user, &answer.body["user"]).await)
}

/// Keeps what Slack says of a person.
pub(super) async fn keep(world: &World, team: &TeamId, id: &UserId, user: &Value) -> Person {
    let person = person(id, user, world);
    if let Err(error) = world.store.put_people(team, vec![person.clone()]).await {
        tracing::warn!("What Slack says of a person is not kept: {error}");
    }
    person
}

fn person(id: &UserId, user: &Value, world: &World) -> Person {
    let text = |pointer: &str| {
        user.pointer(pointer)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    let name = text("/profile/display_name")
        .or_else(|| text("/profile/real_name"))
        .or_else(|| text("/real_name"))
        .or_else(|| text("/name"))
        .unwrap_or(id.as_str());
    Person {
        id: id.clone(),
        name: name.to_owned(),
        email: text("/profile/email").map(str::to_owned),
        zone: text("/tz").map(str::to_owned),
        deactivated: user["deleted"] == true,
        bot: user["is_bot"] == true,
        seen: world.now(),
    }
}
