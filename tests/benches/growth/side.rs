//! An Iris on a store of some size, with a workspace of its own, and what is asked of it.

use std::{
    fs,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use iris_tests::{Team, form};
use rusqlite::Connection;
use serde_json::{Value, json};
use slack_sim::{ClockSetting, Delivery, Reached, Settings, Sim, SubmitOutcome};
use tempfile::TempDir;

use crate::{
    filled::{Size, fill},
    program::Iris,
};

const PATIENCE: Duration = Duration::from_mins(1);
const LOOK: Duration = Duration::from_micros(100);

pub(crate) struct Side {
    pub(crate) size: Size,
    sim: Sim,
    iris: Iris,
    folder: TempDir,
    /// The incident that is worked on.
    room: String,
    /// A message there, as it was delivered.
    message: Delivery,
    /// Milliseconds until it was ready.
    pub(crate) ready: f64,
}

/// What is asked, and how many milliseconds it takes.
#[derive(Clone, Copy)]
pub(crate) enum Work {
    Status,
    List,
    Timeline,
    Message,
}

impl Side {
    pub(crate) async fn open(size: Size) -> anyhow::Result<Self> {
        let sim = Sim::start(Settings {
            clock: ClockSetting::Real,
            ..Settings::default()
        })
        .await?;
        let folder = tempfile::tempdir()?;
        let teams = folder.path().join("teams");
        fs::create_dir(&teams)?;
        fs::write(teams.join("default.toml"), Team::English.file())?;
        let team = sim.settings().team.id.as_str().into();
        fill(&folder.path().join("iris.db"), &team, size).await?;
        // The first start compiles the steps and is not counted.
        drop(started(&folder, &sim).await?);
        let (iris, ready) = started(&folder, &sim).await?;
        sim.connect_app(&format!("{}slack/events", iris.url));
        let room = declare(&sim).await?;
        let message = said(&sim, &room).await?;
        Ok(Self {
            size,
            sim,
            iris,
            folder,
            room,
            message,
            ready,
        })
    }

    /// MiB that Iris holds.
    pub(crate) fn memory(&self) -> anyhow::Result<f64> {
        self.iris.memory()
    }

    /// KiB of the store.
    pub(crate) fn disk(&self) -> anyhow::Result<f64> {
        let db = Connection::open(self.folder.path().join("iris.db"))?;
        let pages =
            "SELECT page_count * page_size / 1024.0 FROM pragma_page_count, pragma_page_size";
        Ok(db.query_row(pages, [], |row| row.get(0))?)
    }

    /// How long it takes, in milliseconds. `n` is another one each time.
    pub(crate) async fn take(&self, work: Work, n: usize) -> anyhow::Result<f64> {
        match work {
            Work::Status => self.answered(&self.room, "/incident status").await,
            Work::List => self.answered("#general", "/incident list").await,
            Work::Timeline => self.answered(&self.room, "/incident timeline").await,
            Work::Message => self.stored(n).await,
        }
    }

    /// Until the person sees the answer.
    async fn answered(&self, place: &str, line: &str) -> anyhow::Result<f64> {
        let aya = self.sim.person("@aya");
        let (calls, answers) = (self.sim.call_count(), aya.ephemerals().len());
        // What was said so far is only counted again when Iris has called.
        let is_answered = || self.sim.call_count() > calls && aya.ephemerals().len() > answers;
        let began = Instant::now();
        aya.command(place, line).await?;
        while !is_answered() {
            ensure!(began.elapsed() < PATIENCE, "nobody is answered");
            tokio::time::sleep(LOOK).await;
        }
        Ok(milliseconds(began))
    }

    /// Until a message of the room is acknowledged.
    async fn stored(&self, n: usize) -> anyhow::Result<f64> {
        let again = another(&self.message, n)?;
        let began = Instant::now();
        let reached = self.sim.redeliver(&again).await;
        ensure!(matches!(reached, Reached::Answered(_)), "{reached:?}");
        Ok(milliseconds(began))
    }
}

async fn started(folder: &TempDir, sim: &Sim) -> anyhow::Result<(Iris, f64)> {
    let began = Instant::now();
    let token = [("SLACK_BOT_TOKEN", sim.settings().bot_token.clone())];
    let iris = Iris::start(folder.path(), sim, &token)?;
    while !iris.is_ready().await {
        ensure!(began.elapsed() < PATIENCE, "Iris does not get ready");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Ok((iris, milliseconds(began)))
}

/// The room of an incident that is declared now.
async fn declare(sim: &Sim) -> anyhow::Result<String> {
    let aya = sim.person("@aya");
    aya.command("#general", "/incident Checkout fails with 500")
        .await?;
    let view = form(&aya).await;
    let filled = aya.fill(&view).set("product", "Payments");
    let outcome = filled.set("severity", "SEV2").submit().await?;
    ensure!(matches!(outcome, SubmitOutcome::Updated(_)));
    let pinned = || {
        let rooms = sim.channels().into_iter();
        let mut rooms = rooms.filter(|channel| channel.name.starts_with("inc-"));
        rooms.find(|room| sim.messages(&room.id).iter().any(|m| m.by_app))
    };
    let began = Instant::now();
    loop {
        if let Some(room) = pinned() {
            return Ok(room.id);
        }
        ensure!(began.elapsed() < PATIENCE, "there is no room");
        tokio::time::sleep(LOOK).await;
    }
}

/// A message there, as it was delivered.
async fn said(sim: &Sim, room: &str) -> anyhow::Result<Delivery> {
    sim.person("@aya").say(room, "The database is full")?;
    let began = Instant::now();
    loop {
        let mut deliveries = sim.deliveries().into_iter();
        if let Some(found) = deliveries.rfind(|one| one.body.contains("The database is full")) {
            return Ok(found);
        }
        ensure!(began.elapsed() < PATIENCE, "no message was delivered");
        tokio::time::sleep(LOOK).await;
    }
}

/// Another message, in the same room.
fn another(model: &Delivery, n: usize) -> anyhow::Result<Delivery> {
    let mut envelope: Value = serde_json::from_str(&model.body)?;
    let event = &mut envelope["event"];
    let ts = event["ts"].as_str().context("it has a time")?;
    let (second, _) = ts.split_once('.').context("with microseconds")?;
    let ts = json!(format!("{second}.{n:06}"));
    event["ts"] = ts.clone();
    event["event_ts"] = ts;
    event["client_msg_id"] = json!(format!("00000000-0000-4000-8000-{n:012}"));
    envelope["event_id"] = json!(format!("EvGROWN{n:06}"));
    let mut again = model.clone();
    again.body = envelope.to_string();
    Ok(again)
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}
