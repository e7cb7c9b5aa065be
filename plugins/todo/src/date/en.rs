//! English: `fri 15:30`, `next week`, `in 30 min`, `eod`.

use super::{Day, Found, Now, When, next_time, numbers, tonight};

/// Reads an expression in lower case, with single blanks.
pub(super) fn read(text: &str, now: Now) -> Found<When> {
    if text == "tonight" {
        return Some(Ok(tonight(now)));
    }
    if let Some(span) = span(text, now) {
        return Some(Ok(span));
    }
    if let Some(minute) = clock(text) {
        return Some(Ok(next_time(minute, now)));
    }
    if let Some(found) = day(text, now) {
        return Some(found.map(When::Day));
    }
    text.match_indices(' ').find_map(|(at, _)| {
        let time = &text[at + 1..];
        let minute = clock(time.strip_prefix("at ").unwrap_or(time))?;
        Some(day(&text[..at], now)?.map(|day| When::At(day, minute)))
    })
}

fn day(text: &str, now: Now) -> Found<Day> {
    let today = now.day;
    let day = match text {
        "today" | "eod" | "end of day" => today,
        "tomorrow" => today.plus(1),
        "end of week" => today.monday().plus(4),
        "next week" => today.monday().plus(11),
        "end of month" | "eom" => today.month_end(0),
        _ => return numbers::day(text, now).or_else(|| named(text, now).map(Ok)),
    };
    Some(Ok(day))
}

/// Days by the names of weekdays and months, and by ordinals.
fn named(text: &str, now: Now) -> Option<Day> {
    let today = now.day;
    if let Some(day) = weekday(text) {
        return Some(today.plus((day - today.weekday() - 1).rem_euclid(7) + 1));
    }
    let Some((first, second)) = text.split_once(' ') else {
        return today.next_in_month(ordinal(text)?);
    };
    match first {
        "this" => Some(today.monday().plus(weekday(second)? - 1)),
        "next" => Some(today.monday().plus(weekday(second)? + 6)),
        "the" => today.next_in_month(ordinal(second)?),
        _ => {
            let of =
                |name, day| Some((month(name)?, numbers::number(day).or_else(|| ordinal(day))?));
            let (month, day) = of(first, second).or_else(|| of(second, first))?;
            today.next_in_year(month, day)
        }
    }
}

/// `in 30 min`, `in 2 weeks`.
fn span(text: &str, now: Now) -> Option<When> {
    let (amount, unit) = text.strip_prefix("in ")?.split_once(' ')?;
    let amount = numbers::number(amount)?;
    match unit {
        "min" | "mins" | "minute" | "minutes" => Some(When::In(amount)),
        "h" | "hour" | "hours" => Some(When::In(amount * 60)),
        "day" | "days" => Some(When::Day(now.day.plus(amount.cast_signed()))),
        "week" | "weeks" => Some(When::Day(now.day.plus(amount.cast_signed() * 7))),
        _ => None,
    }
}

/// `18:00`, `6pm`, `6:30 pm`.
fn clock(text: &str) -> Option<u16> {
    let half = text.strip_suffix("am").map(|text| (text, 0));
    let half = half.or_else(|| text.strip_suffix("pm").map(|text| (text, 12)));
    let Some((text, add)) = half else {
        let (hour, minute) = text.split_once(':')?;
        return (minute.len() == 2).then(|| numbers::clock(hour, minute))?;
    };
    let (hour, minute) = text
        .trim_end()
        .split_once(':')
        .unwrap_or((text.trim_end(), "0"));
    let hour = numbers::number(hour).filter(|hour| (1..=12).contains(hour))?;
    numbers::time(hour % 12 + add, numbers::number(minute)?)
}

fn weekday(text: &str) -> Option<i32> {
    Some(match text {
        "mon" | "monday" => 1,
        "tue" | "tues" | "tuesday" => 2,
        "wed" | "wednesday" => 3,
        "thu" | "thurs" | "thursday" => 4,
        "fri" | "friday" => 5,
        "sat" | "saturday" => 6,
        "sun" | "sunday" => 7,
        _ => return None,
    })
}

fn month(text: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_it = |name: &str| {
        name == text
            || (text.len() >= 3 && text == &name[..3])
            || (text == "sept" && name == "september")
    };
    let at = MONTHS.iter().position(|name| is_it(name))?;
    u32::try_from(at + 1).ok()
}

fn ordinal(text: &str) -> Option<u32> {
    let number = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| text.strip_suffix(end))?;
    numbers::number(number)
}
