//! Another team's command, while a team's own step computes for ever, takes all memory, or traps.
//! With and without in turns, in one run.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use iris::{
    clock::Clock,
    event::{Event, SeenMessage, What},
    ids::{MessageId, TeamId},
    inbox::Intake,
};
use iris_tests::{Team, World, guest};
use slack_sim::{ClockSetting, Settings};

use super::{percentile, say};

const TURNS: usize = 12;
const COMMANDS: usize = 50;

/// Between two messages in the bad team, each of which meets its step.
const APART: Duration = Duration::from_millis(20);

fn workspace(team: &str) -> Settings {
    let mut settings = Settings {
        clock: ClockSetting::Real,
        bot_token: format!("xoxb-of-{team}"),
        ..Settings::default()
    };
    team.clone_into(&mut settings.team.id);
    settings
}

pub(super) async fn run() -> anyhow::Result<()> {
    for (what, act) in [
        ("computes for ever", "{ do = \"compute-for-ever\" }"),
        ("takes all memory", "{ do = \"eat\" }"),
        ("traps", "{ do = \"panic\", why = \"no\" }"),
    ] {
        one(what, act).await?;
    }
    Ok(())
}

async fn one(what: &str, act: &str) -> anyhow::Result<()> {
    let good = Team::English.file();
    let bad = format!(
        "{good}\n[[step]]\nuse = \"guest\"\nallow = {{ wishes = [\"incident\", \"room\", \
         \"messages\", \"forms\", \"timers\"], slack = [\"users.info\"], \
         http = [\"api.statuspage.example\"] }}\nconfig = {{ acts = [{act}] }}\n"
    );
    let wasm = guest()?;
    let files = [
        ("teams/T0GOOD.toml".to_owned(), good.as_bytes()),
        ("teams/T0BAD.toml".to_owned(), bad.as_bytes()),
        ("steps/guest.wasm".to_owned(), &*wasm),
    ];
    let others = vec![workspace("T0BAD")];
    let world = World::of(workspace("T0GOOD"), others, &files).await?;
    let aya = world.sim.person("@aya");
    let (mut alone, mut beside) = (vec![], vec![]);
    for turn in 0..TURNS * 2 {
        let over = Arc::new(AtomicBool::new(false));
        let flood = (turn % 2 == 1).then(|| flood(&world, turn, over.clone()));
        for _ in 0..COMMANDS {
            let began = Instant::now();
            aya.command("#general", "/incident list").await?;
            let took = began.elapsed().as_secs_f64() * 1000.0;
            if turn % 2 == 1 {
                &mut beside
            } else {
                &mut alone
            }
            .push(took);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        over.store(true, Ordering::Relaxed);
        if let Some(flood) = flood {
            flood.await?;
            // What is still under way in the bad team must not count for the next turn.
            tokio::time::sleep(Duration::from_millis(1_500)).await;
        }
    }
    alone.sort_by(f64::total_cmp);
    beside.sort_by(f64::total_cmp);
    let (before, after) = (percentile(&alone, 99), percentile(&beside, 99));
    say(&format!(
        "another team's command, ms, beside a step that {what}: p50 {:.2} (alone {:.2}), p99 \
         {after:.2} (alone {before:.2}): {:.2} times   (at most 1.5)",
        percentile(&beside, 50),
        percentile(&alone, 50),
        after / before
    ));
    world.stop().await;
    Ok(())
}

/// People talk in the bad team, outside of any incident.
fn flood(world: &World, turn: usize, over: Arc<AtomicBool>) -> tokio::task::JoinHandle<()> {
    let (app, clock) = (world.app.clone(), world.clock.clone());
    #[expect(clippy::disallowed_methods, reason = "a benchmark's own load")]
    tokio::spawn(async move {
        let mut n = 0;
        while !over.load(Ordering::Relaxed) {
            n += 1;
            let event = said("T0BAD", &format!("bad-{turn}-{n}"), &*clock);
            let app = app.clone();
            // Not waited for: Slack does not wait either.
            #[expect(clippy::disallowed_methods, reason = "a benchmark's own load")]
            tokio::spawn(async move { app.main.take(event).await });
            tokio::time::sleep(APART).await;
        }
    })
}

/// Somebody says something.
pub(super) fn said(team: &str, id: &str, clock: &dyn Clock) -> Event {
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
                channel: "C0GENERAL".into(),
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
