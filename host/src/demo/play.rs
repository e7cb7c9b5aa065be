//! Plays the demo's incident as people would, and prints each act with what they see of it.

use std::time::Duration;

use slack_sim::{
    Sim,
    story::{Line, Player, Stuck, parse},
};

use super::{check, iris::Iris, say};

const STORY: &str = include_str!("story.txt");
/// How often a person looks for something that is not there yet: for about twenty seconds.
const LOOKS: u32 = 80;

/// Names the steps that did not do their work.
pub(super) async fn play(sim: &Sim, iris: &Iris) -> anyhow::Result<Vec<&'static str>> {
    settle(sim, iris).await;
    let mut player = Player::new(sim, Box::new(|_| Box::pin(settle(sim, iris))));
    for (line, text) in parse(STORY)?.iter().zip(STORY.lines()) {
        say(text)?;
        if matches!(line, Line::Note(_)) {
            continue;
        }
        for seen in patiently(&mut player, line).await? {
            say(&format!("    {seen}"))?;
        }
    }
    let mut missing = check::missing(sim);
    for _ in 0..LOOKS {
        if missing.is_empty() {
            break;
        }
        look_again().await;
        missing = check::missing(sim);
    }
    for seen in player.look().await {
        say(&format!("    {seen}"))?;
    }
    Ok(missing)
}

/// What a person needs may take a moment to appear: Slack lets an app post about once a second.
async fn patiently(player: &mut Player<'_>, line: &Line) -> anyhow::Result<Vec<String>> {
    for _ in 0..LOOKS {
        match player.play(line).await {
            Err(Stuck::Unseen { .. }) => look_again().await,
            done => return Ok(done?),
        }
    }
    Ok(player.play(line).await?)
}

async fn look_again() {
    tokio::time::sleep(Duration::from_millis(250)).await;
}

/// Until nothing is on its way in either direction.
async fn settle(sim: &Sim, iris: &Iris) {
    let done = || (sim.calls().len(), sim.deliveries().len());
    loop {
        let before = done();
        sim.quiet().await;
        let Some(main) = iris.main() else { return };
        main.idle().await;
        sim.quiet().await;
        if done() == before && main.is_idle() {
            return;
        }
    }
}
