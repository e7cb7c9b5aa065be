//! A story, whatever happens to Iris in it. People whose act did not arrive do it again, as people
//! do; what people see is not compared line by line.

use std::{error::Error, fmt, time::Duration};

use anyhow::anyhow;
use iris::clock::Moment;
use slack_sim::{
    DeliveryKind, Reached, Sim,
    story::{Act, Deed, Line, Player, parse},
};

use super::{holds::Holdings, mortal::Mortal};

/// How often a person tries once more.
const TRIES: usize = 4;
/// How often Iris is looked for when it is to be started again.
const PATIENCE: usize = 100;
/// Longer than Slack repeats events, and than Iris looks for twins.
const AFTERWARDS: Duration = Duration::from_mins(15);

/// A story that was played to its end.
pub struct Played {
    pub holdings: Holdings,
    /// When each line was over.
    pub times: Vec<Moment>,
    /// What an operator had to settle.
    pub parked: u64,
}

/// What a person goes on from was for them alone, and Iris was killed while it sent it: it is sent at
/// most once, and this telling of the story ends here.
#[derive(Debug)]
pub struct SentAtMostOnce;

impl fmt::Display for SentAtMostOnce {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a person waits for what was for them alone, and got lost")
    }
}

impl Error for SentAtMostOnce {}

/// Plays a story. `times`: when its lines are over without a kill, so that timers fire alike.
pub async fn play(
    mortal: &Mortal,
    story: &str,
    times: Option<&[Moment]>,
) -> anyhow::Result<Played> {
    let lines = parse(story)?;
    let mut player = mortal.player();
    let mut over = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        match line {
            Line::Note(_) | Line::See(_) => {}
            Line::Pass(time) => {
                let end = times.and_then(|times| times.get(n).copied());
                let end = end.unwrap_or_else(|| mortal.now().plus(*time));
                let left = end.since(mortal.now());
                player.play(&Line::Pass(left)).await?;
            }
            Line::Act(_) => repeat_lost(&mortal.sim, &mut player, &lines[..=n]).await?,
        }
        over.push(mortal.now());
    }
    player.play(&Line::Pass(AFTERWARDS)).await?;
    let parked = mortal.operate().await?;
    player.play(&Line::Pass(AFTERWARDS)).await?;
    Ok(Played {
        parked,
        holdings: Holdings::of(&mortal.sim),
        times: over,
    })
}

/// Plays the last of these lines, again and again until it arrives.
pub async fn repeat_lost(sim: &Sim, player: &mut Player<'_>, lines: &[Line]) -> anyhow::Result<()> {
    let Some(line) = lines.last() else {
        return Ok(());
    };
    let mut stuck = None;
    for _ in 0..TRIES {
        let before = sim.delivery_count();
        match player.play(line).await {
            Ok(_) => {
                if again(sim, player, line, before).await? {
                    repeat_events(sim, player).await;
                    return Ok(());
                }
            }
            // What they need is not there: whoever was to bring it about does so once more.
            Err(why) => {
                stuck = Some(why);
                if let Some(earlier) = opener(lines) {
                    let before = sim.delivery_count();
                    player.play(earlier).await?;
                    again(sim, player, earlier, before).await?;
                }
            }
        }
    }
    if was_for_them_alone(lines) {
        return Err(SentAtMostOnce.into());
    }
    Err(anyhow!("{line:?}: {stuck:?} after {TRIES} tries"))
}

/// Whether the button that is pressed at last stands, in the story, in what only this person sees.
fn was_for_them_alone(lines: &[Line]) -> bool {
    let Some((Line::Act(Act { who, deed }), before)) = lines.split_last() else {
        return false;
    };
    let Deed::Press { button, .. } = deed else {
        return false;
    };
    let (theirs, label) = (format!(" only {who}:"), format!("[{}]", button.label));
    let mut alone = false;
    before.iter().any(|line| {
        let Line::See(seen) = line else {
            return false;
        };
        if !seen.starts_with("  ") {
            alone = seen.contains(&theirs);
        }
        alone && seen.contains(&label)
    })
}

/// Sends again what a person sent and Iris did not answer. False: the act itself is to be repeated.
async fn again(
    sim: &Sim,
    player: &mut Player<'_>,
    line: &Line,
    before: usize,
) -> anyhow::Result<bool> {
    let lost = |kind| matches!(kind, DeliveryKind::Command | DeliveryKind::Interaction);
    for _ in 0..TRIES {
        let deliveries = sim.deliveries();
        let last = deliveries[before..]
            .iter()
            .rfind(|delivery| lost(delivery.kind));
        let Some(delivery) = last.filter(|delivery| failed(&delivery.reached)) else {
            return Ok(true);
        };
        if delivery.name == "view_submission" {
            // The form is open still, with what was filled in.
            player.play(line).await?;
        } else {
            sim.redeliver(delivery).await;
            player.look().await;
        }
    }
    Ok(false)
}

/// Events that Iris did not acknowledge Slack repeats after a minute. It does so now, so that what
/// people do next finds it done, as it does without a kill.
async fn repeat_events(sim: &Sim, player: &mut Player<'_>) {
    for _ in 0..PATIENCE {
        if !sim.verify_app().await {
            // It is about to be started again.
            player.look().await;
        } else if sim.repeat_events() == 0 {
            return;
        } else {
            player.look().await;
        }
    }
}

fn failed(reached: &Reached) -> bool {
    match reached {
        Reached::Answered(answered) => answered.status != 200,
        Reached::TimedOut | Reached::Failed(_) => true,
    }
}

/// Words that show what only one person sees: asked for again, they show it again.
const SHOWS: [&str; 8] = [
    "todos",
    "status",
    "list",
    "help",
    "timeline",
    "課題一覧",
    "状況",
    "一覧",
];

/// The person's last act before these that may have opened what they need.
fn opener(lines: &[Line]) -> Option<&Line> {
    let (Line::Act(last), before) = lines.split_last()? else {
        return None;
    };
    let opens = |line: &&Line| {
        let Line::Act(Act { who, deed }) = line else {
            return false;
        };
        let of_form = matches!(deed, Deed::Fill { .. } | Deed::Submit | Deed::Close);
        let in_form = of_form
            || matches!(deed, Deed::Press { place, .. } | Deed::Choose { place, .. } if place == "form");
        *who == last.who && !in_form
    };
    let shows = |line: &&Line| {
        let Line::Act(act) = line else { return false };
        let Deed::Say { text, .. } = &act.deed else {
            return false;
        };
        let word = text.strip_prefix("/incident ").unwrap_or_default();
        act.who == last.who && SHOWS.contains(&word.trim())
    };
    let shown = before.iter().rfind(shows);
    let needs_form = matches!(last.deed, Deed::Fill { .. } | Deed::Submit | Deed::Close);
    shown
        .filter(|_| !needs_form)
        .or_else(|| before.iter().rfind(opens))
}
