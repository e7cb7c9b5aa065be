//! Learns people's names from Slack, one after the other, whenever nothing else needs the calls.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::{driver::Driver, errand::World, stop::Stop, urgency::Caller, workspace::Health};
use crate::{
    ids::{TeamId, UserId},
    store::Person,
};

/// Whom to learn about.
#[derive(Clone)]
pub(super) struct People {
    asked: mpsc::UnboundedSender<(TeamId, UserId)>,
}

impl People {
    pub(super) fn start(driver: Arc<Driver>) -> Self {
        let (asked, mut asks) = mpsc::unbounded_channel();
        let tasks = driver.tasks.clone();
        tasks.spawn(async move {
            let work = async {
                // Before Slack has said whose a token is, it could only be refused.
                let mut health = driver.world.workspaces.health();
                let _ = health.wait_for(|all| !all.contains(&Health::Unasked)).await;
                while let Some((team, user)) = asks.recv().await {
                    learn(&driver.world, &team, &user).await;
                }
            };
            tokio::select! {
                () = work => {}
                () = driver.tasks.stopping() => {}
            }
        });
        Self { asked }
    }

    pub(super) fn learn(&self, team: &TeamId, users: impl IntoIterator<Item = UserId>) {
        for user in users {
            // Closed only when the process ends.
            let _ = self.asked.send((team.clone(), user));
        }
    }
}

/// Nothing depends on it: what cannot be learnt now is asked for again another time.
async fn learn(world: &World, team: &TeamId, user: &UserId) {
    let known = match world.store.person(team, user).await {
        Ok(person) => person,
        Err(error) => return tracing::warn!("The store does not answer: {error}"),
    };
    let fresh = |person: &Person| world.now().since(person.seen) < world.settings.person_age;
    if known.as_ref().is_some_and(fresh) {
        return;
    }
    loop {
        match world
            .look(Caller::idle(team), "users.info", &json!({ "user": user }))
            .await
        {
            Ok(answer) => {
                let person = person(user, &answer.body["user"], world);
                if let Err(error) = world.store.put_people(team, vec![person]).await {
                    tracing::warn!("What Slack says of a person is not kept: {error}");
                }
                return;
            }
            Err(Stop::Later(at)) => world.clock.sleep_until(at).await,
            Err(stop) => return tracing::debug!(user.id = %user, "Not learnt: {stop:?}"),
        }
    }
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
