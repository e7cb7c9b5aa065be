//! Gathers what steps say, on its way to the store.

use std::fmt::{Debug, Write};

use tokio::sync::mpsc;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    subscriber::Interest,
};
use tracing_subscriber::{Layer, filter, layer::Context, registry::LookupSpan};

use super::STEP;
use crate::{
    clock::{Clock, SystemClock},
    store::Line,
};

/// So many may wait to be stored; further ones stand in the log alone.
const WAITING: usize = 10_000;

/// What steps say, as it comes.
pub type Lines = mpsc::Receiver<Line>;

struct Collect(mpsc::Sender<Line>);

/// What gathers lines, and where they come out.
pub(super) fn collect<S>() -> (impl Layer<S>, Lines)
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let (to, lines) = mpsc::channel(WAITING);
    let of_steps = filter::filter_fn(|about| about.target() == STEP);
    (Collect(to).with_filter(of_steps), lines)
}

impl<S: Subscriber> Layer<S> for Collect {
    fn register_callsite(&self, about: &'static Metadata<'static>) -> Interest {
        if about.target() == STEP {
            Interest::always()
        } else {
            Interest::never()
        }
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line {
            at: SystemClock.now(),
            level: event.metadata().level().as_str().to_lowercase(),
            team: "".into(),
            step: "".into(),
            event: None,
            incident: None,
            line: String::new(),
        };
        event.record(&mut Fields(&mut line));
        // Full: nobody waits for a line.
        let _ = self.0.try_send(line);
    }
}

struct Fields<'a>(&'a mut Line);

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            // Of a version that came into force, which no team is told of.
            "step" | "step.name" => self.0.step = value.into(),
            "team" => self.0.team = value.into(),
            "event" => self.0.event = Some(value.to_owned()),
            "message" => self.0.line.insert_str(0, value),
            "why" => {
                let _ = write!(self.0.line, ": {value}");
            }
            _ => {}
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "incident" {
            self.0.incident = u32::try_from(value).ok();
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}
