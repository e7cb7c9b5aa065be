//! Plays every story of `stories/` and compares what people saw, line by line.
//!
//! `UPDATE_STORIES=1 cargo test -p iris-tests --test stories` writes what was seen into the
//! stories: to be read like code before it is committed.
//!
//! Each is played twice: Slack delivers over HTTP, and through sockets. People see the same.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::anyhow;
use iris_tests::{Team, World, keep};
use libtest_mimic::{Arguments, Failed, Trial};
use slack_sim::story::{Line, parse};

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("stories");
    let mut stories: Vec<_> = fs::read_dir(folder)
        .expect("there are stories")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension() == Some("txt".as_ref()))
        .collect();
    stories.sort();
    let trials = stories.into_iter().flat_map(|path| {
        [Door::Http, Door::Sockets].map(|door| {
            let path = path.clone();
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let name = match door {
                Door::Http => name.into_owned(),
                Door::Sockets => format!("{name}, through sockets"),
            };
            Trial::test(name, move || play(&path, door))
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

/// How Slack delivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    Http,
    Sockets,
}

fn play(path: &Path, door: Door) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let story = fs::read_to_string(path)?;
    let told = runtime.block_on(tell(&story, door, &kept_as(path)))?;
    if told == story {
        return Ok(());
    }
    if door == Door::Http && std::env::var_os("UPDATE_STORIES").is_some() {
        fs::write(path, told)?;
        return Ok(());
    }
    Err(differing(&story, &told).into())
}

/// Where the validators of `tests/oracles` find what Iris sent: `<target>/stories/<story>.json`.
fn kept_as(path: &Path) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("stories");
    target
        .join(path.file_name().unwrap_or_default())
        .with_extension("json")
}

/// The story as it comes out: its acts, and what people saw after each.
async fn tell(story: &str, door: Door, kept: &Path) -> anyhow::Result<String> {
    let lines = parse(story)?;
    let japanese = story.contains("# language: ja");
    let team = if japanese {
        Team::Japanese
    } else {
        Team::English
    };
    let world = match door {
        Door::Http => World::start(team).await?,
        Door::Sockets => World::over_sockets(team).await?,
    };
    let told = play_all(&world, lines.iter().zip(story.lines())).await;
    if door == Door::Http {
        keep(&world.sim, kept)?;
    }
    world.stop().await;
    told
}

async fn play_all<'a>(
    world: &World,
    lines: impl Iterator<Item = (&'a Line, &'a str)>,
) -> anyhow::Result<String> {
    let mut player = world.player();
    let mut told = String::new();
    for (line, text) in lines {
        if matches!(line, Line::See(_)) {
            continue;
        }
        told.push_str(text);
        told.push('\n');
        let seen = player
            .play(line)
            .await
            .map_err(|stuck| anyhow!("{stuck}\n{}", last_of(&told)))?;
        for seen in seen {
            told.push_str(format!("< {seen}").trim_end());
            told.push('\n');
        }
    }
    Ok(told)
}

/// Where somebody got stuck.
fn last_of(told: &str) -> String {
    let lines: Vec<&str> = told.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

/// The first lines that differ, with what stands around them.
fn differing(story: &str, told: &str) -> String {
    let expected: Vec<&str> = story.lines().collect();
    let seen: Vec<&str> = told.lines().collect();
    let same = expected
        .iter()
        .zip(&seen)
        .take_while(|(a, b)| a == b)
        .count();
    let from = same.saturating_sub(3);
    let window = |lines: &[&str]| -> String {
        let near = lines.iter().skip(from).take(12);
        near.map(|line| format!("    {line}"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    format!(
        "line {}:\n  the story says\n{}\n  people saw\n{}",
        same + 1,
        window(&expected),
        window(&seen)
    )
}
