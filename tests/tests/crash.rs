//! Row 21: kills Iris at its failpoints in every story, and compares what the workspace holds then
//! with what it holds without a kill.
//!
//! Some points of each story, chosen by a seed, with several kills in one telling; `cargo xtask
//! crash` kills at each point in turn. `IRIS_CRASH_SEED` chooses others, `IRIS_CRASH_GAPS=40,7`
//! repeats one telling (with a story's name as argument).

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::ensure;
use iris::clock::Moment;
use iris_tests::{Dice, Difference, Holdings, Mortal, Played, SentAtMostOnce, Team, play};
use libtest_mimic::{Arguments, Failed, Trial};

/// Tellings of each story, and how many kills in one, roughly.
const TELLINGS: u64 = 1;
const KILLS: u64 = 5;

/// What all trials together came to.
#[derive(Default)]
struct Sum {
    stories: AtomicU64,
    points: AtomicU64,
    kills: AtomicU64,
    parked: AtomicU64,
    /// Tellings that ended early: see [`SentAtMostOnce`].
    ended: AtomicU64,
    lost: AtomicU64,
    twice: AtomicU64,
    otherwise: AtomicU64,
}

#[derive(Clone, Copy)]
enum Plan {
    /// Some points, by the seed.
    Sample(u64),
    /// Each in turn.
    Each,
}

#[expect(clippy::print_stdout, reason = "the report of the harness")]
fn main() {
    let args = Arguments::from_args();
    let seed = number("IRIS_CRASH_SEED").unwrap_or(1);
    let plan = match env::var_os("IRIS_CRASH") {
        Some(all) if all == "all" => Plan::Each,
        _ => Plan::Sample(seed),
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("stories");
    let mut stories: Vec<_> = fs::read_dir(folder)
        .expect("there are stories")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension() == Some("txt".as_ref()))
        .collect();
    stories.sort();
    let sum = Arc::new(Sum::default());
    let trials = stories.into_iter().map(|path| {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let sum = sum.clone();
        Trial::test(name, move || {
            row_21_killed_at_its_failpoints(&path, plan, &sum)
        })
    });
    let ended = libtest_mimic::run(&args, trials.collect());
    let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
    println!(
        "crash: seed {seed}, {} stories with {} points, {} kills: lost {}, twice {}, half done or \
         otherwise {}; parked for an operator {}; ended for want of what is sent at most once {}",
        of(&sum.stories),
        of(&sum.points),
        of(&sum.kills),
        of(&sum.lost),
        of(&sum.twice),
        of(&sum.otherwise),
        of(&sum.parked),
        of(&sum.ended),
    );
    ended.exit();
}

fn row_21_killed_at_its_failpoints(path: &PathBuf, plan: Plan, sum: &Sum) -> Result<(), Failed> {
    let story = fs::read_to_string(path)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let ended: anyhow::Result<()> = runtime.block_on(async {
        let (right, times, points) = unharmed(&story).await?;
        sum.stories.fetch_add(1, Ordering::Relaxed);
        sum.points.fetch_add(points, Ordering::Relaxed);
        for gaps in plans(plan, path, points) {
            let told = killed(&story, &gaps, &right, &times).await;
            if matches!(&told, Err(why) if why.is::<SentAtMostOnce>()) {
                sum.ended.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            let (difference, kills, parked) = told?;
            sum.kills.fetch_add(kills, Ordering::Relaxed);
            sum.parked.fetch_add(parked, Ordering::Relaxed);
            let count = |of: &AtomicU64, things: &[String]| {
                of.fetch_add(things.len() as u64, Ordering::Relaxed);
            };
            count(&sum.lost, &difference.lost);
            count(&sum.twice, &difference.twice);
            count(&sum.otherwise, &difference.other);
            ensure!(
                difference.is_none(),
                "IRIS_CRASH_GAPS={gaps:?}: {difference:#?}"
            );
        }
        Ok(())
    });
    ended.map_err(|why| format!("{why:#}").into())
}

/// What the workspace holds without a kill, when each line was over, and how many points there are.
async fn unharmed(story: &str) -> anyhow::Result<(Holdings, Vec<Moment>, u64)> {
    let mortal = Mortal::start(team(story), &[]).await?;
    let Played {
        holdings, times, ..
    } = play(&mortal, story, None).await?;
    let points = mortal.points();
    mortal.stop().await?;
    Ok((holdings, times, points))
}

/// How the workspace differs when Iris is killed after so many points, and after so many more.
async fn killed(
    story: &str,
    gaps: &[u64],
    right: &Holdings,
    times: &[Moment],
) -> anyhow::Result<(Difference, u64, u64)> {
    let mortal = Mortal::start(team(story), gaps).await?;
    let played = play(&mortal, story, Some(times)).await;
    let played = played.map_err(|stuck| stuck.context(format!("IRIS_CRASH_GAPS={gaps:?}")))?;
    let open = mortal.open().await;
    ensure!(
        open.is_empty(),
        "IRIS_CRASH_GAPS={gaps:?}: not settled: {open:?}"
    );
    let kills = mortal.deaths().len() as u64;
    mortal.stop().await?;
    Ok((played.holdings.differs_from(right), kills, played.parked))
}

fn team(story: &str) -> Team {
    if story.contains("# language: ja") {
        Team::Japanese
    } else {
        Team::English
    }
}

fn plans(plan: Plan, path: &Path, points: u64) -> Vec<Vec<u64>> {
    if let Some(gaps) = env::var_os("IRIS_CRASH_GAPS") {
        let gaps = gaps.to_string_lossy().into_owned();
        return vec![
            gaps.split(',')
                .filter_map(|gap| gap.trim().parse().ok())
                .collect(),
        ];
    }
    match plan {
        Plan::Each => (1..=points).map(|point| vec![point]).collect(),
        Plan::Sample(seed) => {
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let seed = name.bytes().fold(seed, |seed, byte| {
                seed.wrapping_mul(31).wrapping_add(byte.into())
            });
            let mut dice = Dice::new(seed);
            let mut gaps = || {
                // Twice the mean at most, so that kills come everywhere.
                let most = (2 * points / KILLS).max(2);
                (0..KILLS).map(|_| 1 + dice.next() % most).collect()
            };
            (0..TELLINGS).map(|_| gaps()).collect()
        }
    }
}

fn number(name: &str) -> Option<u64> {
    env::var_os(name)?.to_string_lossy().parse().ok()
}
