//! Reminders to post an update: to who leads, else to the room; three in a row at most.

use iris_step::{
    Content, Failure, Place, Pressed, Scope, Texts, args,
    blocks::{Block, actions, button, plain, section},
    facts::{self, Card, Entry},
    kit::{time, words},
    messages, press, state, timers,
};
use serde::{Deserialize, Serialize};

use crate::{config::Config, panel};

pub(crate) const TIMER: &str = "remind";
/// What is remembered of the reminders.
const STATE: &str = "reminders";
const MOST: u32 = 3;
const MINUTE: u64 = 60_000;

/// How far the reminders have come.
#[derive(Default, Serialize, Deserialize)]
struct Reminders {
    /// How many were sent since the last update.
    sent: u32,
    /// How many were sent in all: each is a message of its own.
    all: u32,
    /// The message that still asks.
    open: Option<String>,
}

/// An incident begins, or begins again.
pub(crate) fn start(card: &Card, config: &Config) -> Result<(), Failure> {
    match every(card, config) {
        0 => Ok(timers::cancel(Scope::Incident, TIMER)?),
        minutes => Ok(timers::after(Scope::Incident, TIMER, minutes * 60)?),
    }
}

/// An update was posted: what asked for it says so, and the clock starts anew.
pub(crate) fn updated(texts: &Texts, card: &Card, update: &Entry) -> Result<(), Failure> {
    #[derive(Deserialize)]
    struct Promised {
        next: Option<u32>,
    }
    let data = update.data.as_deref();
    let promised = data.and_then(|data| serde_json::from_str::<Promised>(data).ok()?.next);
    let mut reminders = read()?;
    if let Some(open) = reminders.open.take() {
        let (inc, time) = (inc(card), shown(texts, update.at));
        messages::update(&open, line(texts, card, "remind-updated", args![inc, time]))?;
    }
    reminders.sent = 0;
    write(&reminders)?;
    let next = match promised {
        Some(minutes) => minutes,
        None => every(card, &Config::read()?),
    };
    match next {
        0 => Ok(timers::cancel(Scope::Incident, TIMER)?),
        minutes => {
            let at = update.at + u64::from(minutes) * MINUTE;
            Ok(timers::at(Scope::Incident, TIMER, at)?)
        }
    }
}

/// It is time for an update.
pub(crate) fn fired(texts: &Texts, card: &Card) -> Result<(), Failure> {
    let mut reminders = read()?;
    if card.incident.status != "declared" || reminders.sent >= MOST {
        return Ok(());
    }
    reminders.sent += 1;
    reminders.all += 1;
    let last = reminders.sent == MOST;
    let name = format!("remind-{}", reminders.all);
    let place = match panel::holder(card, "commander") {
        Some(held) => Place::Person(held.user.clone()),
        // The room is told once, not three times.
        None if reminders.sent > 1 => return Ok(()),
        None => Place::Room,
    };
    messages::post(&name, place, asks(texts, card, last))?;
    reminders.open = Some(name);
    write(&reminders)?;
    if last {
        Ok(())
    } else {
        start(card, &Config::read()?)
    }
}

/// In 30 minutes, in an hour, or not again before the next update.
pub(crate) fn pressed(texts: &Texts, card: &Card, pressed: &Pressed) -> Result<(), Failure> {
    let inc = inc(card);
    let (action, minutes) = pressed.action();
    let said = match minutes.and_then(|minutes| minutes.parse::<u32>().ok()) {
        Some(minutes) if action == "snooze" => {
            timers::after(Scope::Incident, TIMER, minutes * 60)?;
            let time = shown(texts, facts::now() + u64::from(minutes) * MINUTE);
            line(texts, card, "remind-snoozed", args![inc, time])
        }
        _ => {
            timers::cancel(Scope::Incident, TIMER)?;
            line(texts, card, "remind-stopped", args![inc])
        }
    };
    messages::reply_instead(said)?;
    Ok(())
}

fn asks(texts: &Texts, card: &Card, last: bool) -> Content {
    let now = facts::now();
    let update = facts::entries_of("update").pop();
    let (key, since) = match &update {
        Some(update) => ("remind", update.at),
        None => ("remind-first", card.declared_at()),
    };
    let lasted = time::duration(texts.locale(), now.saturating_sub(since));
    let mut said = texts.say(key, args![inc = inc(card), lasted]);
    if last {
        let space = if texts.locale() == iris_step::Locale::En {
            " "
        } else {
            ""
        };
        said = format!("{said}{space}{}", texts.say("remind-last", args![]));
    }
    let value = press::value(card.incident.number, None);
    let door = |action: &str, key: &str| button(action, &texts.say(key, args![])).value(&value);
    let doors = [
        door("core:update", "do-update").primary(),
        door("snooze:30", "remind-30"),
        door("snooze:60", "remind-60"),
        door("stop", "remind-stop"),
    ];
    let said = format!("{}{said}", card.brief().mark(texts));
    let blocks: [Block; 2] = [
        section("remind", plain(said.as_str())).into(),
        actions("do", doors),
    ];
    Content::new(iris_step::kit::escape::escape(&said)).blocks(&blocks)
}

fn line(
    texts: &Texts,
    card: &Card,
    key: &str,
    args: &[(&str, iris_step::kit::texts::Arg<'_>)],
) -> Content {
    let said = format!("{}{}", card.brief().mark(texts), texts.say(key, args));
    let text = iris_step::kit::escape::escape(&said).into_owned();
    Content::new(text).blocks(&[section("remind", plain(said)).into()])
}

/// Minutes between updates; the gravest and the unknown severity are in more of a hurry.
fn every(card: &Card, config: &Config) -> u32 {
    let severity = card.incident.severity.as_deref();
    let is_grave = || {
        severity.is_none_or(|id| {
            facts::severities()
                .first()
                .is_none_or(|first| first.id == id)
        })
    };
    let own = || if is_grave() { 30 } else { 60 };
    config.update_every(severity).unwrap_or_else(own)
}

fn read() -> Result<Reminders, Failure> {
    Ok(state::get(Scope::Incident, STATE)?.unwrap_or_default())
}

fn write(reminders: &Reminders) -> Result<(), Failure> {
    Ok(state::put(Scope::Incident, STATE, reminders)?)
}

fn inc(card: &Card) -> String {
    words::inc(card.incident.number)
}

fn shown(texts: &Texts, at: u64) -> String {
    time::time_on(texts.locale(), &facts::wall(at), &facts::today())
}
