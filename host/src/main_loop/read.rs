//! Reads a message that somebody put an emoji on: Slack tells where it is, not what it says.

use serde_json::{Value, json};
use tracing::debug;

use super::MainLoop;
use crate::{
    clock::Moment,
    event::SeenMessage,
    ids::{MessageId, TeamId, UserId},
    slack::Slack,
};

impl MainLoop {
    /// `None` when Iris may not or cannot read it: the step is told without its words.
    pub(super) async fn read(&self, team: &TeamId, message: &MessageId) -> Option<SeenMessage> {
        let slack = self.slack_of(team).await?.about("a message with an emoji");
        let arguments = json!({
            "channel": message.channel,
            "ts": message.ts,
            "latest": message.ts,
            "oldest": message.ts,
            "inclusive": true,
            "limit": 1,
        });
        // `conversations.replies` finds both: a message of the channel is the first of its thread.
        let answer = slack.call("conversations.replies", &arguments).await;
        let answer = answer
            .inspect_err(|error| debug!(%error, "A message cannot be read"))
            .ok()?;
        let found = answer
            .list("/messages")
            .iter()
            .find(|m| m["ts"] == message.ts.as_str())?;
        Some(seen(message, found))
    }

    /// At a start, whose a token is is known only when Slack has answered: that is waited for.
    async fn slack_of(&self, team: &TeamId) -> Option<Slack> {
        let mut health = self.performer().health();
        health.mark_unchanged();
        if let Some(slack) = self.performer().slack(team) {
            return Some(slack);
        }
        if !self.performer().knows_all() {
            tokio::select! {
                _ = health.changed() => {}
                () = self.0.parts.tasks.stopping() => {}
            }
        }
        self.performer().slack(team)
    }
}

fn seen(id: &MessageId, message: &Value) -> SeenMessage {
    let text = |field: &str| message[field].as_str().map(str::to_owned);
    let files = message["files"].as_array().into_iter().flatten();
    SeenMessage {
        id: id.clone(),
        thread: text("thread_ts").filter(|thread| *thread != id.ts),
        author: text("user")
            .filter(|_| message["bot_id"].is_null())
            .map(UserId::from),
        at: posted_at(&id.ts),
        text: text("text").unwrap_or_default(),
        files: files
            .filter_map(|file| file["name"].as_str().map(str::to_owned))
            .collect(),
    }
}

/// Slack's timestamp is the moment, in seconds with six digits.
fn posted_at(ts: &str) -> Moment {
    let (seconds, micros) = ts.split_once('.').unwrap_or((ts, "0"));
    let seconds: u64 = seconds.parse().unwrap_or_default();
    let micros: u64 = micros.parse().unwrap_or_default();
    Moment(seconds * 1000 + micros / 1000)
}

#[cfg(test)]
mod tests {
    use super::{Moment, posted_at};

    #[test]
    fn a_timestamp_is_a_moment() {
        assert_eq!(posted_at("1796101920.000200"), Moment(1_796_101_920_000));
        assert_eq!(posted_at("1796101920.123456"), Moment(1_796_101_920_123));
        assert_eq!(posted_at("nonsense"), Moment(0));
    }
}
