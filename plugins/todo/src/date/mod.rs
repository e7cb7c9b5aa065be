//! Dates as people type them. Both languages are understood in every team.

mod day;
mod numbers;
mod en;
mod ja;
mod line;
#[cfg(test)]
mod tests;

pub(crate) use day::Day;
pub(crate) use line::read_line;

use crate::kit::time::Wall;

/// The team's wall when the words were typed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Now {
    pub(crate) day: Day,
    /// Since midnight.
    pub(crate) minute: u16,
}

impl Now {
    pub(crate) fn of(wall: &Wall) -> Self {
        Self {
            day: Day::of(wall),
            minute: u16::from(wall.hour) * 60 + u16::from(wall.minute),
        }
    }
}

/// What the typed words mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Some time on that day.
    Day(Day),
    /// So many minutes after midnight of that day.
    At(Day, u16),
    /// So many minutes from now.
    In(u32),
}

/// A date that cannot be taken as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It is over; `instead` is the next such day of the week.
    Past { when: When, instead: Day },
    /// Month and day stand in the wrong order.
    Order { raw: String, instead: Day },
}

/// What was found: nothing, a mistake, or a date.
type Found<T> = Option<Result<T, Wrong>>;

/// Reads an expression of either language, such as `fri 15:30` or `明日10時`.
/// None when it is no date at all.
pub(crate) fn read(typed: &str, now: Now) -> Found<When> {
    let typed: String = typed.chars().map(fold).collect();
    let words = typed
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    let found = en::read(&words, now).or_else(|| ja::read(&words.replace(' ', ""), now))?;
    Some(found.and_then(|when| not_past(when, now)))
}

/// When a time of day comes next.
fn next_time(minute: u16, now: Now) -> When {
    When::At(now.day.plus(i32::from(minute <= now.minute)), minute)
}

/// Eight in the evening; when that is over, the end of the day.
fn tonight(now: Now) -> When {
    const EVENING: u16 = 20 * 60;
    let minute = if now.minute < EVENING {
        EVENING
    } else {
        23 * 60 + 59
    };
    When::At(now.day, minute)
}

fn not_past(when: When, now: Now) -> Result<When, Wrong> {
    let (day, over) = match when {
        When::Day(day) => (day, day < now.day),
        When::At(day, minute) => (day, (day, minute) <= (now.day, now.minute)),
        When::In(_) => return Ok(when),
    };
    if !over {
        return Ok(when);
    }
    let instead = now.day.plus(1);
    let days = (day.weekday() - instead.weekday()).rem_euclid(7);
    Err(Wrong::Past {
        when,
        instead: instead.plus(days),
    })
}

/// Full-width letters, digits and marks as their half-width forms, each one
/// character as before.
fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}
