//! What benchmarks load Iris with: incidents that are declared through the form, and what is said.

use std::time::Duration;

use anyhow::Context;
use iris::{
    clock::Clock,
    event::{Event, SeenMessage, What},
    ids::{MessageId, TeamId},
};
use slack_sim::{Person, Sim, View};

use crate::World;

/// The form on somebody's screen, as soon as it is there.
pub async fn form(person: &Person) -> View {
    loop {
        if let Some(view) = person.view() {
            break view;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// The room of an incident that is declared now.
pub async fn declared(world: &World, sim: &Sim, who: &str) -> anyhow::Result<String> {
    let channels = || sim.channels().into_iter().map(|channel| channel.id);
    let before: Vec<_> = channels().collect();
    let person = sim.person(who);
    person
        .command("#general", "/incident declare Trouble")
        .await?;
    let filled = person
        .fill(&form(&person).await)
        .set("product", "Payments")
        .set("severity", "SEV2");
    filled.submit().await?;
    world.settle().await;
    channels()
        .find(|id| !before.contains(id))
        .context("it has a room")
}

/// Somebody says something in a room.
pub fn said(team: &str, room: &str, id: &str, clock: &dyn Clock) -> Event {
    let at = clock.now();
    Event {
        id: id.to_owned(),
        team: TeamId::from(team),
        at,
        by: Some("U0KENMORI".into()),
        incident: None,
        chain: 0,
        lineage: None,
        what: What::Said(SeenMessage {
            id: MessageId {
                channel: room.into(),
                ts: format!("{}.000100", at.0 / 1000),
            },
            thread: None,
            author: Some("U0KENMORI".into()),
            at,
            text: "1.42 went out".to_owned(),
            files: vec![],
        }),
    }
}
