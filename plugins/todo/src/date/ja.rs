//! Japanese: `金曜15時半`, `来週の金曜日`, `30分後`, `今週中`.

use super::{Day, Found, Now, When, next_time, numbers, tonight};

/// Reads an expression without blanks.
pub(super) fn read(text: &str, now: Now) -> Found<When> {
    if text == "今夜" {
        return Some(Ok(tonight(now)));
    }
    if let Some(span) = text.strip_suffix('後').and_then(|text| span(text, now)) {
        return Some(Ok(span));
    }
    if let Some(minute) = clock(text) {
        return Some(Ok(next_time(minute, now)));
    }
    if let Some(found) = day(text, now) {
        return Some(found.map(When::Day));
    }
    text.char_indices().skip(1).find_map(|(at, _)| {
        let minute = clock(&text[at..])?;
        let day = &text[..at];
        Some(
            self::day(day.strip_suffix('の').unwrap_or(day), now)?.map(|day| When::At(day, minute)),
        )
    })
}

fn day(text: &str, now: Now) -> Found<Day> {
    let today = now.day;
    let day = match text {
        "今日" | "本日" | "今日中" | "本日中" => today,
        "明日" => today.plus(1),
        "明後日" | "あさって" => today.plus(2),
        "今週中" | "今週末" => today.monday().plus(4),
        "来週" | "来週中" => today.monday().plus(11),
        "週明け" => today.monday().plus(7),
        "今月中" | "月末" | "今月末" => today.month_end(0),
        "来月末" => today.month_end(1),
        _ => return numbers::day(text, now).or_else(|| named(text, today).map(Ok)),
    };
    Some(Ok(day))
}

/// Days by the names of weekdays, and by the day of the month.
fn named(text: &str, today: Day) -> Option<Day> {
    if let Some(day) = weekday(text) {
        return Some(today.plus((day - today.weekday() - 1).rem_euclid(7) + 1));
    }
    if let Some(day) = text.strip_suffix('日').and_then(numbers::number) {
        return today.next_in_month(day);
    }
    let (this, rest) = match text.strip_prefix("今週") {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix("来週")?),
    };
    let day = weekday(rest.strip_prefix('の').unwrap_or(rest))?;
    Some(today.monday().plus(if this { day - 1 } else { day + 6 }))
}

/// `30分`, `2時間`, `3日`, `2週間`: what stands before `後`.
fn span(text: &str, now: Now) -> Option<When> {
    let of = |unit: &str| text.strip_suffix(unit).and_then(numbers::number);
    let days = |days: u32| When::Day(now.day.plus(days.cast_signed()));
    None.or_else(|| of("分").map(When::In))
        .or_else(|| of("時間").map(|hours| When::In(hours * 60)))
        .or_else(|| of("日").map(days))
        .or_else(|| of("週間").map(|weeks| days(weeks * 7)))
}

/// `18時`, `18時半`, `18時15分`, `午後6時`, `18:00`.
fn clock(text: &str) -> Option<u16> {
    let (text, add) = match text.strip_prefix("午後") {
        Some(text) => (text, 12),
        None => (text.strip_prefix("午前").unwrap_or(text), 0),
    };
    let (hour, minute) = text.split_once(['時', ':'])?;
    let minute = match minute {
        "" if text.ends_with('時') => 0,
        "半" => 30,
        _ => numbers::number(minute.strip_suffix('分').unwrap_or(minute))?,
    };
    let hour = numbers::number(hour)?;
    numbers::time(
        if add > 0 && hour < 12 {
            hour + add
        } else {
            hour
        },
        minute,
    )
}

/// `金`, `金曜`, `金曜日`.
fn weekday(text: &str) -> Option<i32> {
    let name = text
        .strip_suffix("曜日")
        .or_else(|| text.strip_suffix('曜'))
        .unwrap_or(text);
    let at = ["月", "火", "水", "木", "金", "土", "日"]
        .iter()
        .position(|day| *day == name)?;
    i32::try_from(at + 1).ok()
}
