//! A step is replaced again and again while 500 events a second meet it: none may fail.

use std::{
    fs,
    time::{Duration, Instant},
};

use iris::{
    inbox::Intake,
    store::{CallState, HandledQuery},
};
use iris_measure::{Goal, Measure};
use iris_tests::{Team, World, changed, declared, guest, said};
use slack_sim::{ClockSetting, Settings};

const A_SECOND: u32 = 500;
const SECONDS: u32 = 6;

/// Between two versions.
const SWAP: Duration = Duration::from_millis(400);

pub(super) async fn run() -> anyhow::Result<()> {
    let team = format!(
        "{}\n[[step]]\nuse = \"guest\"\nallow = {{ wishes = [\"incident\", \"room\", \"messages\", \
         \"forms\", \"timers\"], slack = [\"users.info\"], http = [\"api.statuspage.example\"] }}\n\
         config = {{ acts = [] }}\n",
        Team::English.file()
    );
    let first = guest()?;
    let second = changed(first.clone(), "Does as told", "Second guest");
    let files = [
        ("teams/default.toml".to_owned(), team.as_bytes()),
        ("steps/guest.wasm".to_owned(), &*first),
    ];
    let settings = Settings {
        clock: ClockSetting::Real,
        ..Settings::default()
    };
    let world = World::of(settings, vec![], &files).await?;
    let room = declared(&world, &world.sim, "@ken").await?;
    let file = world.folder.path().join("steps/guest.wasm");
    let (id, app) = (world.team(), world.app.clone());
    let began = Instant::now();
    let (mut swaps, mut swapped) = (0_u32, began);
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / A_SECOND);
    let mut taken = tokio::task::JoinSet::new();
    for n in 0..A_SECOND * SECONDS {
        ticks.tick().await;
        let event = said(id.as_str(), &room, &format!("said-{n}"), &*world.clock);
        let app = app.clone();
        taken.spawn(async move { app.main.take(event).await.is_ok() });
        if swapped.elapsed() > SWAP {
            swapped = Instant::now();
            swaps += 1;
            // As `iris step add` does it: written aside and renamed.
            let aside = file.with_extension("aside");
            fs::write(&aside, if swaps % 2 == 1 { &second } else { &first })?;
            fs::rename(&aside, &file)?;
        }
    }
    let rate = f64::from(A_SECOND * SECONDS) / began.elapsed().as_secs_f64();
    let lost = taken.join_all().await.into_iter().filter(|ok| !ok).count();
    world.settle().await;
    let handled = HandledQuery {
        team: &id,
        incident: None,
        newest: u32::MAX,
    };
    let handled = app.store.handled(handled).await?;
    let calls = handled.iter().flat_map(|one| &one.calls);
    let of_step: Vec<_> = calls.filter(|call| call.step.as_str() == "guest").collect();
    let failed = of_step
        .iter()
        .filter(|call| call.state != CallState::Done || call.attempts > 1)
        .count();
    anyhow::ensure!(!of_step.is_empty(), "no event met the step");
    let what = format!(
        "calls failed and events lost, of {}, while their step is replaced {swaps} times under \
         {rate:.0} events a second",
        of_step.len()
    );
    let lost = u32::try_from(failed + lost)?;
    let row = Measure::new(what, "events").iris(&[f64::from(lost)]);
    row.goal(Goal::AtMost(0.0)).print();
    world.stop().await;
    Ok(())
}
