//! One declaration: its form, and the room that comes of it.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use iris_tests::form;
use slack_sim::{Call, DeliveryKind, Person, Positions, Sim, SubmitOutcome, View};

/// What a call of Slack's takes besides its work, in milliseconds.
pub(crate) const CALL: u32 = 100;

/// Without these no room is complete.
const NEEDED: [&str; 6] = [
    "conversations.create",
    "conversations.invite",
    "conversations.setTopic",
    "bookmarks.add",
    "chat.postMessage",
    "pins.add",
];

/// When nothing has been called for so long, nothing more belongs to the room.
const QUIET: Duration = Duration::from_secs(1);

/// Whoever takes longer has lost.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a declaration came to, from the moment when Slack delivers its form.
pub(crate) struct Declared {
    /// Until the last answer that the room needs, in milliseconds.
    pub(crate) took: f64,
    pub(crate) calls: Vec<Call>,
}

/// From now on each call takes so many milliseconds.
pub(crate) fn put_latency(sim: &Sim, milliseconds: u32) {
    let now = sim.levers().positions();
    sim.put_levers(Positions {
        latency_ms: milliseconds.into(),
        ..now
    });
}

/// The form of a declaration, open and untouched.
pub(crate) async fn opened(person: &Person, title: &str) -> anyhow::Result<View> {
    // Whoever closes a form sees the one below it.
    while person.view().is_some() {
        person.close_view().await?;
    }
    let line = format!("/incident declare {title}");
    person.command("#general", &line).await?;
    Ok(form(person).await)
}

/// Fills the form and sends it.
pub(crate) async fn submit(
    person: &Person,
    view: &View,
    product: &str,
    severity: &str,
) -> anyhow::Result<()> {
    let filled = person
        .fill(view)
        .set("product", product)
        .set("severity", severity);
    let outcome = filled.submit().await?;
    ensure!(matches!(outcome, SubmitOutcome::Updated(_)), "{outcome:?}");
    Ok(())
}

/// Declares an incident with this form, each call taking [`CALL`], until its room is complete.
pub(crate) async fn declare(
    sim: &Sim,
    person: &Person,
    view: &View,
    (product, severity): (&str, &str),
) -> anyhow::Result<Declared> {
    let before = sim.call_count();
    put_latency(sim, CALL);
    submit(person, view, product, severity).await?;
    let completed = completed(sim, before).await;
    put_latency(sim, 0);
    let calls = completed?;
    let submitted = submitted(sim)?;
    let refused: Vec<&Call> = calls.iter().filter(|call| !call.ok()).collect();
    ensure!(refused.is_empty(), "refused: {refused:?}");
    let took = took(&calls, submitted).context("calls were made")?;
    Ok(Declared { took, calls })
}

/// When the newest form was delivered, in real microseconds of this workspace.
fn submitted(sim: &Sim) -> anyhow::Result<u64> {
    let mut deliveries = sim.deliveries().into_iter();
    let form = deliveries.rfind(|one| one.kind == DeliveryKind::Interaction);
    Ok(form.context("the form was delivered")?.began)
}

/// From a moment until the last answer, in milliseconds.
pub(crate) fn took<'a>(calls: impl IntoIterator<Item = &'a Call>, since: u64) -> Option<f64> {
    let ends = calls.into_iter().map(|call| call.began + call.took);
    let took = Duration::from_micros(ends.max()?.checked_sub(since)?);
    Some(took.as_secs_f64() * 1000.0)
}

/// The calls after this one that a room needed, once it is complete.
async fn completed(sim: &Sim, before: usize) -> anyhow::Result<Vec<Call>> {
    let began = Instant::now();
    let (mut seen, mut since) = (0, began);
    loop {
        let calls = needed(sim, before);
        if calls.len() != seen {
            (seen, since) = (calls.len(), Instant::now());
        }
        let methods: BTreeSet<&str> = calls.iter().map(|call| &*call.method).collect();
        let has_all = NEEDED.iter().all(|method| methods.contains(method));
        if has_all && since.elapsed() > QUIET {
            return Ok(calls);
        }
        if began.elapsed() > PATIENCE {
            bail!("the room is not complete after {PATIENCE:?}: {methods:?}");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The calls after this one; names are learnt afterwards, and nobody waits for them.
pub(crate) fn needed(sim: &Sim, before: usize) -> Vec<Call> {
    let mut calls = sim.calls_after(before);
    calls.retain(|call| call.method != "users.info");
    calls
}
