//! An operator, who settles what Iris had to park: looks in Slack, and says what is there.

use std::{sync::Arc, time::Duration};

use iris::{
    clock::SystemClock,
    effect::Effect,
    ids::MessageId,
    perform::{Word, heed},
    store::{Store, audit::Who, sqlite::Sqlite},
};
use slack_sim::Sim;

use super::mortal::Mortal;

impl Mortal {
    /// Settles everything that is parked; how much that was.
    pub async fn operate(&self) -> anyhow::Result<u64> {
        let mut settled = 0;
        loop {
            let store = Sqlite::open_beside(&self.folder().join("iris.db"), Arc::new(SystemClock))?;
            let parked = store.waiting(None, false).await?;
            if parked.is_empty() {
                return Ok(settled);
            }
            for effect in parked {
                let word = found(&self.sim, &effect);
                let came = heed(&effect, &word, Who::operator("harness"), self.now())?;
                settled += u64::from(store.overrule(came).await?);
            }
            while !store.words().await?.is_empty() {
                self.pass(Duration::from_secs(1)).await;
            }
            drop(store);
            self.settle().await;
        }
    }
}

/// What an operator finds in Slack: the message, or that it is not there.
fn found(sim: &Sim, effect: &Effect) -> Word {
    for channel in sim.channels() {
        for message in sim.messages(&channel.id) {
            let metadata = message.metadata.as_ref();
            if metadata.is_some_and(|m| m["event_payload"]["key"] == effect.key.as_str()) {
                let id = MessageId {
                    channel: channel.id.as_str().into(),
                    ts: message.ts,
                };
                let link = id.permalink("https://acme.slack.com/");
                return Word::Applied {
                    at: Some((id, link)),
                };
            }
        }
    }
    Word::Resume { unsent: true }
}

/// Whether a line tells of what is parked, and not of the incident.
pub(super) fn tells_of_it(shown: &str) -> bool {
    let of = [
        "Iris could not tell whether",
        "✅ Settled:",
        "確認できません。運用担当",
        "✅ 確認できました：",
    ];
    of.iter().any(|words| shown.contains(words))
}

/// What is shown, without the line of a status card that counts what is parked.
pub(super) fn without_it(shown: &str) -> String {
    let counts = ["Waiting for an operator", "運用担当の確認待ち"];
    let of_it = |line: &&str| counts.iter().any(|words| line.starts_with(words));
    let lines: Vec<&str> = shown.lines().filter(|line| !of_it(line)).collect();
    lines.join("\n")
}
