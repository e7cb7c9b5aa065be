//! What one person sees, as a stream: everything once, then only what changed.

use std::convert::Infallible;

use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, stream};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Viewer, snapshot};
use crate::sim::Sim;
use crate::state::State;
use crate::state::changes::Subject;

pub(super) async fn live(Shared(sim): Shared<Sim>, Query(viewer): Query<Viewer>) -> Response {
    let person = sim.core().read(|state| {
        let person = viewer.find(state)?;
        Some((person, state.changes.last()))
    });
    match person {
        Some((person, revision)) => Sse::new(follow(&sim, Told::nothing(person, revision)))
            .keep_alive(KeepAlive::default())
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn follow(sim: &Sim, told: Told) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let sim = sim.clone();
    let mut versions = sim.core().version.subscribe();
    versions.mark_changed();
    stream::unfold(
        (sim, versions, told),
        async |(sim, mut versions, mut told)| {
            let stop = sim.core().tasks.stop_token();
            loop {
                tokio::select! {
                    () = stop.cancelled() => return None,
                    changed = versions.changed() => changed.ok()?,
                }
                versions.mark_unchanged();
                told.wire.read(&sim);
                if let Some(news) = sim.core().read(|state| told.news(state)) {
                    let event = Event::default().data(news.to_string());
                    return Some((Ok(event), (sim, versions, told)));
                }
            }
        },
    )
}

/// How much has gone over the wire: the page asks for the rest where it shows it.
#[derive(Default, Serialize)]
struct Wire {
    calls: usize,
    deliveries: usize,
}

impl Wire {
    fn read(&mut self, sim: &Sim) {
        self.calls = sim.call_count();
        self.deliveries += sim.deliveries_after(self.deliveries).len();
    }
}

/// What somebody has been told so far.
struct Told {
    person: String,
    wire: Wire,
    head: Map<String, Value>,
    revision: u64,
}

impl Told {
    /// Messages that are older than this are asked for by channel.
    fn nothing(person: String, revision: u64) -> Self {
        Self {
            person,
            wire: Wire::default(),
            head: Map::new(),
            revision,
        }
    }

    /// What has changed for this person; `None` where nothing has.
    fn news(&mut self, state: &State) -> Option<Value> {
        let mut head = snapshot::head(state, &self.person)?;
        head.insert("wire".into(), json!(self.wire));
        let mut changed = difference(&self.head, &head);
        if let (Some(Value::Object(before)), Some(Value::Object(now))) =
            (self.head.get("channels"), head.get("channels"))
            && changed.contains_key("channels")
        {
            changed.insert("channels".into(), Value::Object(difference(before, now)));
        }
        let messages: Vec<Value> = state
            .changes
            .since(self.revision)
            .filter_map(|subject| {
                let Subject::Message { channel, ts } = subject else {
                    return None;
                };
                let seen = state.channel(channel)?;
                let seen = state.sees(&self.person, seen);
                seen.then(|| match state.message(channel, ts) {
                    Some(message) => snapshot::message(state, message),
                    None => json!({ "channel": channel, "ts": ts, "gone": true }),
                })
            })
            .collect();
        self.head = head;
        self.revision = state.changes.last();
        let nothing = changed.is_empty() && messages.is_empty();
        (!nothing).then(|| json!({ "head": changed, "messages": messages }))
    }
}

/// What is new or different; null for what is gone.
fn difference(before: &Map<String, Value>, now: &Map<String, Value>) -> Map<String, Value> {
    let new = now
        .iter()
        .filter(|(key, value)| before.get(*key) != Some(*value))
        .map(|(key, value)| (key.clone(), value.clone()));
    let gone = before
        .keys()
        .filter(|key| !now.contains_key(*key))
        .map(|key| (key.clone(), Value::Null));
    new.chain(gone).collect()
}
