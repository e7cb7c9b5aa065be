//! The offer: one message in the room, and one direct message to who has not answered.

use iris_step::{
    Content, Failure, Place, Scope, Texts, args,
    blocks::{Block, actions, button, context, plain, section},
    facts::{self, Card},
    kit::{time::Wall, words},
    messages, press,
    rich::one_line,
    state, timers,
};

use crate::{answers, people, summary};

const OFFER: &str = "offer";
const DAY: u64 = 24 * 60 * 60 * 1000;
/// How long after the resolution the summary comes at the latest, and answers are taken.
const SUMMARY_AFTER: u64 = 2 * DAY;
const OPEN_FOR: u64 = 14 * DAY;
/// The hour of the team's day at which people are asked.
const ASK_AT: u8 = 10;

/// Posts the offer and sets the clock.
pub(crate) fn open(texts: &Texts, card: &Card) -> Result<(), Failure> {
    state::remove(Scope::Incident, "over");
    redraw(texts, card, answers::all()?.len())?;
    let now = facts::now();
    timers::at(Scope::Incident, "ask", next_working_day(now))?;
    timers::at(Scope::Incident, "sum", now + SUMMARY_AFTER)?;
    timers::at(Scope::Incident, "over", now + OPEN_FOR)?;
    Ok(())
}

/// Says in the offer how many have answered.
pub(crate) fn redraw(texts: &Texts, card: &Card, count: usize) -> Result<(), Failure> {
    let inc = words::inc(card.incident.number);
    let title = one_line(&card.incident.title);
    let mark = card.brief().mark(texts);
    let said = format!("{mark}{}", texts.say("offer", args![inc = &inc]));
    let mut row = section("offer", plain(said));
    if !is_over()? {
        let give = button("open", &texts.say("give", args![]))
            .value(press::value(card.incident.number, None));
        row = row.accessory(give);
    }
    let below = if is_over()? {
        texts.say("over", args![])
    } else {
        texts.say("count", args![n = count])
    };
    let mut blocks: Vec<Block> = vec![row.into()];
    if count > 0 || is_over()? {
        blocks.push(context("count", [plain(below)]));
    }
    let text = format!("{mark}{}", texts.mrkdwn("offer-text", args![inc, title]));
    messages::post(OFFER, Place::Room, Content::new(text).blocks(&blocks))?;
    Ok(())
}

/// A timer of this incident fired.
pub(crate) fn timer(texts: &Texts, card: &Card, name: &str) -> Result<(), Failure> {
    // Reopened meanwhile: the next resolution asks anew.
    if card.incident.status == "declared" {
        return Ok(());
    }
    let answers = answers::all()?;
    match name {
        "ask" => ask(texts, card),
        "sum" if !answers.is_empty() => summary::post(texts, card, &answers),
        "over" => {
            state::put(Scope::Incident, "over", &true)?;
            redraw(texts, card, answers.len())
        }
        _ => Ok(()),
    }
}

/// Asks those who took part and have not answered, each once.
fn ask(texts: &Texts, card: &Card) -> Result<(), Failure> {
    let inc = words::inc(card.incident.number);
    let title = one_line(&card.incident.title);
    let said = texts.say("ask", args![inc, title]);
    for user in people::took_part(card) {
        if answers::of(&user)?.is_some() || was_asked(&user)? {
            continue;
        }
        let content = ask_content(texts, card, &said, false);
        messages::post(&ask_name(&user), Place::Person(user.clone()), content)?;
        state::put(Scope::Incident, &asked_key(&user), &true)?;
    }
    Ok(())
}

/// The direct message, before and after the answer.
pub(crate) fn ask_content(texts: &Texts, card: &Card, said: &str, answered: bool) -> Content {
    let give =
        button("open", &texts.say("give", args![])).value(press::value(card.incident.number, None));
    let give = if answered { give } else { give.primary() };
    let blocks = [section("ask", plain(said)).into(), actions("do", [give])];
    Content::new(iris_step::kit::escape::escape(said)).blocks(&blocks)
}

/// The name of the direct message to this person.
pub(crate) fn ask_name(user: &str) -> String {
    format!("ask-{}", user.to_lowercase())
}

pub(crate) fn was_asked(user: &str) -> Result<bool, Failure> {
    Ok(state::get::<bool>(Scope::Incident, &asked_key(user))?.is_some())
}

/// No answers are taken any more.
pub(crate) fn is_over() -> Result<bool, Failure> {
    Ok(state::get::<bool>(Scope::Incident, "over")?.is_some())
}

fn asked_key(user: &str) -> String {
    format!("asked:{user}")
}

/// Ten o'clock of the next working day, Monday to Friday.
fn next_working_day(now: u64) -> u64 {
    let ahead = days_ahead(facts::wall(now).weekday);
    let day = facts::wall(now + ahead * DAY);
    facts::moment(&Wall {
        hour: ASK_AT,
        minute: 0,
        second: 0,
        ..day
    })
    .unwrap_or(now + DAY)
}

/// From this weekday (1 is Monday) to the next working day.
fn days_ahead(weekday: u8) -> u64 {
    match weekday {
        5 => 3,
        6 => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{ask_name, days_ahead};

    #[test]
    fn nobody_is_asked_on_a_weekend() {
        let landing = |weekday: u8| (u64::from(weekday) + days_ahead(weekday) - 1) % 7 + 1;
        for weekday in 1..=7 {
            assert!((1..=5).contains(&landing(weekday)), "from {weekday}");
        }
    }

    #[test]
    fn a_name_is_one_that_iris_takes() {
        assert_eq!(ask_name("U0AYASATO"), "ask-u0ayasato");
    }
}
