//! Finds Iris's own messages in Slack by the key in their metadata, or by a file with them.

use serde_json::{Value, json};

use crate::{
    clock::Moment,
    perform::{errand::World, resolve::Spot, stop::Stop, urgency::Caller},
};

/// Pages of a hundred that are read at most.
const PAGES: u32 = 10;
/// How far Slack's clock may be behind ours.
const SKEW_SECONDS: u64 = 300;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub(in crate::perform) struct Wanted<'a> {
    pub(in crate::perform) key: &'a str,
    /// Nothing older is looked at.
    pub(in crate::perform) since: Moment,
}

/// The timestamps of all messages that carry the key, oldest first.
pub(in crate::perform) async fn find_all(
    world: &World,
    caller: Caller<'_>,
    spot: &Spot,
    wanted: Wanted<'_>,
) -> Result<Vec<String>, Stop> {
    let oldest = wanted.since.seconds().saturating_sub(SKEW_SECONDS);
    let mut arguments = json!({
        "channel": spot.channel,
        "oldest": oldest.to_string(),
        "include_all_metadata": true,
        "limit": 100,
    });
    let method = match &spot.thread {
        Some(thread) => {
            arguments["ts"] = Value::from(thread.as_str());
            "conversations.replies"
        }
        None => "conversations.history",
    };
    let mut found = Vec::new();
    for _ in 0..PAGES {
        let page = world.look(caller, method, &arguments).await?;
        let ours = page
            .list("/messages")
            .iter()
            .filter(|message| carries(message, wanted.key));
        found.extend(
            ours.filter_map(|message| message["ts"].as_str())
                .map(str::to_owned),
        );
        match page.next_page() {
            Some(next) => arguments["cursor"] = Value::from(next),
            None => break,
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn carries(message: &Value, key: &str) -> bool {
    message["metadata"]["event_type"] == super::post::METADATA
        && message["metadata"]["event_payload"]["key"] == key
}
