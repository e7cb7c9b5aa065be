//! Dates in digits, which read alike in both languages.

use super::{Day, Found, Now, Wrong};

/// `2026-12-01`, `2026/12/1`, `2026年12月1日`, `12/1`, `12月1日`.
pub(super) fn day(text: &str, now: Now) -> Found<Day> {
    if let Some((month, day)) = pair(text, '/') {
        return slashed(text, month, day, now);
    }
    if let Some((month, day)) = text.strip_suffix('日').and_then(|text| pair(text, '月')) {
        return now.day.next_in_year(month, day).map(Ok);
    }
    full(text).map(Ok)
}

/// A whole number of few digits.
pub(super) fn number(text: &str) -> Option<u32> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// Minutes after midnight, of two texts.
pub(super) fn clock(hour: &str, minute: &str) -> Option<u16> {
    time(number(hour)?, number(minute)?)
}

/// Minutes after midnight.
pub(super) fn time(hour: u32, minute: u32) -> Option<u16> {
    (hour < 24 && minute < 60).then(|| u16::try_from(hour * 60 + minute).ok())?
}

/// Month before day, always; the other order is proposed back.
fn slashed(text: &str, month: u32, day: u32, now: Now) -> Found<Day> {
    if let Some(found) = now.day.next_in_year(month, day) {
        return Some(Ok(found));
    }
    let instead = now.day.next_in_year(day, month)?;
    Some(Err(Wrong::Order {
        raw: text.to_owned(),
        instead,
    }))
}

fn full(text: &str) -> Option<Day> {
    let three = |first: char, second: char| {
        let (year, rest) = text.split_once(first)?;
        let (month, day) = pair(rest.strip_suffix('日').unwrap_or(rest), second)?;
        let year = (year.len() == 4).then(|| number(year))??;
        Day::new(year.cast_signed(), month, day)
    };
    three('-', '-')
        .or_else(|| three('/', '/'))
        .or_else(|| three('年', '月'))
}

fn pair(text: &str, between: char) -> Option<(u32, u32)> {
    let (left, right) = text.split_once(between)?;
    Some((number(left)?, number(right)?))
}
