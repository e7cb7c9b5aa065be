//! Traces, for whoever collects them (OTLP): from a delivery through the steps to each effect.
//!
//! An effect may be done long after its event, and by another process: so spans are made from what
//! is stored, when it is over, and their ids from the ids of what they tell of. Whoever has the id
//! of an event has that of its span.

use std::{
    sync::OnceLock,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use opentelemetry::{
    InstrumentationScope, KeyValue,
    trace::{SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState},
};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::{
    Resource,
    trace::{BatchSpanProcessor, SpanData, SpanEvents, SpanLinks, SpanProcessor},
};
use sha2::{Digest, Sha256};
use url::Url;

use crate::{
    clock::Moment,
    effect::{Effect, State},
    event::{Event, Lineage, Parent},
    ids::Owner,
    rehearse::happened,
    slack,
    store::{CallRow, CallState},
};

/// Where they go. Empty: nobody collects them.
static SENT: OnceLock<BatchSpanProcessor> = OnceLock::new();

/// Nobody waits longer for a collector.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Sends what is told from now on to this collector, in batches and aside; what it does not take is
/// lost. Only the first call counts.
pub fn start(collector: &Url) -> Result<(), String> {
    slack::provide_tls();
    let address = collector.join("v1/traces").map_err(|why| why.to_string())?;
    let exporter = SpanExporter::builder()
        .with_http()
        .with_protocol(Protocol::HttpJson)
        .with_endpoint(address.as_str())
        .with_timeout(TIMEOUT)
        .build()
        .map_err(|why| why.to_string())?;
    let mut sent = BatchSpanProcessor::builder(exporter).build();
    let named = Resource::builder().with_service_name("iris");
    let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
    sent.set_resource(&named.with_attribute(version).build());
    let _ = SENT.set(sent);
    Ok(())
}

/// Sends what is left, when Iris stops.
pub fn stop() {
    if let Some(sent) = SENT.get() {
        let _ = sent.shutdown_with_timeout(TIMEOUT);
    }
}

/// An event that was handled, from when it happened to its commit.
pub fn event(event: &Event, done: Moment) {
    tell(|| Span {
        id: span(&event.team.0, "event", &event.id),
        trace: trace(&event.team.0, event.root()),
        parent: parent(&event.team.0, event.lineage.as_ref()),
        name: happened(&event.what)
            .split(':')
            .next()
            .unwrap_or_default()
            .to_owned(),
        kind: SpanKind::Server,
        began: at(event.at),
        ended: at(done),
        status: Status::Unset,
        about: vec![
            KeyValue::new("iris.team", event.team.0.clone()),
            KeyValue::new("iris.incident", event.incident.map_or(0, i64::from)),
            KeyValue::new("iris.event", event.id.clone()),
        ],
    });
}

/// A step that was asked about an event.
pub fn step(event: &Event, row: &CallRow, ended: Moment, took: Duration) {
    let call = |step: &Owner| format!("{}/{step}/{}", event.id, row.attempts);
    tell(|| Span {
        id: span(&event.team.0, "step", &call(&row.step)),
        trace: trace(&event.team.0, event.root()),
        parent: Some(span(&event.team.0, "event", &event.id)),
        name: format!("step {}", row.step),
        kind: SpanKind::Internal,
        began: at(ended) - took,
        ended: at(ended),
        status: match &row.state {
            CallState::Done | CallState::Refused => Status::Ok,
            CallState::Waiting { .. } => Status::error("failed, is tried again"),
            CallState::SetAside { why } => Status::error(why.clone()),
        },
        about: vec![
            KeyValue::new("iris.team", event.team.0.clone()),
            KeyValue::new("iris.step", row.step.0.clone()),
            KeyValue::new("iris.attempt", i64::from(row.attempts)),
        ],
    });
}

/// An effect that came to its end, from when it was planned.
pub fn effect(effect: &Effect, ended: Moment) {
    let Some(lineage) = &effect.lineage else {
        return;
    };
    if !effect.state.settled() {
        return;
    }
    tell(|| Span {
        id: span(&effect.team.0, "effect", &effect.key),
        trace: trace(&effect.team.0, &lineage.root),
        parent: parent(&effect.team.0, Some(lineage)),
        name: effect.act.method().to_owned(),
        kind: SpanKind::Client,
        began: at(effect.planned_at),
        ended: at(ended),
        status: match &effect.state {
            State::Refused { code } => Status::error(code.clone()),
            State::Parked { why } => Status::error(why.clone()),
            State::Planned
            | State::Sending
            | State::Unknown
            | State::Applied { .. }
            | State::Superseded => Status::Ok,
        },
        about: vec![
            KeyValue::new("iris.team", effect.team.0.clone()),
            KeyValue::new("iris.incident", effect.incident.map_or(0, i64::from)),
            KeyValue::new("iris.step", effect.owner.0.clone()),
            KeyValue::new("iris.effect", effect.key.clone()),
            KeyValue::new("iris.state", effect.state.as_str()),
            KeyValue::new("iris.attempts", i64::from(effect.attempts)),
        ],
    });
}

struct Span {
    id: SpanId,
    trace: TraceId,
    parent: Option<SpanId>,
    name: String,
    kind: SpanKind,
    began: SystemTime,
    ended: SystemTime,
    status: Status,
    about: Vec<KeyValue>,
}

/// Made only where somebody collects.
fn tell(make: impl FnOnce() -> Span) {
    let Some(sent) = SENT.get() else {
        return;
    };
    let made = make();
    let context = |id| {
        SpanContext::new(
            made.trace,
            id,
            TraceFlags::SAMPLED,
            false,
            TraceState::default(),
        )
    };
    sent.on_end(SpanData {
        span_context: context(made.id),
        parent_span_id: made.parent.unwrap_or(SpanId::INVALID),
        parent_span_is_remote: false,
        span_kind: made.kind,
        name: made.name.into(),
        start_time: made.began,
        end_time: made.ended.max(made.began),
        attributes: made.about,
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        status: made.status,
        instrumentation_scope: InstrumentationScope::builder("iris").build(),
    });
}

fn parent(team: &str, lineage: Option<&Lineage>) -> Option<SpanId> {
    Some(match &lineage?.parent {
        Parent::Event(id) => span(team, "event", id),
        Parent::Effect(key) => span(team, "effect", key),
    })
}

fn trace(team: &str, root: &str) -> TraceId {
    let hash = Sha256::digest(format!("{team}/{root}"));
    let (first, _) = hash.split_at(16);
    TraceId::from_bytes(first.try_into().unwrap_or([1; 16]))
}

fn span(team: &str, kind: &str, id: &str) -> SpanId {
    let hash = Sha256::digest(format!("{team}/{kind}/{id}"));
    let (first, _) = hash.split_at(8);
    SpanId::from_bytes(first.try_into().unwrap_or([1; 8]))
}

fn at(moment: Moment) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(moment.0)
}
